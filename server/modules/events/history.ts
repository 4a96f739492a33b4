import { sql } from 'kysely'
import type { Ctx, Tx } from '#kernel/ctx'
import { describe } from '#kernel/facts'
import { DEFAULT_LIMIT, pageOf, positionOf, type Page, type PageQuery } from '#kernel/paging'
import { NotFound } from '#kernel/problem'
import type { Visibility } from './event.ts'

/** What is kept of an event's past. */
export type State = {
  title: string
  description: string
  startsAt: Date
  endsAt: Date
  zone: string
  venueId: string | null
  place: string | null
  categoryId: string | null
  tags: string[]
  visibility: Visibility
  onlineUrl: string | null
  capacity: number | null
  registrationDeadline: Date | null
  hasWaitlist: boolean
  confirmsGuests: boolean
  reminderMinutes: number[]
  publishAt: Date | null
  publishedAt: Date | null
  closedAt: Date | null
  cancelledAt: Date | null
  cancellationReason: string | null
  deletedAt: Date | null
  archivedAt: Date | null
  seriesId: string | null
} & Beside

/** What belongs to an event and is kept by other modules. */
export type Beside = { banner: BannerSaid | null; price: PriceSaid | null }
export type BannerSaid = { id: string; alt: string }
export type PriceSaid = {
  amount: number
  currency: string
  provider: string
  refundUntilHours: number | null
  instructions: string | null
  holdMinutes: number
  offerMinutes: number
}

/** A state as JSON has it: moments are text. */
export type ToldState = { [F in keyof State]: Date extends State[F] ? Exclude<State[F], Date> | string : State[F] }
export type Changes = { [F in keyof ToldState]?: { from: ToldState[F] | null; to: ToldState[F] | null } }

/** `name` is the account's, where it was one and is still there. */
export type Version = {
  version: number
  at: Date
  actor: { kind: string; id: string | null; name: string | null }
  changes: Changes
}

const FIELDS: ReadonlyArray<keyof State> = [
  'title',
  'description',
  'startsAt',
  'endsAt',
  'zone',
  'venueId',
  'place',
  'categoryId',
  'tags',
  'visibility',
  'onlineUrl',
  'capacity',
  'registrationDeadline',
  'hasWaitlist',
  'confirmsGuests',
  'reminderMinutes',
  'publishAt',
  'publishedAt',
  'closedAt',
  'cancelledAt',
  'cancellationReason',
  'deletedAt',
  'archivedAt',
  'seriesId',
  'banner',
  'price',
]

type Was = Partial<State>

/** Writes down what became of an event, as the version that it has now; without `before` it is the first. */
export async function remember(
  tx: Tx,
  before: Was | null,
  after: Was & { id: string; version: number },
): Promise<void> {
  await rememberAll(tx, [{ before, after }])
}

/** The same of many events, in one statement. */
export async function rememberAll(
  tx: Tx,
  changes: readonly { before: Was | null; after: Was & { id: string; version: number } }[],
): Promise<void> {
  const actor = JSON.stringify(describe(tx))
  await tx.db
    .insertInto('event_versions')
    .values(
      changes.map(({ before, after }) => ({
        event_id: after.id,
        version: after.version,
        actor,
        changes: JSON.stringify(told(before, after)),
      })),
    )
    .execute()
}

function told(before: Was | null, after: Was): object {
  const changes = FIELDS.flatMap((field) => {
    const [from, to] = [before?.[field] ?? null, after[field] ?? null]
    return before && JSON.stringify(from) === JSON.stringify(to) ? [] : [[field, { from, to }]]
  })
  return Object.fromEntries(changes) as object
}

/** The seats belong to another module, which says here how a change of them went; it is part of the event's newest version. */
export async function rememberCapacity(tx: Tx, eventId: string, from: number | null, to: number | null): Promise<void> {
  if (from === to) return
  await sql`
    update event_versions set changes = changes || ${JSON.stringify({ capacity: { from, to } })}::jsonb
    where event_id = ${eventId} and version = (select version from events where id = ${eventId})`.execute(tx.db)
}

/** How many seats the event had at last; undefined where nobody kept it. */
export async function lastCapacity(tx: Tx, eventId: string): Promise<number | null | undefined> {
  const { rows } = await sql<{ capacity: number | null }>`
    select (changes->'capacity'->>'to')::int as capacity from event_versions
    where event_id = ${eventId} and changes ? 'capacity' order by version desc limit 1`.execute(tx.db)
  return rows[0]?.capacity
}

/** What an event costs that has only just been made, which is part of its first version. */
export async function rememberFirstPrice(tx: Tx, eventId: string, price: PriceSaid): Promise<void> {
  await sql`
    update event_versions set changes = changes || ${JSON.stringify({ price: { from: null, to: price } })}::jsonb
    where event_id = ${eventId} and version = (select version from events where id = ${eventId})`.execute(tx.db)
}

/** What became of the event, newest first. Whoever calls has seen to it that the actor may know. */
export async function versions(ctx: Ctx | Tx, eventId: string, query: PageQuery): Promise<Page<Version>> {
  const { limit = DEFAULT_LIMIT } = query
  const name = ['history', eventId]
  const from = positionOf(ctx, name, query.cursor)
  const { rows } = await sql<Version>`
    select v.version, v.at, v.changes, jsonb_build_object(
      'kind', v.actor->>'kind', 'id', v.actor->>'id', 'name', coalesce(a.username, v.actor->>'name')) as actor
    from event_versions v left join accounts a on a.id = (v.actor->>'id')::uuid
    where v.event_id = ${eventId} and (${from?.[0] ?? null}::int is null or v.version < ${from?.[0] ?? null}::int)
    order by v.version desc limit ${limit + 1}`.execute(ctx.db)
  return pageOf(ctx, name, rows, limit, (row) => [row.version])
}

/** The event as it was at a version. `NotFound` where there was no such version, or nobody kept it. */
export async function stateAt(ctx: Ctx | Tx, eventId: string, version: number): Promise<ToldState> {
  const rows = await ctx.db
    .selectFrom('event_versions')
    .select(['version', 'changes'])
    .where('event_id', '=', eventId)
    .where('version', '<=', version)
    .orderBy('version')
    .execute()
  if (rows.at(-1)?.version !== version) throw NotFound()
  const state = Object.fromEntries(FIELDS.map((field) => [field, null])) as unknown as ToldState
  for (const { changes } of rows)
    for (const [field, { to }] of Object.entries(changes as Changes)) Object.assign(state, { [field]: to })
  return state
}
