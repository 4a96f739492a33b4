import { sql } from 'kysely'
import { forgetInvitation } from '#events/erasing'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { NOBODY, NOWHERE } from '#kernel/erased'
import { record, unseenByOthers } from '#kernel/facts'
import { lockSeats, settle } from './seats.ts'

declare module '#kernel/facts' {
  interface Facts {
    /** A guest asked for it by their link. `now`: the registration is nobody's any more. */
    'guest.erased': { registrationId: string; eventId: string }
    /** `now`: whatever was said or written about these people goes too. */
    'registrations.anonymised': { registrationIds: string[]; eventId?: string }
  }
}
unseenByOthers('registrations.anonymised')

/**
 * Locks the seats that this account has or waits for; nobody gives, takes or frees one there meanwhile. Answers at which
 * events: until the account itself is held, another may come to them.
 */
export async function holdSeatsOf(tx: Tx, accountId: string): Promise<string[]> {
  const eventIds = await placesOf(tx, accountId)
  await sql`select from seat_pools where event_id = any(${eventIds}::uuid[]) order by event_id for update`.execute(
    tx.db,
  )
  return eventIds
}

/** The events that the account has or waits for a place at. */
export async function placesOf(tx: Tx, accountId: string): Promise<string[]> {
  const { rows } = await sql<{ event_id: string }>`
    select event_id from registrations where account_id = ${accountId} and status <> 'cancelled'`.execute(tx.db)
  return rows.map((row) => row.event_id)
}

/** With the account go its places, its name wherever it was registered, and what it was interested in. Its seats are locked. */
export async function eraseAccount(tx: Tx, { accountId }: { accountId: string }): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from registrations where account_id = ${accountId} order by id for update`.execute(tx.db)
  await leave(tx, rows)
  await anonymise(tx, rows)
  await tx.db.deleteFrom('interests').where('account_id', '=', accountId).execute()
}

/** The same for one registration. An address that was invited to the event is not kept for that either. */
export async function eraseGuest(
  tx: Tx,
  { registrationId, eventId }: { registrationId: string; eventId: string },
): Promise<void> {
  await lockSeats(tx, eventId)
  const { rows } = await sql<{ id: string; email_key: string }>`
    select id, email_key from registrations where id = ${registrationId} for update`.execute(tx.db)
  await leave(tx, rows)
  for (const { email_key: key } of rows) await forgetInvitation(tx, eventId, key)
  await anonymise(tx, rows, eventId)
}

/** How many people there are in registrations for events that ended so many days ago. */
export async function countOld(ctx: Ctx, days: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from registrations r join events e on e.id = r.event_id
    where r.erased_at is null and ${endedBefore(days)}`.execute(ctx.db)
  return rows[0]!.n
}

/**
 * Takes names and addresses from up to `most` of them, those of the oldest events first, and answers from how many. What
 * is past changes no more, so no seats are locked; what somebody has in hand is left for the next time.
 */
export async function anonymiseOld(ctx: Ctx, days: number, most: number): Promise<number> {
  let done = 0
  for (let after: { ends_key: string; id: string } | undefined; done < most;) {
    const { rows: events } = await sql<{ id: string; ends_key: string }>`
      select e.id, e.ends_at::text as ends_key from events e
      where ${endedBefore(days)} and exists (select from registrations r where r.event_id = e.id and r.erased_at is null)
        and ${after ? sql`(e.ends_at, e.id) > (${after.ends_key}::timestamptz, ${after.id}::uuid)` : sql`true`}
      order by e.ends_at, e.id limit ${EVENTS_AT_ONCE}`.execute(ctx.db)
    for (const { id: eventId } of events) {
      for (let n = PEOPLE_AT_ONCE; n === PEOPLE_AT_ONCE && done < most; done += n)
        n = await transaction(ctx, async (tx) => {
          const { rows } = await sql<{ id: string }>`
            select id from registrations where event_id = ${eventId} and erased_at is null
            order by id limit ${Math.min(PEOPLE_AT_ONCE, most - done)} for update skip locked`.execute(tx.db)
          await anonymise(tx, rows, eventId)
          return rows.length
        })
    }
    after = events.at(-1)
    if (events.length < EVENTS_AT_ONCE) break
  }
  return done
}

const EVENTS_AT_ONCE = 100
const PEOPLE_AT_ONCE = 200

const endedBefore = (days: number) => sql`e.ends_at < (select app_now() - make_interval(days => ${days}::int))`

type Some = ReadonlyArray<{ id: string }>

/** Gives back what of these is still a place; who has come in already keeps it. Their seats are locked. */
async function leave(tx: Tx, some: Some): Promise<void> {
  const { rows } = await sql<{ id: string; event_id: string; status: string }>`
    select r.id, r.event_id, r.status from registrations r join events e on e.id = r.event_id
    where r.id = any(${idsOf(some)}::uuid[]) and r.status <> 'cancelled' and e.ends_at > (select app_now())
      and not exists (select from checkins c where c.registration_id = r.id)
    order by r.event_id`.execute(tx.db)
  for (const { id, event_id: eventId, status } of rows) {
    const pool = await lockSeats(tx, eventId)
    await sql`update registrations set status = 'cancelled', cancelled_at = app_now(), held_until = null where id = ${id}`.execute(
      tx.db,
    )
    await record(tx, 'registration.cancelled', { registrationId: id, eventId })
    await settle(tx, { ...pool, ...(status === 'going' ? { taken: pool.taken - 1 } : { waiting: pool.waiting - 1 }) })
  }
}

/**
 * Nobody's from now on. Links and tickets that were given out open nothing, and money that comes for a hold that lapsed
 * seats nobody: it goes back.
 */
async function anonymise(tx: Tx, some: Some, eventId?: string): Promise<void> {
  if (some.length === 0) return
  const registrationIds = idsOf(some)
  await sql`
    update registrations set erased_at = app_now(), account_id = null, name = ${NOBODY},
      email = id || ${NOWHERE}, email_key = id || ${NOWHERE}, visible_to_attendees = false, lapsed_at = null,
      link_generation = link_generation + 1, ticket_generation = ticket_generation + 1
    where id = any(${registrationIds}::uuid[])`.execute(tx.db)
  await record(tx, 'registrations.anonymised', eventId ? { registrationIds, eventId } : { registrationIds })
}

function idsOf(some: Some): string[] {
  return some.map(({ id }) => id)
}
