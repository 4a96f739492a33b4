import { sql } from 'kysely'
import type { Ctx } from '#kernel/ctx'
import { DEFAULT_LIMIT, pageOf, positionOf, type Page, type PageQuery } from '#kernel/paging'
import { demand } from '#kernel/policy'
import { SignInRequired } from '#kernel/problem'
import { may } from './policy.ts'
import { sentenceOf } from './sentences.ts'

/** Something that happened. Names of people are those of today; null where there is nobody and nothing, or no more. */
export type Entry = {
  id: number
  kind: string
  sentence: string
  at: Date
  /** `name`: the account's, or what the program calls its part that did it. */
  actor: { kind: string; id: string | null; name: string | null }
  /** Among everything as it is called today; among one's own as it was called then. */
  event: { id: string; slug: string; title: string } | null
  account: { id: string; username: string } | null
}

export type Filter = PageQuery & {
  kind?: string
  /** The account that did it. */
  actor?: string
  /** The account that it was done to. */
  account?: string
  event?: string
  since?: string
  until?: string
}

/** Everything that happened, newest first, for admins. */
export async function list(ctx: Ctx, query: Filter): Promise<Page<Entry>> {
  demand(ctx, may.seeAll, undefined)
  const { kind = null, actor = null, account = null, event = null, since = null, until = null } = query
  const conditions = [
    kind && sql`f.kind = ${kind}`,
    actor && sql`f.actor->>'kind' = 'account' and f.actor->>'id' = ${actor}`,
    account && sql`f.data->>'accountId' = ${account}`,
    event && sql`f.data->>'eventId' = ${event}`,
    since && sql`f.at >= ${since}::timestamptz`,
    until && sql`f.at < ${until}::timestamptz`,
  ]
  const where = sql.join([sql`true`, ...conditions.filter((each) => each !== null && each !== '')], sql` and `)
  return page(ctx, ['audit', kind, actor, account, event, since, until], query, sql`e.title`, (before, limit) => sql`
    select * from facts f where ${where} and ${before} order by id desc limit ${limit}`) // prettier-ignore
}

/** What the actor did and what was done to their account, newest first. */
export async function mine(ctx: Ctx, query: PageQuery): Promise<Page<Entry>> {
  if (ctx.actor.kind !== 'account') throw SignInRequired()
  const me = ctx.actor.id
  // Each half by its own index; a condition with "or" would read everybody's.
  return page(ctx, ['my audit', me], query, TITLE_THEN, (before, limit) => sql`
    select * from (
      (select * from facts f where f.actor->>'kind' = 'account' and f.actor->>'id' = ${me} and ${before} order by id desc limit ${limit})
      union
      (select * from facts f where f.data->>'accountId' = ${me} and ${before} order by id desc limit ${limit})) f
    order by id desc limit ${limit}`) // prettier-ignore
}

// Who has left a team learns nothing of what became of the event since. The newest version until then says it, or the
// first, which is written in one transaction with the first facts and may be a little later.
const TITLE_THEN = sql`(
  select v.changes->'title'->>'to' from event_versions v where v.event_id = e.id and v.changes ? 'title'
  order by case when v.at <= f.at then v.version else -v.version end desc limit 1)`

type Row = Omit<Entry, 'sentence'> & { data: unknown }
type Raw = ReturnType<typeof sql>

async function page(
  ctx: Ctx,
  name: unknown,
  { limit = DEFAULT_LIMIT, cursor }: PageQuery,
  title: Raw,
  facts: (before: Raw, limit: number) => Raw,
): Promise<Page<Entry>> {
  const from = positionOf(ctx, name, cursor)
  const before = from ? sql`f.id < ${from[0]}::bigint` : sql`true`
  const { rows } = await sql<Row>`
    select f.id, f.kind, f.data, f.at,
      jsonb_build_object('kind', f.actor->>'kind', 'id', case when f.actor->>'kind' = 'account' then f.actor->>'id' end,
        'name', coalesce(a.username, f.actor->>'name')) as actor,
      case when t.title is not null then jsonb_build_object('id', e.id, 'slug', e.slug, 'title', t.title) end as event,
      case when b.id is not null then jsonb_build_object('id', b.id, 'username', b.username) end as account
    from (${facts(before, limit + 1)}) f
    left join accounts a on f.actor->>'kind' = 'account' and a.id = ${uuidOf(sql`f.actor->>'id'`)}
    left join events e on e.id = ${uuidOf(sql`f.data->>'eventId'`)}
    left join lateral (select ${title} as title) t on true
    left join accounts b on b.id = ${uuidOf(sql`f.data->>'accountId'`)}
    order by f.id desc`.execute(ctx.db)
  const { items, nextCursor } = pageOf(ctx, name, rows, limit, (row) => [row.id])
  return {
    nextCursor,
    items: items.map(({ data, ...row }) => ({ ...row, sentence: sentenceOf(row.kind, data) })),
  }
}

/** A payment whose event is gone says '*'. */
const uuidOf = (text: Raw) => sql`case when length(${text}) = 36 then (${text})::uuid end`
