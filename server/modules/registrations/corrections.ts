import { sql } from 'kysely'
import { record } from '#kernel/facts'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { newId } from '#kernel/ids'
import { admitMail } from '#kernel/mail-limits'
import { demand } from '#kernel/policy'
import type { Rule } from '#kernel/policy'
import { comparable } from '#kernel/text'
import { may } from './policy.ts'
import { AlreadyRegistered, EventPast, HasAccount, NotLive } from './problems.ts'
import { rows, shape, subject, type Registration } from './registration.ts'
import { find } from './registrations.ts'
import { lockSeats } from './seats.ts'

type Told = { registrationId: string; eventId: string }
declare module '#kernel/facts' {
  interface Facts {
    'registration.corrected': Told
    /** `now`: refused for who has come in. `to` is the registration that has the seat now. */
    'registration.passed-on': Told & { to: string }
  }
}

type Person = { name: string; email: string }

/** Mends a guest's name or address. The ticket gets another code; a new address gets a new link, and the old one ends. */
export async function correct(ctx: Ctx | Tx, registrationId: string, fields: Partial<Person>): Promise<Registration> {
  const before = await find(ctx, registrationId)
  await admitMail(ctx, fields.email ?? before.email, before.eventId)
  return transaction(ctx, async (tx) => {
    const claim = await held(tx, registrationId, may.correct)
    if (claim.accountId !== null) throw HasAccount()
    if (claim.status === 'cancelled') throw NotLive()
    const name = fields.name?.trim() ?? claim.name
    const email = fields.email ?? claim.email
    if (name === claim.name && email === claim.email) return claim // the ticket that was given out stays good
    await refuseTaken(tx, claim, email, registrationId)
    await sql`
      update registrations set name = ${name}, email = ${email}, email_key = ${comparable(email)},
        ticket_generation = ticket_generation + 1,
        link_generation = link_generation + case when email_key = ${comparable(email)} then 0 else 1 end
      where id = ${registrationId}`.execute(tx.db)
    const told = { registrationId, eventId: claim.eventId }
    await record(tx, claim.mustConfirm ? 'registration.unconfirmed' : 'registration.corrected', told)
    // Not find(): a guest whose address has changed came by a link that is no more.
    return shape(tx, await rows(tx).where('r.id', '=', registrationId).executeTakeFirstOrThrow())
  })
}

/**
 * Gives the seat to somebody else, past the line. They get a registration of their own with their own link and ticket;
 * the old one ends, and with it everything that its holder has in hand. Answers the old one.
 */
export async function passOn(ctx: Ctx | Tx, registrationId: string, to: Person): Promise<Registration> {
  await admitMail(ctx, to.email, (await find(ctx, registrationId)).eventId)
  return transaction(ctx, async (tx) => {
    const claim = await held(tx, registrationId, may.passOn)
    if (claim.status !== 'going') throw NotLive()
    if (claim.mustConfirm) throw NotLive('The place has to be confirmed first.')
    if (claim.heldUntil) throw NotLive('The seat has to be paid for first.')
    await refuseTaken(tx, claim, to.email)
    await sql`update registrations set status = 'cancelled', cancelled_at = app_now() where id = ${registrationId}`.execute(
      tx.db,
    )
    const { eventId } = claim
    const id = newId()
    await tx.db
      .insertInto('registrations')
      .values({
        id,
        event_id: eventId,
        name: to.name.trim(),
        email: to.email,
        email_key: comparable(to.email),
        status: 'going',
        passed_on_from: registrationId,
      })
      .execute()
    await record(tx, 'registration.passed-on', { registrationId, eventId, to: id })
    await record(tx, 'registration.going', { registrationId: id, eventId })
    return find(tx, registrationId)
  })
}

/** Chooses whether others who are registered see the name. */
export async function choose(ctx: Ctx | Tx, registrationId: string, visible: boolean): Promise<Registration> {
  return transaction(ctx, async (tx) => {
    demand(tx, may.choose, subject(await find(tx, registrationId)))
    await tx.db
      .updateTable('registrations')
      .set({ visible_to_attendees: visible })
      .where('id', '=', registrationId)
      .execute()
    return find(tx, registrationId)
  })
}

type Claim = ReturnType<typeof subject>

/** The registration with its event's seat row locked: whoever takes a place meanwhile waits, so what is looked up stays true. */
async function held(tx: Tx, registrationId: string, rule: Rule<Claim>): Promise<Registration> {
  const { eventId } = await find(tx, registrationId)
  await lockSeats(tx, eventId)
  const claim = await find(tx, registrationId)
  demand(tx, rule, subject(claim))
  if (claim.event.endsAt <= tx.now()) throw EventPast('The event is over.')
  return claim
}

/** Refuses an address that somebody else is registered with. Under the seat row's lock nobody can take it meanwhile. */
async function refuseTaken(tx: Tx, { eventId }: Registration, email: string, but: string | null = null): Promise<void> {
  const { rows: found } = await sql`
    select from registrations where event_id = ${eventId} and email_key = ${comparable(email)} and status <> 'cancelled'
      and id is distinct from ${but}::uuid`.execute(tx.db)
  if (found.length > 0) throw AlreadyRegistered('Somebody is registered with this address.')
}
