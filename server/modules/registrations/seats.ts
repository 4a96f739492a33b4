import { sql } from 'kysely'
import { rememberCapacity } from '#events/history'
import { describe } from '#kernel/facts'
import { allowSeconds, type Tx } from '#kernel/ctx'
import { NotFound } from '#kernel/problem'
import { CapacityBelowTaken } from './problems.ts'

// Everything but the desk that gives, takes or frees a seat. The seat row's lock comes first, always.

/** Promoting so many at once may take longer than a statement may otherwise. */
const MANY = 1_000

export type SeatPool = { eventId: string; capacity: number | null; taken: number; waiting: number }

/** Locks the event's seat row until the transaction ends; what is read afterwards is true until then. */
export async function lockSeats(tx: Tx, eventId: string): Promise<SeatPool> {
  const row = await tx.db
    .selectFrom('seat_pools')
    .selectAll()
    .where('event_id', '=', eventId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw NotFound()
  return { eventId, capacity: row.capacity, taken: row.taken, waiting: row.waiting }
}

/** Locks the seat rows of several events that will be changed together, in the order in which the desk does. */
export async function lockAll(tx: Tx, { reseated }: { reseated: string[] }): Promise<void> {
  await sql`select from seat_pools where event_id = any(${reseated}::uuid[]) order by event_id for update`.execute(
    tx.db,
  )
}

/** Makes the seats of a new event. */
export async function openSeats(
  tx: Tx,
  { eventId, capacity }: { eventId: string; capacity: number | null },
): Promise<void> {
  await tx.db.insertInto('seat_pools').values({ event_id: eventId, capacity }).execute()
}

/** The same for many new events, in one statement. */
export async function openAll(
  tx: Tx,
  { events }: { events: { eventId: string; capacity: number | null }[] },
): Promise<void> {
  await tx.db
    .insertInto('seat_pools')
    .values(events.map(({ eventId, capacity }) => ({ event_id: eventId, capacity })))
    .execute()
}

/** Changes how many seats there are. More are given to the line at once; fewer than are taken is a `CapacityBelowTaken`. */
export async function resize(
  tx: Tx,
  { eventId, capacity }: { eventId: string; capacity: number | null },
): Promise<void> {
  const pool = await lockSeats(tx, eventId)
  if (capacity !== null && capacity < pool.taken) {
    throw CapacityBelowTaken(`${pool.taken} seats are taken.`, { taken: pool.taken })
  }
  await rememberCapacity(tx, eventId, pool.capacity, capacity)
  await settle(tx, { ...pool, capacity })
}

/**
 * Writes the new counts and gives the free seats to the head of the line, in one statement, so that the table's own
 * rules (never oversold, nobody waits beside a free seat) hold at every moment. `pool` is locked.
 */
export async function settle(tx: Tx, pool: SeatPool): Promise<void> {
  const free = pool.capacity === null ? pool.waiting : pool.capacity - pool.taken
  const promoted = Math.min(pool.waiting, free)
  if (promoted > MANY) await allowSeconds(tx, 60) // as many rows as people
  await sql`
    with promoted as (
      update registrations r set status = 'going', promoted_at = app_now(), held_until = case when unconfirmed_since is not null then held_until else (
        select least(app_now() + make_interval(mins => p.offer_minutes), e.ends_at)
        from seat_pools p join events e on e.id = p.event_id
        where p.event_id = r.event_id and p.hold_minutes is not null) end
      where id in (select id from registrations where event_id = ${pool.eventId} and status = 'waitlisted' order by place limit ${promoted})
      returning id, place, held_until, unconfirmed_since
    ), counted as (
      update seat_pools set capacity = ${pool.capacity}, taken = ${pool.taken + promoted}, waiting = ${pool.waiting - promoted}
      where event_id = ${pool.eventId}
    )
    insert into facts (kind, data, actor)
    select 'registration.' || case when unconfirmed_since is not null then 'moved-up' when held_until is null then 'promoted' else 'offered' end, jsonb_build_object('registrationId', id, 'eventId', ${pool.eventId}::uuid), ${JSON.stringify(describe(tx))}::jsonb
    from promoted order by place`.execute(tx.db)
  if (promoted > 0) tx.recorded.push(pool.eventId)
}

/** Writes the new count of an event that is over: its seats are nobody's any more, and nobody moves up. `pool` is locked. */
export async function settleOver(tx: Tx, { eventId, taken }: SeatPool): Promise<void> {
  await sql`
    update seat_pools set taken = ${taken}, over_at = coalesce(over_at, app_now()) where event_id = ${eventId}`.execute(
    tx.db,
  )
}

/** Ends every registration of an event that was cancelled; all seats are free and nobody waits. */
export async function endAll(tx: Tx, { eventId }: { eventId: string }): Promise<void> {
  await lockSeats(tx, eventId)
  await allowSeconds(tx, 60) // as many rows as people
  await sql`
    with ended as (
      update registrations r set status = 'cancelled', cancelled_at = e.cancelled_at, held_until = null
      from events e where e.id = ${eventId} and r.event_id = e.id and r.status <> 'cancelled'
    )
    update seat_pools set taken = 0, waiting = 0 where event_id = ${eventId}`.execute(tx.db)
}
