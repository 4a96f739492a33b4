import { sql } from 'kysely'
import { describe, record } from '#kernel/facts'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { violated } from '#kernel/database-errors'
import { newId } from '#kernel/ids'
import { demand } from '#kernel/policy'
import { invalid, NotFound } from '#kernel/problem'
import { comparable } from '#kernel/text'
import { may } from './policy.ts'
import { CategoryNameTaken } from './problems.ts'

declare module '#kernel/facts' {
  interface Facts {
    'category.created': { categoryId: string }
    'category.edited': { categoryId: string }
    'category.removed': { categoryId: string; name: string }
  }
}

/** `events`: how many there are to come that everybody can find. */
export type Category = {
  id: string
  number: number
  name: string
  description: string
  createdBy: string | null
  events: number
}

/** All kinds of event, by name. */
export async function list(ctx: Ctx | Tx): Promise<Category[]> {
  const { rows } = await sql<Category>`
    select c.id, c.number, c.name, c.description, c.created_by as "createdBy", coalesce(n.events, 0) as events from categories c
    left join (
      select category_id, count(*)::int as events from events
      where published_at is not null and visibility = 'public' and deleted_at is null and cancelled_at is null and ends_at > (select app_now())
      group by category_id) n on n.category_id = c.id
    order by c.name_key`.execute(ctx.db)
  return rows
}

/** The kind's id by its public number. Refused as a field where there is none. */
export async function idOfNumber(ctx: Ctx | Tx, number: number): Promise<string> {
  const row = await ctx.db.selectFrom('categories').select('id').where('number', '=', number).executeTakeFirst()
  if (!row) throw invalid({ '/categoryId': 'There is no such category.' })
  return row.id
}

/** Names a new kind of event. Throws CategoryNameTaken. */
export async function create(ctx: Ctx | Tx, fields: { name: string; description?: string }): Promise<Category> {
  demand(ctx, may.addCategory, undefined)
  return transaction(ctx, async (tx) => {
    const row = await tx.db
      .insertInto('categories')
      .values({
        id: newId(),
        name: fields.name.trim(),
        name_key: comparable(fields.name),
        description: fields.description ?? '',
        created_by: tx.actor.kind === 'account' ? tx.actor.id : null,
      })
      .onConflict((conflict) => conflict.column('name_key').doNothing())
      .returning(['id', 'number', 'name', 'description', 'created_by as createdBy'])
      .executeTakeFirst()
    if (!row) throw CategoryNameTaken()
    await record(tx, 'category.created', { categoryId: row.id })
    return { ...row, events: 0 }
  })
}

/** Changes a kind's name or description, wherever it is shown. Throws CategoryNameTaken. */
export async function edit(
  ctx: Ctx | Tx,
  categoryId: string,
  { name, description }: { name?: string; description?: string },
): Promise<Category> {
  return transaction(ctx, async (tx) => {
    await holdToChange(tx, categoryId)
    await tx.db
      .updateTable('categories')
      .set({
        id: categoryId,
        ...(name === undefined ? {} : { name: name.trim(), name_key: comparable(name) }),
        ...(description === undefined ? {} : { description }),
      })
      .where('id', '=', categoryId)
      .execute()
    await record(tx, 'category.edited', { categoryId })
    return (await list(tx)).find((each) => each.id === categoryId)!
  }).catch((error: unknown) => {
    throw violated(error) === 'categories_name_key_key' ? CategoryNameTaken() : error
  })
}

/** Removes a kind; its events stay, and are of no kind. */
export async function remove(ctx: Ctx | Tx, categoryId: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    const row = await holdToChange(tx, categoryId)
    await sql`
      with left_alone as (
        update events set category_id = null, version = version + 1, updated_at = app_now()
        where category_id = ${categoryId} returning id, version
      )
      insert into event_versions (event_id, version, actor, changes)
      select id, version, ${JSON.stringify(describe(tx))}::jsonb,
        jsonb_build_object('categoryId', jsonb_build_object('from', ${categoryId}::text, 'to', null))
      from left_alone`.execute(tx.db)
    await tx.db.deleteFrom('categories').where('id', '=', categoryId).execute()
    await record(tx, 'category.removed', { categoryId, name: row.name })
  })
}

/** The kind's row, locked until the transaction ends, for who may change it. */
async function holdToChange(tx: Tx, categoryId: string): Promise<{ name: string }> {
  const row = await tx.db
    .selectFrom('categories')
    .select(['name', 'created_by as createdBy'])
    .where('id', '=', categoryId)
    .forUpdate()
    .executeTakeFirst()
  demand(tx, may.changeCategory, row ?? { createdBy: null })
  if (!row) throw NotFound()
  return row
}
