import { sql } from 'kysely'
import type { Asking, Desk, Outcome, Refused } from './desk.ts'
import { describe, record } from '#kernel/facts'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { DEFAULT_LIMIT, pageOf, positionOf, type Page, type PageQuery } from '#kernel/paging'
import { demand, permits } from '#kernel/policy'
import { KeyReused, NotFound, type ProblemType } from '#kernel/problem'
import { comparable } from '#kernel/text'
import { may } from './policy.ts'
import { rows, shape, subject, type Registration } from './registration.ts'
import { AlreadyRegistered, EventCancelled, EventFull, EventPast, RegistrationClosed } from './problems.ts'
import { lockSeats, settle } from './seats.ts'

declare module '#kernel/ctx' {
  interface Ports {
    /** Where everybody who wants a place meets. */
    desk: Desk
  }
}

type Told = { registrationId: string; eventId: string }
declare module '#kernel/facts' {
  interface Facts {
    /** Written by the desk's own statement, so nothing can react to these two `now`. */
    'registration.going': Told
    'registration.waitlisted': Told
    'registration.promoted': Told
    'registration.cancelled': Told
  }
}

/** Who takes the place: an account, or a guest by name and address. */
export type Attendee = { accountId: string } | { name: string; email: string }

type Once = { scope: string; key: string; fingerprint: string }

/**
 * Takes a seat, or a place on the waitlist when the event is full. Joins whoever else is at the desk.
 * Throws AlreadyRegistered, EventFull, RegistrationClosed, EventPast, EventCancelled, NotFound. A repeated `once`
 * gets the first answer again.
 */
export async function register(
  ctx: Ctx,
  eventId: string,
  attendee: Attendee,
  options: { waitlist?: boolean; once?: Once } = {},
): Promise<Registration> {
  const person =
    'accountId' in attendee ? await accountAttending(ctx, attendee.accountId) : { ...attendee, accountId: null }
  const asking = {
    ...person,
    eventId,
    name: person.name.trim(),
    emailKey: comparable(person.email),
    waitlist: options.waitlist ?? true,
    actor: JSON.stringify(describe(ctx)),
    idempotency: options.once,
  }
  return registrationOf(ctx, asking, answered(await ctx.desk.seat(asking), options.once))
}

/** Gives the place back; the head of the waitlist has it before anyone else can ask. Cancelling twice is not an error. */
export async function cancel(ctx: Ctx | Tx, registrationId: string): Promise<Registration> {
  return transaction(ctx, async (tx) => {
    const { eventId } = await find(tx, registrationId)
    const pool = await lockSeats(tx, eventId)
    const claim = await find(tx, registrationId) // again, now that nobody else can change it
    demand(tx, may.cancel, subject(claim))
    if (claim.status === 'cancelled') return claim
    if (claim.event.endsAt <= tx.now()) throw EventPast('The event is over.')

    await sql`update registrations set status = 'cancelled', cancelled_at = app_now() where id = ${registrationId}`.execute(
      tx.db,
    )
    await record(tx, 'registration.cancelled', { registrationId, eventId })
    const left = claim.status === 'going' ? { taken: pool.taken - 1 } : { waiting: pool.waiting - 1 }
    await settle(tx, { ...pool, ...left })
    return find(tx, registrationId)
  })
}

/** The registration, if the actor may see it; `NotFound` otherwise. */
export async function find(ctx: Ctx | Tx, registrationId: string): Promise<Registration> {
  const row = await rows(ctx).where('r.id', '=', registrationId).executeTakeFirst()
  if (!row) throw NotFound()
  const registration = shape(ctx, row)
  if (!permits(may.see, ctx.actor, subject(registration))) throw NotFound()
  return registration
}

/** The actor's own registrations, by the event's start: what is to come first to last, or what has been last to first. */
export async function mine(
  ctx: Ctx,
  accountId: string,
  query: PageQuery & { eventId?: string; when?: 'upcoming' | 'past' | 'all' },
): Promise<Page<Registration>> {
  const { when = 'all', limit = DEFAULT_LIMIT, eventId = null } = query
  const list = ['my registrations', accountId, when, eventId]
  const from = positionOf(ctx, list, query.cursor)
  const order = when === 'upcoming' ? 'asc' : 'desc'
  let page = rows(ctx).where('r.account_id', '=', accountId)
  if (eventId) page = page.where('r.event_id', '=', eventId)
  if (when === 'upcoming')
    page = page
      .where('e.ends_at', '>', sql<Date>`app_now()`)
      // Who lost the place because the event was called off still sees that; who gave it back does not.
      .where(sql<boolean>`(r.status <> 'cancelled' or r.cancelled_at = e.cancelled_at)`)
  if (when === 'past') page = page.where('e.ends_at', '<=', sql<Date>`app_now()`)
  if (from)
    page = page.where(
      order === 'asc'
        ? sql<boolean>`(e.starts_at, r.id) > (${from[0]}::timestamptz, ${from[1]}::uuid)`
        : sql<boolean>`(e.starts_at, r.id) < (${from[0]}::timestamptz, ${from[1]}::uuid)`,
    )
  const found = await page
    .orderBy('e.starts_at', order)
    .orderBy('r.id', order)
    .limit(limit + 1)
    .execute()
  const { items, nextCursor } = pageOf(ctx, list, found, limit, (row) => [row.starts_key, row.id])
  return { items: items.map((row) => shape(ctx, row)), nextCursor }
}

async function accountAttending(ctx: Ctx, accountId: string) {
  const account = await ctx.db
    .selectFrom('accounts')
    .select(['username', 'email', 'first_name', 'last_name'])
    .where('id', '=', accountId)
    .executeTakeFirst()
  if (!account) throw NotFound()
  return {
    accountId,
    email: account.email,
    name: `${account.first_name} ${account.last_name}`.trim() || account.username,
  }
}

const REFUSALS: Record<Exclude<Refused, 'answered-before'>, ProblemType> = {
  'not-found': NotFound,
  'event-cancelled': EventCancelled,
  'event-past': EventPast,
  closed: RegistrationClosed,
  'already-registered': AlreadyRegistered,
  'event-full': EventFull,
}

/** The outcome that stands: this one, or for a repeated request the first. Throws the refusal there was. */
function answered(outcome: Outcome, once: Once | undefined): Outcome {
  if (!outcome.refused) return outcome
  if (outcome.refused === 'event-full') throw EventFull(undefined, { waitlistOffered: outcome.has_waitlist })
  if (outcome.refused !== 'answered-before') throw REFUSALS[outcome.refused]()
  if (outcome.kept_fingerprint !== once?.fingerprint) throw KeyReused()
  const { id, number, name, email, status, position, created_at } = outcome.kept_answer!
  return { ...outcome, id, number, name, email, status, position, created_at }
}

function registrationOf(ctx: Ctx, asking: Asking, outcome: Outcome): Registration {
  const { eventId, accountId } = asking
  return {
    id: outcome.id,
    number: outcome.number,
    eventId,
    accountId,
    name: outcome.name,
    email: outcome.email,
    status: outcome.status,
    position: outcome.position,
    createdAt: new Date(outcome.created_at), // text, where it was kept
    promotedAt: null,
    cancelledAt: null,
    event: {
      slug: outcome.slug,
      title: outcome.title,
      startsAt: outcome.starts_at,
      endsAt: outcome.ends_at,
      zone: outcome.zone,
      cancelledAt: outcome.cancelled_at,
      organizerId: null,
    },
    mayCancel: ctx.actor.kind === 'account' && ctx.actor.id === accountId,
  }
}
