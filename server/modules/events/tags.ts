import { sql, type RawBuilder } from 'kysely'
import { describe, record } from '#kernel/facts'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { violated } from '#kernel/database-errors'
import { newId } from '#kernel/ids'
import { pageOf, positionOf, type Page, type PageQuery } from '#kernel/paging'
import { demand, permits } from '#kernel/policy'
import { invalid, NotFound, Unavailable } from '#kernel/problem'
import { comparable } from '#kernel/text'
import { may } from './policy.ts'
import { TagNameTaken } from './problems.ts'

declare module '#kernel/facts' {
  interface Facts {
    'tag.created': { tagId: string }
    'tag.edited': { tagId: string }
    'tag.removed': { tagId: string; name: string }
  }
}

/** `events`: how many there are to come that everybody can find. */
export type Tag = { id: string; number: number; name: string; description: string; events: number }

/** Tags are short, and whoever names one wants to see what there is. */
export const A_PAGE = 100

/**
 * Tags by name: those that an event which everybody can find is marked with, and those that were described. Of the others
 * only who looks after tags sees any: the words of a draft are its organizer's.
 */
export async function list(ctx: Ctx | Tx, query: PageQuery = {}): Promise<Page<Tag>> {
  const { limit = A_PAGE } = query
  const all = permits(may.curateTags, ctx.actor, undefined)
  const name = ['tags', all]
  const from = positionOf(ctx, name, query.cursor)
  const rows = await counted(
    ctx,
    sql`(${all}::boolean or ${isShown})
      and (${from?.[0] ?? null}::text is null or t.name_key > ${from?.[0] ?? null}::text)`,
    limit + 1,
  )
  return pageOf(ctx, name, rows, limit, (row) => [comparable(row.name)])
}

/** An event that everybody can find is marked with it, or it was described. */
const isShown = sql`(t.description <> '' or exists (
  select from event_tags et join events e on e.id = et.event_id
  where et.tag_id = t.id and e.published_at is not null and e.visibility = 'public'
    and e.deleted_at is null and e.archived_at is null))`

async function counted(ctx: Ctx | Tx, which: RawBuilder<unknown>, most: number): Promise<Tag[]> {
  const { rows } = await sql<Tag>`
    select t.id, t.number, t.name, t.description, coalesce(n.events, 0) as events from tags t
    left join (
      select et.tag_id, count(*)::int as events from event_tags et join events e on e.id = et.event_id
      where e.published_at is not null and e.visibility = 'public' and e.deleted_at is null and e.cancelled_at is null and e.ends_at > (select app_now())
      group by et.tag_id) n on n.tag_id = t.id
    where ${which} order by t.name_key limit ${most}`.execute(ctx.db)
  return rows
}

/** Changes a tag's name or description, wherever it is shown. Throws TagNameTaken. */
export async function edit(
  ctx: Ctx | Tx,
  tagId: string,
  { name, description }: { name?: string; description?: string },
): Promise<Tag> {
  demand(ctx, may.curateTags, undefined)
  return transaction(ctx, async (tx) => {
    const tag = await tx.db.selectFrom('tags').select('name').where('id', '=', tagId).forUpdate().executeTakeFirst()
    if (!tag) throw NotFound()
    const renamed = name !== undefined && name.trim() !== tag.name
    if (renamed) await remember(tx, tagId, { name: name.trim(), key: comparable(name) })
    await tx.db
      .updateTable('tags')
      .set({
        id: tagId,
        ...(name === undefined ? {} : { name: name.trim(), name_key: comparable(name) }),
        ...(description === undefined ? {} : { description }),
      })
      .where('id', '=', tagId)
      .execute()
    await record(tx, 'tag.edited', { tagId })
    return (await counted(tx, sql`t.id = ${tagId}`, 1))[0]!
  }).catch((error: unknown) => {
    throw violated(error) === 'tags_name_key_key' ? TagNameTaken() : error
  })
}

/** Takes a tag away from every event that is marked with it. */
export async function remove(ctx: Ctx | Tx, tagId: string): Promise<void> {
  demand(ctx, may.curateTags, undefined)
  await transaction(ctx, async (tx) => {
    const tag = await tx.db.selectFrom('tags').select('name').where('id', '=', tagId).forUpdate().executeTakeFirst()
    if (!tag) throw NotFound()
    await remember(tx, tagId, null)
    await tx.db.deleteFrom('tags').where('id', '=', tagId).execute()
    await record(tx, 'tag.removed', { tagId, name: tag.name })
  })
}

/** Every event that is marked with the tag has a version in which it is called this, or gone. Before the tag is changed. */
async function remember(tx: Tx, tagId: string, now: { name: string; key: string } | null): Promise<void> {
  const names = (name: RawBuilder<unknown>, key: RawBuilder<unknown>, which: RawBuilder<unknown>) =>
    sql`to_jsonb(array(select ${name} from event_tags et join tags t on t.id = et.tag_id where et.event_id = u.id and ${which} order by ${key}))`
  const before = names(sql`t.name`, sql`t.name_key`, sql`true`)
  const after = now
    ? names(
        sql`case when t.id = ${tagId} then ${now.name} else t.name end`,
        sql`case when t.id = ${tagId} then ${now.key} else t.name_key end`,
        sql`true`,
      )
    : names(sql`t.name`, sql`t.name_key`, sql`t.id <> ${tagId}`)
  await sql`
    with marked as (
      update events set version = version + 1, updated_at = app_now()
      where id in (select event_id from event_tags where tag_id = ${tagId}) returning id, version
    )
    insert into event_versions (event_id, version, actor, changes)
    select u.id, u.version, ${JSON.stringify(describe(tx))}::jsonb, jsonb_build_object('tags', jsonb_build_object(
      'from', ${before}, 'to', ${after}))
    from marked u`.execute(tx.db)
}

/** What an event is marked with, by name. */
export async function tagsOf(ctx: Ctx | Tx, eventId: string): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('event_tags as et')
    .innerJoin('tags as t', 't.id', 'et.tag_id')
    .select('t.name')
    .where('et.event_id', '=', eventId)
    .orderBy('t.name_key')
    .execute()
  return rows.map((row) => row.name)
}

/** The names of the tags with these public numbers, of those that the actor may know. Refused as a field where one is none. */
export async function namesOfNumbers(ctx: Ctx | Tx, numbers: readonly number[]): Promise<string[]> {
  if (numbers.length === 0) return []
  const me = ctx.actor.kind === 'account' ? ctx.actor.id : null
  const { rows } = await sql<{ number: number; name: string }>`
    select t.number, t.name from tags t where t.number = any(${numbers}::bigint[]) and (${isShown} or exists (
      select from event_tags et join events e on e.id = et.event_id where et.tag_id = t.id and e.organizer_id = ${me}::uuid))`.execute(
    ctx.db,
  )
  const names = new Map(rows.map((row) => [row.number, row.name]))
  if (numbers.some((number) => !names.has(number))) throw invalid({ '/tags': 'There is no such tag.' })
  return numbers.map((number) => names.get(number)!)
}

/** The ids of these tags. A name that nobody has used before becomes a tag. */
export async function tagsNamed(tx: Tx, names: string[]): Promise<string[]> {
  const byKey = new Map(names.map((name) => [comparable(name), name.trim()]))
  const keys = [...byKey.keys()].sort() // in one order, so that two who name the same ones do not wait for each other
  if (keys.length > 0) {
    const named = await tx.db
      .insertInto('tags')
      .values(keys.map((key) => ({ id: newId(), name: byKey.get(key)!, name_key: key })))
      .onConflict((conflict) => conflict.column('name_key').doNothing())
      .returning('id')
      .execute()
    for (const { id: tagId } of named) await record(tx, 'tag.created', { tagId })
  }
  const found = keys.length
    ? await tx.db.selectFrom('tags').select('id').where('name_key', 'in', keys).forKeyShare().execute()
    : []
  if (found.length < keys.length) throw Unavailable('A tag was removed at this moment.', { retryAfter: 1 })
  return found.map((tag) => tag.id)
}

/** Marks an event that is held with these tags and no others. */
export async function mark(tx: Tx, eventId: string, names: string[]): Promise<string[]> {
  const tagIds = await tagsNamed(tx, names)
  await tx.db.deleteFrom('event_tags').where('event_id', '=', eventId).execute()
  if (tagIds.length > 0)
    await tx.db
      .insertInto('event_tags')
      .values(tagIds.map((tagId) => ({ event_id: eventId, tag_id: tagId })))
      .execute()
  return tagsOf(tx, eventId)
}
