import { sql } from 'kysely'
import type { Asking, Desk, Outcome, Refused } from './desk.ts'
import { isInvited } from '#events/invitation-links'
import { describe, record } from '#kernel/facts'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { admitAnother, admitMail, mailCountOf, MailedTooOften } from '#kernel/mail-limits'
import {
  DEFAULT_LIMIT,
  pageOf,
  positionOf,
  sliceOf,
  type Page,
  type PageQuery,
  type Slice,
  type SliceQuery,
} from '#kernel/paging'
import { demand, permits } from '#kernel/policy'
import { KeyReused, NotFound, Refusal, type ProblemType } from '#kernel/problem'
import { comparable } from '#kernel/text'
import { may } from './policy.ts'
import { rows, shape, subject, type Registration } from './registration.ts'
import { AlreadyRegistered, EventCancelled, EventFull, EventPast, RegistrationClosed } from './problems.ts'
import { lockSeats, settle } from './seats.ts'
import { visibleEvent } from './visibility.ts'

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
 * Throws AlreadyRegistered, EventFull, RegistrationClosed, EventPast, EventCancelled, NotFound, and TooManyRequests when
 * the guest's address was written to too often. A repeated `once` gets the first answer again.
 */
export async function register(
  ctx: Ctx,
  eventId: string,
  attendee: Attendee,
  options: { waitlist?: boolean; once?: Once; invitation?: string } = {},
): Promise<Registration> {
  const mail = 'accountId' in attendee ? null : mailCountOf(ctx, attendee.email)
  if (!('accountId' in attendee) && !mail)
    await unlessAnswered(ctx, options.once, () => admitMail(ctx, attendee.email, eventId))
  const person =
    'accountId' in attendee
      ? await accountAttending(ctx, attendee.accountId)
      : { ...attendee, accountId: null, number: null, visible: false }
  const asking = {
    eventId,
    accountId: person.accountId,
    name: person.name.trim(),
    email: person.email,
    emailKey: comparable(person.email),
    waitlist: options.waitlist ?? true,
    letIn: false,
    visible: person.visible,
    actor: JSON.stringify(describe(ctx)),
    idempotency: options.once,
  }
  let outcome = await ctx.desk.seat({ ...asking, mail })
  if (outcome.refused === 'mailed-before') {
    await unlessAnswered(ctx, options.once, () => admitAnother(ctx, person.email, eventId))
    outcome = await ctx.desk.seat(asking)
  }
  if (outcome.refused === 'mailed-too-often') throw MailedTooOften(ctx, outcome.mail_wait ?? 1)
  // The desk knows which events are private, so registering for all the others asks nothing more of the database.
  if (outcome.refused === 'private' && (await isLetIn(ctx, eventId, options.invitation)))
    outcome = await ctx.desk.seat({ ...asking, letIn: true })
  return registrationOf(ctx, { ...asking, accountNumber: person.number }, answered(outcome, options.once))
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

    await sql`update registrations set status = 'cancelled', cancelled_at = app_now(), held_until = null where id = ${registrationId}`.execute(
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

/** `live`: without those that have ended. */
type Mine = { eventId?: string; when?: 'upcoming' | 'past' | 'all'; live?: boolean }

/** The actor's own registrations, by the event's start: what is to come first to last, or what has been last to first. */
export async function mine(ctx: Ctx, accountId: string, query: PageQuery & Mine): Promise<Page<Registration>> {
  const { when = 'all', limit = DEFAULT_LIMIT, eventId = null } = query
  const list = ['my registrations', accountId, when, eventId]
  const from = positionOf(ctx, list, query.cursor)
  let page = ofAccount(ctx, accountId, query)
  if (from)
    page = page.where(
      when === 'upcoming'
        ? sql<boolean>`(e.starts_at, r.id) > (${from[0]}::timestamptz, ${from[1]}::uuid)`
        : sql<boolean>`(e.starts_at, r.id) < (${from[0]}::timestamptz, ${from[1]}::uuid)`,
    )
  const found = await page.limit(limit + 1).execute()
  const { items, nextCursor } = pageOf(ctx, list, found, limit, (row) => [row.starts_key, row.id])
  return { items: items.map((row) => shape(ctx, row)), nextCursor }
}

/** The same by number. */
export async function sliceOfMine(ctx: Ctx, accountId: string, query: SliceQuery & Mine): Promise<Slice<Registration>> {
  return sliceOf(ofAccount(ctx, accountId, query), query, (row) => shape(ctx, row))
}

function ofAccount(ctx: Ctx, accountId: string, { when = 'all', eventId, live }: Mine) {
  const order = when === 'upcoming' ? 'asc' : 'desc'
  let all = rows(ctx).where('r.account_id', '=', accountId).orderBy('e.starts_at', order).orderBy('r.id', order)
  if (eventId) all = all.where('r.event_id', '=', eventId)
  if (live) all = all.where('r.status', '<>', 'cancelled')
  if (when === 'upcoming')
    all = all
      .where('e.ends_at', '>', sql<Date>`app_now()`)
      // Who lost the place because the event was called off still sees that; who gave it back does not.
      .where(sql<boolean>`(r.status <> 'cancelled' or r.cancelled_at = e.cancelled_at)`)
  if (when === 'past') all = all.where('e.ends_at', '<=', sql<Date>`app_now()`)
  return all
}

/** Whether a private event is open to the actor, or to whoever holds this invitation. */
async function isLetIn(ctx: Ctx, eventId: string, invitation: string | undefined): Promise<boolean> {
  if (await isInvited(ctx, eventId, invitation)) return true
  return visibleEvent(ctx, eventId).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Refusal) return false
      throw error
    },
  )
}

/**
 * Counts the mail that a guest's registration makes us write. A repeated request makes us write none, so it is never
 * refused for that; looked up only then, because everybody else would wait for the answer.
 */
async function unlessAnswered(ctx: Ctx, once: Once | undefined, admit: () => Promise<void>): Promise<void> {
  try {
    await admit()
  } catch (error) {
    if (once && (await wasAnswered(ctx, once))) return // before, or meanwhile by the one beside it
    throw error
  }
}

async function wasAnswered(ctx: Ctx, { scope, key }: Once): Promise<boolean> {
  const { rows } = await sql`select from idempotency_keys where scope = ${scope} and key = ${key}`.execute(ctx.db)
  return rows.length > 0
}

async function accountAttending(ctx: Ctx, accountId: string) {
  const account = await ctx.db
    .selectFrom('accounts')
    .select(['number', 'username', 'email', 'first_name', 'last_name', 'shown_to_attendees'])
    .where('id', '=', accountId)
    .where('erased_at', 'is', null)
    .executeTakeFirst()
  if (!account) throw NotFound()
  return {
    accountId,
    number: account.number,
    email: account.email,
    visible: account.shown_to_attendees,
    name: shortened(`${account.first_name} ${account.last_name}`.trim() || account.username),
  }
}

/** First and last name may be longer together than the name of a registration. */
function shortened(name: string): string {
  return [...name].slice(0, LONGEST_NAME).join('').trim()
}
const LONGEST_NAME = 200

const REFUSALS: Record<Exclude<Refused, 'answered-before' | 'mailed-too-often' | 'mailed-before'>, ProblemType> = {
  'not-found': NotFound,
  private: NotFound, // as if it were not there
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
  if (outcome.refused in REFUSALS) throw REFUSALS[outcome.refused as keyof typeof REFUSALS]()
  if (outcome.kept_fingerprint !== once?.fingerprint) throw KeyReused()
  const { id, number, status, position, held_until, unconfirmed_since, created_at } = outcome.kept_answer!
  return { ...outcome, id, number, status, position, held_until, unconfirmed_since, created_at }
}

function registrationOf(ctx: Ctx, asking: Asking & { accountNumber: number | null }, outcome: Outcome): Registration {
  const { eventId, accountId } = asking
  return {
    id: outcome.id,
    number: outcome.number,
    eventId,
    accountId,
    accountNumber: asking.accountNumber,
    name: outcome.kept_answer?.name ?? asking.name,
    email: outcome.kept_answer?.email ?? asking.email,
    status: outcome.status,
    position: outcome.position,
    createdAt: new Date(outcome.created_at), // text, where it was kept
    promotedAt: null,
    heldUntil: outcome.held_until ? new Date(outcome.held_until) : null,
    mustConfirm: Boolean(outcome.unconfirmed_since),
    cancelledAt: null,
    checkedInAt: null,
    attended: null,
    event: {
      number: null,
      slug: outcome.slug,
      title: outcome.title,
      startsAt: outcome.starts_at,
      endsAt: outcome.ends_at,
      zone: outcome.zone,
      cancelledAt: outcome.cancelled_at,
      organizerId: null,
      team: null,
    },
    visibleToAttendees: asking.visible,
    linkGeneration: 0,
    mayCancel: ctx.actor.kind === 'account' && ctx.actor.id === accountId,
  }
}
