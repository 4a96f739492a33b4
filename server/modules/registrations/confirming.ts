import { sql } from 'kysely'
import { record } from '#kernel/facts'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { demand } from '#kernel/policy'
import { may } from './policy.ts'
import { EventPast, NotLive } from './problems.ts'
import { subject, type Registration } from './registration.ts'
import { find } from './registrations.ts'
import { lockSeats } from './seats.ts'

// Anybody can type anybody's address. Where an event asks for it, a guest's place, a seat or one in the line, is only
// held until they follow the link in their mail. Nobody pays before that, so the money's time begins when they confirm.
// What was not confirmed lapses like a hold for money, and the head of the line has the seat: holds.ts.

type Told = { registrationId: string; eventId: string }
declare module '#kernel/facts' {
  interface Facts {
    /** Written by the desk's own statement in place of the place that was given. */
    'registration.unconfirmed': Told
    /** Written by `settle` in place of `registration.promoted`: to a seat, which is theirs once they confirm. */
    'registration.moved-up': Told
  }
}

/**
 * The guest means it: the place is theirs, and a seat that costs something is held for the money from now on. Twice is
 * not an error. Throws NotLive when it was not confirmed in time, EventPast.
 */
export async function confirm(ctx: Ctx | Tx, registrationId: string): Promise<Registration> {
  return transaction(ctx, async (tx) => {
    const { eventId } = await find(tx, registrationId)
    await lockSeats(tx, eventId) // or it could lapse, or move up to a seat, while we look
    const claim = await find(tx, registrationId)
    demand(tx, may.confirm, subject(claim))
    if (claim.status === 'cancelled') throw NotLive('It was not confirmed in time, or was cancelled.')
    if (!claim.mustConfirm) return claim
    if (claim.event.endsAt <= tx.now()) throw EventPast('The event is over.')
    const { rows } = await sql<{ kind: 'going' | 'held' | 'waitlisted' }>`
      update registrations r set unconfirmed_since = null, held_until = case when status = 'going' then (
        select least(app_now() + make_interval(mins => p.hold_minutes), e.ends_at)
        from seat_pools p join events e on e.id = p.event_id
        where p.event_id = r.event_id and p.hold_minutes is not null) end
      where id = ${registrationId}
      returning case when held_until is null then status else 'held' end as kind`.execute(tx.db)
    await record(tx, `registration.${rows[0]!.kind}`, { registrationId, eventId })
    return find(tx, registrationId)
  })
}
