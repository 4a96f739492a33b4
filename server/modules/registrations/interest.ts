import { sql } from 'kysely'
import { holdLive } from '#accounts'
import { record, type Fact } from '#kernel/facts'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import {
  DEFAULT_LIMIT,
  pageOf,
  positionOf,
  TOTAL,
  totalIn,
  type Page,
  type PageQuery,
  type Slice,
  type SliceQuery,
} from '#kernel/paging'
import { SignInRequired } from '#kernel/problem'
import { AlreadyRegistered, EventCancelled, EventPast } from './problems.ts'
import { visibleEvent } from './visibility.ts'

declare module '#kernel/facts' {
  interface Facts {
    'interest.shown': { eventId: string; accountId: string }
    'interest.withdrawn': { eventId: string; accountId: string }
  }
}

/** How many go, wait and are interested, and whether the actor is. */
export type Counts = {
  going: number
  /** Of those, who has still to pay. */ held: number
  waitlisted: number
  interested: number
  mine: boolean
}

/** Leaves out who has registered since, whose interest is about to end with that. */
const UNREGISTERED = sql`not exists (
  select from registrations r where r.event_id = i.event_id and r.account_id = i.account_id and r.status <> 'cancelled')`

/** Says that the actor would like to come; takes no seat. Throws AlreadyRegistered, EventPast, EventCancelled, NotFound. */
export async function show(ctx: Ctx | Tx, eventId: string): Promise<Counts> {
  const accountId = accountOf(ctx)
  return transaction(ctx, async (tx) => {
    await visibleEvent(tx, eventId)
    await holdLive(tx, accountId)
    const { rows } = await sql<{ over: boolean; cancelled: boolean; registered: boolean }>`
      select ends_at <= (select app_now()) as over, cancelled_at is not null as cancelled, exists (
        select from registrations r where r.event_id = e.id and r.account_id = ${accountId} and r.status <> 'cancelled') as registered
      from events e where id = ${eventId}`.execute(tx.db)
    const { over, cancelled, registered } = rows[0]!
    if (cancelled) throw EventCancelled()
    if (over) throw EventPast('The event is over.')
    if (registered) throw AlreadyRegistered()
    const { numInsertedOrUpdatedRows } = await tx.db
      .insertInto('interests')
      .values({ event_id: eventId, account_id: accountId })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows) await record(tx, 'interest.shown', { eventId, accountId })
    return counts(tx, eventId)
  })
}

/** Takes it back; twice is not an error. */
export async function withdraw(ctx: Ctx | Tx, eventId: string): Promise<Counts> {
  const accountId = accountOf(ctx)
  return transaction(ctx, async (tx) => {
    await visibleEvent(tx, eventId)
    const { numDeletedRows } = await tx.db
      .deleteFrom('interests')
      .where('event_id', '=', eventId)
      .where('account_id', '=', accountId)
      .executeTakeFirst()
    if (numDeletedRows) await record(tx, 'interest.withdrawn', { eventId, accountId })
    return counts(tx, eventId)
  })
}

/** How many there are of each, for everybody who sees the event. Who is registered is not counted as interested. */
export async function counts(ctx: Ctx | Tx, eventId: string): Promise<Counts> {
  await visibleEvent(ctx, eventId)
  const me = ctx.actor.kind === 'account' ? ctx.actor.id : null
  const { rows } = await sql<Counts>`
    select p.taken as going, p.waiting as waitlisted,
      (select count(*) from registrations where event_id = p.event_id and held_until is not null) as held, i.interested, i.mine
    from seat_pools p, lateral (
      select count(*) as interested, coalesce(bool_or(account_id = ${me}::uuid), false) as mine from interests i
      where event_id = p.event_id and ${UNREGISTERED}) i
    where p.event_id = ${eventId}`.execute(ctx.db)
  return rows[0]!
}

/** Who would like to come and has no place. Their address is not told: they gave it to us and not to the organizer. */
export type Interested = {
  accountId: string
  accountNumber: number
  name: string
  status: 'interested'
  createdAt: Date
}

/** The actor's own interest, as they said so; null where they have none. */
export async function mine(ctx: Ctx | Tx, eventId: string): Promise<Interested | null> {
  const { rows } = await sql<Row>`
    ${SELECTED} where i.event_id = ${eventId} and i.account_id = ${accountOf(ctx)} and ${UNREGISTERED}`.execute(ctx.db)
  return rows[0] ? shape(rows[0]) : null
}

/** Those who are interested, in the order in which they said so. Whoever calls has seen to it that the actor may know. */
export async function listed(
  ctx: Ctx,
  eventId: string,
  { limit = DEFAULT_LIMIT, text = '', cursor }: PageQuery & { text?: string },
): Promise<Page<Interested>> {
  const list = ['interests', eventId, text]
  const from = positionOf(ctx, list, cursor)
  const after = from ? sql`(i.created_at, i.account_id) > (${from[0]}::timestamptz, ${from[1]}::uuid)` : sql`true`
  const { rows } = await sql<Row>`
    ${SELECTED} where i.event_id = ${eventId} and ${UNREGISTERED} and strpos(lower(a.name), lower(${text})) > 0 and ${after}
    order by i.created_at, i.account_id limit ${limit + 1}`.execute(ctx.db)
  const { items, nextCursor } = pageOf(ctx, list, rows, limit, (row) => [row.key, row.accountId])
  return { items: items.map(shape), nextCursor }
}

/** The same by number. */
export async function sliceListed(
  ctx: Ctx,
  eventId: string,
  { limit, offset }: SliceQuery,
): Promise<Slice<Interested>> {
  const read = async (most: number, after: number) => {
    const { rows } = await sql<Row>`
      ${SELECTED} where i.event_id = ${eventId} and ${UNREGISTERED}
      order by i.created_at, i.account_id limit ${most} offset ${after}`.execute(ctx.db)
    return rows
  }
  const rows = await read(limit, offset)
  return { items: rows.map(shape), total: await totalIn(rows, offset, () => read(1, 0)) }
}

type Row = Interested & { key: string; total: number }

const SELECTED = sql`
  select i.account_id as "accountId", a.number as "accountNumber", a.name, 'interested' as status,
    i.created_at as "createdAt", i.created_at::text as key, ${TOTAL} as total
  from interests i join lateral (
    select number, coalesce(nullif(trim(first_name || ' ' || last_name), ''), username) as name from accounts where id = i.account_id) a on true`

function shape({ accountId, accountNumber, name, status, createdAt }: Row): Interested {
  return { accountId, accountNumber, name, status, createdAt }
}

/** Makes an end of the interest of those who have registered since. */
export async function end(
  tx: Tx,
  facts: ReadonlyArray<Fact<'registration.going' | 'registration.held' | 'registration.waitlisted'>>,
): Promise<void> {
  const ids = facts.map((fact) => fact.data.registrationId)
  await sql`
    delete from interests i using registrations r
    where r.id = any(${ids}::uuid[]) and i.event_id = r.event_id and i.account_id = r.account_id
      and i.created_at <= r.created_at`.execute(tx.db)
}

function accountOf({ actor }: Ctx | Tx): string {
  if (actor.kind !== 'account') throw SignInRequired()
  return actor.id
}
