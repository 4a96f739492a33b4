import { sql } from 'kysely'
import { record } from '#kernel/facts'
import type { Tx } from '#kernel/ctx'
import { newId } from '#kernel/ids'
import { NotFound } from '#kernel/problem'
import { comparable } from '#kernel/text'
import { AlreadyRegistered, EventCancelled, EventFull, EventPast, RegistrationClosed } from './problems.ts'
import { lockSeats, settle } from './seats.ts'

declare module '#kernel/facts' {
  interface Facts {
    /** `now`: what is owed at the door. */
    'registration.walked-in': { registrationId: string; eventId: string; paid: boolean }
  }
}

/**
 * Gives a free seat to somebody who stands at the door, until the event ends. Not by the desk, which closes when the
 * event begins, but under the same lock: never beyond the capacity, never past the line. Who calls has judged who may.
 */
export async function admit(
  tx: Tx,
  eventId: string,
  person: { name: string; email: string },
  options: { evenIfClosed?: boolean; paid?: boolean } = {},
): Promise<{ registrationId: string; name: string }> {
  const pool = await lockSeats(tx, eventId)
  const { rows } = await sql<{ cancelled: boolean; over: boolean; closed: boolean; registered: string | null }>`
    select e.cancelled_at is not null as cancelled, e.ends_at <= n.now as over,
      e.closed_at is not null or coalesce(e.registration_deadline <= n.now, false) as closed,
      (select r.id from registrations r where r.event_id = e.id and r.email_key = ${comparable(person.email)} and r.status <> 'cancelled') as registered
    from events e, (select app_now() as now) n
    where e.id = ${eventId} and e.published_at is not null and e.deleted_at is null`.execute(tx.db)
  const event = rows[0]
  if (!event) throw NotFound()
  if (event.cancelled) throw EventCancelled()
  if (event.over) throw EventPast('The event is over.')
  if (event.registered) throw AlreadyRegistered(undefined, { registrationId: event.registered })
  if (event.closed && !options.evenIfClosed) throw RegistrationClosed()
  if (pool.capacity !== null && pool.taken >= pool.capacity) throw EventFull(undefined, { waitlistOffered: false })
  const registrationId = newId()
  const name = person.name.trim()
  await tx.db
    .insertInto('registrations')
    .values({
      id: registrationId,
      event_id: eventId,
      name,
      email: person.email,
      email_key: comparable(person.email),
      status: 'going',
    })
    .execute()
  await settle(tx, { ...pool, taken: pool.taken + 1 })
  await record(tx, 'registration.walked-in', { registrationId, eventId, paid: options.paid ?? false })
  return { registrationId, name }
}
