import { sql } from 'kysely'
import { teamRole } from '#events/team/role'
import { record } from '#kernel/facts'
import { actingAs, attempt, transaction, type Ctx, type Tx } from '#kernel/ctx'
import { newId } from '#kernel/ids'
import { DEFAULT_LIMIT, pageOf, positionOf, type Page, type PageQuery } from '#kernel/paging'
import { demand, permits } from '#kernel/policy'
import { Forbidden, NotFound, Refusal } from '#kernel/problem'
import * as registrations from '#registrations'
import type { Registration } from '#registrations/registration'
import * as holds from '#registrations/holds'
import { visibleEvent } from '#registrations/visibility'
import { shape, type Payment, type State } from './payment.ts'
import { may } from './policy.ts'
import { NotByHand, NotDue, NothingToPay, NoticeRefused, PaidFor, ProviderAway, ProviderMissing } from './problems.ts'
import type { Notice, ProviderName } from './providers/provider.ts'

type Told = { paymentId: string; eventId: string }
declare module '#kernel/facts' {
  interface Facts {
    'payment.paid': Told
    /** The money has to go back: nobody has the seat it was for. */
    'payment.refund-due': Told
    'payment.refunded': Told
    /** The provider had begun to pay it back, and could not. */
    'payment.refund-failed': Told
    /** It was paid back at the provider's, not by us: the place ended with it. */
    'payment.taken-back': Told
  }
}

/*
 * Money against a seat that is held. What a payment is, is written under the lock of its event's seat row, which comes
 * first; so a hold that lapses, a place that is given back and a notice that arrives happen one after the other:
 *
 *   open, failed → paid         the seat was held, or could be had again
 *   open, failed → refund_due   it was not: the money goes back
 *   paid → refund_due           the place was given back in time, or taken away
 *   paid, refund_due → refunded
 *   paid → refunded             paid back by hand at the provider's: the place ends
 *   refunded → refund_due       the provider could not pay it back after all
 *
 * A notice that comes twice is known by its id, one that comes too early or too late by the state it finds. No lock and
 * no transaction is held while a provider is asked.
 */

/**
 * Begins to pay for a seat that is held, or answers the payment that is open: there is one at a time. Throws
 * `NothingToPay`, and `ProviderAway` when it could not be begun; then the same call tries again.
 */
export async function begin(ctx: Ctx, registrationId: string): Promise<Payment> {
  const registration = await payable(ctx, registrationId)
  const payment = await openFor(ctx, registrationId)
  if (payment.reference !== null) return payment
  const provider = ctx.pay[payment.provider]
  if (!provider) throw ProviderMissing()
  const words = await keepWords(ctx, payment.id, {
    heldUntil: (payment.heldUntil ?? payment.createdAt).toISOString(),
    title: registration.event.title,
    email: registration.email,
    returnUrl: `${ctx.config.baseUrl}${registration.accountId ? '/my' : `/e/${registration.event.slug}`}`,
  })
  const answer = await provider.begin({
    id: payment.id,
    amount: payment.amount,
    currency: payment.currency,
    createdAt: payment.createdAt,
    ...words,
    heldUntil: new Date(words.heldUntil),
  })
  if (!answer.begun) {
    ctx.log.warn({ paymentId: payment.id, final: answer.final, reason: answer.error }, 'a payment could not be begun')
    // One that was refused for good is asked for anew, under another id.
    await sql`
      update payments set last_error = ${answer.error}, asked_with = case when ${answer.final} then null else asked_with end,
        state = case when ${answer.final} then 'failed' else state end
      where id = ${payment.id} and state = 'open' and reference is null`.execute(ctx.db)
    throw ProviderAway(undefined, { retryAfter: 5 })
  }
  await sql`
    update payments set asked_with = null, reference = ${answer.reference}, redirect_url = ${answer.redirectUrl}, expires_at = ${answer.expiresAt}, last_error = null
    where id = ${payment.id} and reference is null`.execute(ctx.db)
  return byId(ctx, payment.id)
}

type Words = { heldUntil: string; title: string; email: string; returnUrl: string }

/** What the provider is asked with: what it was asked with before, if it was. It knows a payment by its words, not only by its key. */
async function keepWords(ctx: Ctx, paymentId: string, words: Words): Promise<Words> {
  const { rows: kept } = await sql<{ asked_with: Words | null }>`
    update payments set asked_with = coalesce(asked_with, ${JSON.stringify(words)}::jsonb) where id = ${paymentId}
    returning asked_with`.execute(ctx.db)
  return kept[0]?.asked_with ?? words
}

/** The newest payment for a registration, for who may pay for it. */
export async function latest(ctx: Ctx, registrationId: string): Promise<Payment> {
  await payable(ctx, registrationId)
  const row = await rows(ctx)
    .where('p.registration_id', '=', registrationId)
    .orderBy('p.created_at', 'desc')
    .orderBy('p.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) throw NotFound()
  return shape(row)
}

/** All payments for an event, newest first, for its organizer. */
export async function ofEvent(ctx: Ctx, eventId: string, query: PageQuery & { state?: State }): Promise<Page<Payment>> {
  const event = await ctx.db
    .selectFrom('events as e')
    .select(['organizer_id as organizerId', teamRole(ctx).as('team')])
    .where('id', '=', eventId)
    .executeTakeFirst()
  // Also of an event that is deleted: money may still have to go back. Others are told what they are always told.
  if (!event || !permits(may.seePayments, ctx.actor, event))
    demand(ctx, may.seePayments, await visibleEvent(ctx, eventId))

  const { limit = DEFAULT_LIMIT, state = null } = query
  const list = ['payments', eventId, state]
  const from = positionOf(ctx, list, query.cursor)
  let page = rows(ctx).where('p.event_id', '=', eventId)
  if (state) page = page.where('p.state', '=', state)
  if (from) page = page.where(sql<boolean>`(p.created_at, p.id) < (${from[0]}::timestamptz, ${from[1]}::uuid)`)
  const found = await page
    .orderBy('p.created_at', 'desc')
    .orderBy('p.id', 'desc')
    .limit(limit + 1)
    .execute()
  const { items, nextCursor } = pageOf(ctx, list, found, limit, (row) => [row.created_key, row.id])
  return { items: items.map(shape), nextCursor }
}

/** Takes a provider's notice. Repeated and out of order it has one effect; what does not concern us has none. Throws `NoticeRefused`. */
export async function takeNotice(
  ctx: Ctx,
  name: ProviderName,
  { body, signature }: { body: Buffer; signature: string | undefined },
): Promise<void> {
  const provider = ctx.pay[name]
  if (!provider) throw NotFound()
  const reading = await provider.read(body, signature, ctx.now())
  if (reading.as === 'refused') throw NoticeRefused(reading.reason)
  if (reading.as === 'ignored') return
  await heed(actingAs(ctx, { kind: 'system', name }), name, reading.notice)
}

/** The organizer has the money: cash, or a transfer. Saying so twice is not an error. */
export async function markPaid(ctx: Ctx, paymentId: string): Promise<Payment> {
  return byHand(ctx, paymentId, async (tx, payment) => {
    if (payment.state === 'open' || payment.state === 'failed') await settlePaid(tx, payment, { byHand: true })
  })
}

/** The organizer has given the money back. Throws `NotDue` where none has to go back. */
export async function markRefunded(ctx: Ctx, paymentId: string): Promise<Payment> {
  return byHand(ctx, paymentId, async (tx, payment) => {
    if (payment.state === 'refunded') return
    if (payment.state !== 'refund_due') throw NotDue()
    await settleRefunded(tx, payment)
  })
}

/**
 * A place was given back. Its holder has the money back by the rule that held when they paid; when somebody else took
 * the place from them, always. Runs in the transaction that cancels.
 */
export async function settleCancelled(tx: Tx, told: { registrationId: string; eventId: string }): Promise<void> {
  const { actor } = tx
  const accountId = actor.kind === 'account' ? actor.id : null
  const guest = actor.kind === 'guest'
  const { rows } = await sql<{ id: string; state: State }>`
    update payments p set (state, due_at, kept_at) = (
      select case when back then 'refund_due' else 'paid' end, case when back then n.now end, case when not back then n.now end
      from registrations r join events e on e.id = r.event_id, lateral (select app_now() as now) n, lateral (select
        not (${guest} or coalesce(r.account_id = ${accountId}::uuid, false))
        or coalesce(n.now <= e.starts_at - make_interval(hours => p.refund_until_hours), false) as back) b
      where r.id = p.registration_id)
    where p.registration_id = ${told.registrationId} and p.state = 'paid'
    returning p.id, p.state`.execute(tx.db)
  for (const { id, state } of rows)
    if (state === 'refund_due') await record(tx, 'payment.refund-due', { paymentId: id, eventId: told.eventId })
  await sql`
    update payments set state = 'failed' where registration_id = ${told.registrationId} and state = 'open' and at_door`.execute(
    tx.db,
  )
}

/** Somebody was let in at the door of an event that costs something: what they owe, or have paid there. Runs in the transaction that lets them in. */
export async function oweAtDoor(
  tx: Tx,
  { registrationId, eventId, paid }: { registrationId: string; eventId: string; paid: boolean },
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    insert into payments (id, registration_id, event_id, provider, amount, currency, refund_until_hours, at_door, reference, state, paid_at)
    select n.id, ${registrationId}, event_id, 'manual', amount, currency, refund_until_hours, true, n.id,
      ${paid ? 'paid' : 'open'}, ${paid ? sql`app_now()` : null}::timestamptz
    from prices, (select ${newId()}::uuid as id) n where event_id = ${eventId} returning id`.execute(tx.db)
  if (rows[0] && paid) await record(tx, 'payment.paid', { paymentId: rows[0].id, eventId })
}

/**
 * The seat was passed on, and what was paid for it with it: its new holder has the money back where anybody does. So
 * only who has paid can do that; the organizer can take the place away, and then the money goes back.
 */
export async function follow(tx: Tx, { registrationId, to }: { registrationId: string; to: string }): Promise<void> {
  const { actor } = tx
  // What is to be paid at the door is owed by whoever comes.
  await sql`
    update payments set registration_id = ${to}
    where registration_id = ${registrationId} and state = 'open' and at_door`.execute(tx.db)
  const { rows } = await sql<{ account_id: string | null }>`
    select r.account_id from payments p join registrations r on r.id = p.registration_id
    where r.id = ${registrationId} and p.state = 'paid' and p.kept_at is null`.execute(tx.db)
  if (rows.length === 0) return
  if (actor.kind !== 'guest' && (actor.kind !== 'account' || actor.id !== rows[0]!.account_id))
    throw Forbidden('It is paid for: only who has the seat can pass it on.')
  await sql`
    update payments set registration_id = ${to} where registration_id = ${registrationId} and state = 'paid' and kept_at is null`.execute(
    tx.db,
  )
}

/**
 * The event was called off: whoever had paid for a seat has the money back. Runs in the transaction that calls it off.
 * Where it is only called off to be deleted, money is not moved by the way: throws `PaidFor`.
 */
export async function refundAll(tx: Tx, { eventId, deleting }: { eventId: string; deleting?: true }): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update payments set state = 'refund_due', due_at = app_now()
    where event_id = ${eventId} and state = 'paid' and kept_at is null returning id`.execute(tx.db)
  if (deleting && rows.length > 0) throw PaidFor(undefined, { payments: rows.length })
  for (const { id } of rows) await record(tx, 'payment.refund-due', { paymentId: id, eventId })
}

/** Writes down that the money went back, once. */
export async function settleRefunded(tx: Tx, payment: Payment, chargeReference?: string): Promise<void> {
  await sql`
    update payments set state = 'refunded', refunded_at = app_now(), paid_at = coalesce(paid_at, app_now()), due_at = null,
      leased_until = null, last_error = null, charge_reference = coalesce(charge_reference, ${chargeReference ?? null})
    where id = ${payment.id} and state <> 'refunded'`.execute(tx.db)
  await record(tx, 'payment.refunded', { paymentId: payment.id, eventId: payment.eventId ?? '*' })
}

/** The registration, for who may see it and what is paid for it. */
async function payable(ctx: Ctx, registrationId: string): Promise<Registration> {
  const registration = await registrations.find(ctx, registrationId)
  const { id, accountId, linkGeneration, event } = registration
  demand(ctx, may.pay, { id, accountId, linkGeneration, organizerId: event.organizerId ?? '', team: event.team })
  return registration
}

/** The payment that is open for the seat, which is begun if there is none; one whose page has expired is none. */
async function openFor(ctx: Ctx, registrationId: string): Promise<Payment> {
  return transaction(ctx, async (tx) => {
    await sql`
      update payments set state = 'failed' where registration_id = ${registrationId} and state = 'open' and expires_at <= app_now()`.execute(
      tx.db,
    )
    await sql`
      insert into payments (id, registration_id, event_id, provider, amount, currency, refund_until_hours)
      select ${newId()}, r.id, r.event_id, p.provider, coalesce(h.amount, p.amount), coalesce(h.currency, p.currency),
        case when h.registration_id is null then p.refund_until_hours else h.refund_until_hours end
      from registrations r join prices p on p.event_id = r.event_id left join hold_prices h on h.registration_id = r.id
      where r.id = ${registrationId} and r.held_until > app_now() and r.unconfirmed_since is null
      on conflict (registration_id) where state = 'open' do nothing`.execute(tx.db)
    const row = await rows(tx)
      .where('p.registration_id', '=', registrationId)
      .where('p.state', '=', 'open')
      .where('r.held_until', '>', sql<Date>`app_now()`)
      .executeTakeFirst()
    if (!row) throw NothingToPay()
    return shape(row)
  })
}

async function heed(ctx: Ctx, provider: ProviderName, notice: Notice): Promise<void> {
  await transaction(ctx, async (tx) => {
    const payment = await lock(tx, notice.paymentId)
    if (payment?.provider !== provider) {
      ctx.log.warn({ provider, noticeId: notice.id }, 'a notice is about a payment that is not ours')
      return
    }
    const { numAffectedRows } = await sql`
      insert into payment_notices (provider, notice_id, payment_id, happened)
      values (${provider}, ${notice.id}, ${payment.id}, ${notice.happened}) on conflict do nothing`.execute(tx.db)
    if (numAffectedRows === 0n) return
    const { state } = payment
    if (notice.happened === 'paid' && (state === 'open' || state === 'failed')) await settlePaid(tx, payment, notice)
    if (notice.happened === 'refunded' && state !== 'refunded') {
      await settleRefunded(tx, payment, notice.chargeReference)
      if (state === 'paid') await endTakenBack(tx, payment)
    }
    if (notice.happened === 'refunded in part')
      await sql`update payments set returned = greatest(returned, ${notice.amount ?? 0}) where id = ${payment.id}`.execute(
        tx.db,
      )
    if (notice.happened === 'refund failed' && (state === 'refunded' || state === 'refund_due'))
      await settleRefundFailed(tx, payment)
    if (notice.happened === 'failed' && state === 'open')
      await sql`update payments set state = 'failed' where id = ${payment.id}`.execute(tx.db)
  })
}

/** Somebody has paid it back at the provider's, and we are told of it: the place ends, and goes down the line. */
async function endTakenBack(tx: Tx, { id, registrationId, eventId }: Payment): Promise<void> {
  await sql`update payments set taken_back_at = app_now() where id = ${id}`.execute(tx.db)
  await record(tx, 'payment.taken-back', { paymentId: id, eventId: eventId ?? '*' })
  if (!registrationId) return
  try {
    await attempt(tx, () => registrations.cancel(tx, registrationId))
  } catch (error) {
    // Who is in, or was, stays: the audit tells people of it.
    if (!(error instanceof Refusal)) throw error
    tx.log.warn({ paymentId: id, reason: error.message }, 'a payment was paid back, and its seat is kept')
  }
}

/** The money came back to us: it is tried again, as another refund. What was kept stays kept. */
async function settleRefundFailed(tx: Tx, payment: Payment): Promise<void> {
  tx.log.error({ paymentId: payment.id }, 'a refund failed after it was begun; it will be tried again')
  const kept = payment.keptAt !== null
  await sql`
    update payments set state = ${kept ? 'paid' : 'refund_due'}, refunded_at = null, leased_until = null, attempts = 0,
      due_at = ${kept ? null : sql`app_now() + interval '1 hour'`}, refund_reference = null, refund_round = refund_round + 1,
      last_error = 'the refund failed'
    where id = ${payment.id}`.execute(tx.db)
  await record(tx, 'payment.refund-failed', { paymentId: payment.id, eventId: payment.eventId ?? '*' })
}

/** The money is there: it gets its seat, or goes back. The payment and the seat row are locked. */
async function settlePaid(tx: Tx, payment: Payment, notice: Partial<Notice> & { byHand?: boolean }): Promise<void> {
  const { amount = payment.amount, currency = payment.currency } = notice
  const right = amount === payment.amount && currency === payment.currency
  if (!right) tx.log.error({ paymentId: payment.id }, 'another amount was paid than was asked for; it goes back')
  const seated = right && (await seat(tx, payment, notice.byHand))
  await sql`
    update payments set state = ${seated ? 'paid' : 'refund_due'}, paid_at = app_now(), due_at = ${seated ? null : sql`app_now()`},
      charge_reference = coalesce(charge_reference, ${notice.chargeReference ?? null})
    where id = ${payment.id}`.execute(tx.db)
  await record(tx, seated ? 'payment.paid' : 'payment.refund-due', {
    paymentId: payment.id,
    eventId: payment.eventId ?? '*',
  })
}

/** False where nothing is owed for the seat (any more): paid already, free of charge by now, given back, or gone. */
async function seat(tx: Tx, { registrationId, eventId, atDoor }: Payment, byHand = false): Promise<boolean> {
  if (!registrationId || !eventId) return false
  if (atDoor) return (await registrations.find(tx, registrationId)).status === 'going'
  const told = { registrationId, eventId }
  return (await holds.confirmPaid(tx, told, { byHand })) || (await holds.seatAgain(tx, told, { byHand }))
}

async function byHand(
  ctx: Ctx,
  paymentId: string,
  settle: (tx: Tx, payment: Payment) => Promise<void>,
): Promise<Payment> {
  return transaction(ctx, async (tx) => {
    const payment = await lock(tx, paymentId)
    if (!payment?.registrationId) throw NotFound()
    const { event } = await registrations.find(tx, payment.registrationId)
    demand(tx, may.settle, { organizerId: event.organizerId ?? '', team: event.team })
    if (!tx.pay[payment.provider]?.byHand) throw NotByHand()
    await settle(tx, payment)
    return byId(tx, paymentId)
  })
}

/** The payment, locked until the transaction ends, after the seat row of its event. */
export async function lock(tx: Tx, paymentId: string): Promise<Payment | undefined> {
  const where = await tx.db.selectFrom('payments').select('event_id').where('id', '=', paymentId).executeTakeFirst()
  if (!where) return undefined
  if (where.event_id) await holds.freeze(tx, where.event_id)
  await sql`select id from payments where id = ${paymentId} for update`.execute(tx.db)
  return byId(tx, paymentId)
}

async function byId(ctx: Ctx | Tx, paymentId: string): Promise<Payment> {
  return shape(await rows(ctx).where('p.id', '=', paymentId).executeTakeFirstOrThrow())
}

function rows(ctx: Ctx | Tx) {
  return ctx.db
    .selectFrom('payments as p')
    .leftJoin('registrations as r', 'r.id', 'p.registration_id')
    .leftJoin('events as e', 'e.id', 'p.event_id')
    .leftJoin('prices as c', 'c.event_id', 'p.event_id')
    .selectAll('p')
    .select(['r.name', 'r.held_until', 'e.organizer_id', 'c.instructions', teamRole(ctx).as('team')])
    .select(sql<string>`p.created_at::text`.as('created_key'))
}
