import { sql } from 'kysely'
import { record, recordAll } from '#kernel/facts'
import { actingAs, transaction, type Ctx, type Tx } from '#kernel/ctx'
import { lockSeats, settle, settleOver } from './seats.ts'

// A seat that must be paid for is held: it is taken, it counts, and it is nobody's until the money is there. Who may
// have a ticket is `status = 'going' and held_until is null`. The desk and `settle` begin holds; this ends them.
// Before that, a guest who has to confirm holds the place by which they came, in a seat or in the line: confirming.ts.

type Told = { registrationId: string; eventId: string }
declare module '#kernel/facts' {
  interface Facts {
    /** Written by the desk's own statement in place of `registration.going`. */
    'registration.held': Told
    /** Written by `settle` in place of `registration.promoted`: the seat is theirs once it is paid for. */
    'registration.offered': Told
    'registration.lapsed': Told
  }
}

/** How long seats are held for the money, in minutes; an offer to the head of the line for longer. */
export type Terms = { holdMinutes: number; offerMinutes: number }

/**
 * From now on a seat at the event has to be paid for; with null it is free, and whoever still owed money has the seat.
 * Who is in already stays in.
 */
export async function charge(tx: Tx, eventId: string, terms: Terms | null): Promise<void> {
  await lockSeats(tx, eventId)
  await sql`
    update seat_pools set hold_minutes = ${terms?.holdMinutes ?? null}::int, offer_minutes = coalesce(${terms?.offerMinutes ?? null}::int, offer_minutes)
    where event_id = ${eventId}`.execute(tx.db)
  if (terms) return
  const { rows } = await sql<{ id: string }>`
    update registrations set held_until = null where event_id = ${eventId} and held_until is not null and unconfirmed_since is null returning id`.execute(
    tx.db,
  )
  await recordAll(
    tx,
    'registration.going',
    rows.map(({ id }) => ({ registrationId: id, eventId })),
  )
}

/** Money by hand is taken as it is said to have come: at the door, perhaps, and written down when the event was over. */
type HowPaid = { byHand?: boolean }

/**
 * The seat is theirs for good. Answers false where nothing was held: then nothing was owed; and where the event is over
 * before the money came, unless it came by hand.
 */
export async function confirmPaid(tx: Tx, { registrationId, eventId }: Told, how: HowPaid = {}): Promise<boolean> {
  await lockSeats(tx, eventId)
  const { numAffectedRows } = await sql`
    update registrations r set held_until = null from events e
    where r.id = ${registrationId} and r.held_until is not null and e.id = r.event_id
      and (${how.byHand ?? false}::bool or e.ends_at > app_now())`.execute(tx.db)
  if (numAffectedRows !== 1n) return false
  await record(tx, 'registration.going', { registrationId, eventId })
  return true
}

/**
 * Seats somebody again whose hold had lapsed before the money came: where a seat is free, nobody waits, the event is
 * still to come (or the money came by hand) and the person has not registered again. Who gave the place back does not want
 * it any more.
 */
export async function seatAgain(tx: Tx, { registrationId, eventId }: Told, how: HowPaid = {}): Promise<boolean> {
  const pool = await lockSeats(tx, eventId)
  const over = await isOver(tx, eventId)
  if (over && !how.byHand) return false
  if (!over && !how.byHand && !(await isCharged(tx, eventId))) return false // others come for nothing, and so can they
  if ((pool.waiting > 0 && !over) || (pool.capacity !== null && pool.taken >= pool.capacity)) return false
  const { numAffectedRows } = await sql`
    update registrations r set status = 'going', cancelled_at = null, lapsed_at = null
    from events e
    where r.id = ${registrationId} and r.lapsed_at is not null
      and e.id = r.event_id and e.cancelled_at is null and e.deleted_at is null
      and not exists (
        select from registrations other where other.event_id = r.event_id and other.status <> 'cancelled'
          and (other.email_key = r.email_key or other.account_id = r.account_id))`.execute(tx.db)
  if (numAffectedRows !== 1n) return false
  await (over ? settleOver : settle)(tx, { ...pool, taken: pool.taken + 1 })
  await record(tx, 'registration.going', { registrationId, eventId })
  return true
}

async function isCharged(tx: Tx, eventId: string): Promise<boolean> {
  const { rows } = await sql<{ charged: boolean }>`
    select hold_minutes is not null as charged from seat_pools where event_id = ${eventId}`.execute(tx.db)
  return rows[0]!.charged
}

/** Nobody gives, takes or frees a seat at the event until the transaction ends. Comes before any lock of who asks. */
export async function freeze(tx: Tx, eventId: string): Promise<void> {
  await lockSeats(tx, eventId)
}

const EVENTS_AT_ONCE = 100

/**
 * Ends every hold that is over; the head of the line has the seat. Answers how many it ended. Several may do this at
 * once: who comes second to an event finds nothing left. It waits for the seat row and does not skip a locked one,
 * because an event where people stand at the desk all the time is where a freed seat is wanted most.
 */
export async function lapse(ctx: Ctx): Promise<number> {
  const { rows } = await sql<{ event_id: string }>`
    select r.event_id from registrations r where r.held_until <= (select app_now())
    group by r.event_id order by min(r.held_until) limit ${EVENTS_AT_ONCE}`.execute(ctx.db)
  const lapsing = actingAs(ctx, { kind: 'system', name: 'holds' })
  let ended = 0
  for (const { event_id: eventId } of rows) {
    try {
      ended += await lapseAt(lapsing, eventId)
    } catch (error) {
      ctx.log.warn({ err: error, eventId }, 'the holds of an event could not be ended; they will be looked at again')
    }
  }
  return ended
}

async function lapseAt(ctx: Ctx, eventId: string): Promise<number> {
  return transaction(ctx, async (tx) => {
    const pool = await lockSeats(tx, eventId)
    const { rows } = await sql<{ id: string; status: 'going' | 'waitlisted' }>`
      update registrations r set status = 'cancelled', cancelled_at = app_now(), lapsed_at = app_now(), held_until = null
      from (select id, status from registrations where event_id = ${eventId} and held_until <= (select app_now())) over
      where r.id = over.id returning r.id, over.status`.execute(tx.db)
    if (rows.length === 0) return 0
    await recordAll(
      tx,
      'registration.lapsed',
      rows.map(({ id }) => ({ registrationId: id, eventId })),
    )
    const seats = rows.filter(({ status }) => status === 'going').length
    // An event that is over promotes nobody: its line stays as it was.
    const over = await isOver(tx, eventId)
    const left = { ...pool, taken: pool.taken - seats, waiting: pool.waiting - (rows.length - seats) }
    await (over ? settleOver : settle)(tx, left)
    return rows.length
  })
}

async function isOver(tx: Tx, eventId: string): Promise<boolean> {
  const { rows } = await sql<{ over: boolean }>`
    select ends_at <= app_now() as over from events where id = ${eventId}`.execute(tx.db)
  return rows[0]?.over ?? false
}
