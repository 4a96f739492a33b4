import { sql } from 'kysely'
import { places } from '#kernel/currencies'
import { record } from '#kernel/facts'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { invalid, NotFound } from '#kernel/problem'
import { amend, hold, refuseWhenOver, type Event, type Seen } from '#events/event'
import { rememberFirstPrice } from '#events/history'
import * as holds from '#registrations/holds'
import { visibleEvent } from '#registrations/visibility'
import { may } from './policy.ts'
import { ProviderMissing } from './problems.ts'
import type { ProviderName } from './providers/provider.ts'

declare module '#kernel/facts' {
  interface Facts {
    'price.set': { eventId: string; amount: number; currency: string }
    'price.removed': { eventId: string }
  }
}

/** What a seat costs and on what terms. `amount` is in minor units of the currency. */
export type Price = {
  amount: number
  currency: string
  provider: ProviderName
  refundUntilHours: number | null
  instructions: string | null
  holdMinutes: number
  offerMinutes: number
}

/** What is money: not gold, test codes and units of account, whose codes begin with an X, as those of three shared currencies do. */
const CURRENCIES = new Set(
  Intl.supportedValuesOf('currency').filter(
    (code) => !code.startsWith('X') || ['XAF', 'XCD', 'XOF', 'XPF'].includes(code),
  ),
)

export const HOLD_MINUTES = 30
export const OFFER_MINUTES = 24 * 60

/** The price of an event that the actor may see; `NotFound` also where it is free of charge. */
export async function find(ctx: Ctx | Tx, eventId: string): Promise<Price> {
  await visibleEvent(ctx, eventId)
  const price = await priceOf(ctx, eventId)
  if (!price) throw NotFound()
  return price
}

async function priceOf(ctx: Ctx | Tx, eventId: string): Promise<Price | null> {
  const row = await ctx.db
    .selectFrom('prices as p')
    .innerJoin('seat_pools as s', 's.event_id', 'p.event_id')
    .selectAll('p')
    .select(['s.hold_minutes', 's.offer_minutes'])
    .where('p.event_id', '=', eventId)
    .executeTakeFirst()
  if (!row) return null
  return {
    amount: row.amount,
    currency: row.currency,
    provider: row.provider as ProviderName,
    refundUntilHours: row.refund_until_hours,
    instructions: row.instructions,
    holdMinutes: row.hold_minutes ?? HOLD_MINUTES,
    offerMinutes: row.offer_minutes,
  }
}

/**
 * From now on a seat costs this. Who is in already stays in as they came; who holds a seat, or has paid, keeps the price
 * and the refund rule of the moment it was held. Throws `ProviderMissing`.
 */
export async function set(
  ctx: Ctx | Tx,
  eventId: string,
  price: Pick<Price, 'amount' | 'currency'> & Partial<Price>,
  seen: Seen = {},
): Promise<Price> {
  const {
    amount,
    currency,
    provider = ctx.pay.stripe ? 'stripe' : 'manual',
    refundUntilHours = null,
    instructions = null,
    holdMinutes = HOLD_MINUTES,
    offerMinutes = OFFER_MINUTES,
  } = price
  if (!CURRENCIES.has(currency)) throw invalid({ '/currency': `${currency} is not a currency of ISO 4217.` })
  if (provider === 'stripe') refuseWhatStripeRounds(amount, currency)
  return transaction(ctx, async (tx) => {
    await lockAlike(tx, eventId)
    const event = await holdToCharge(tx, eventId, seen)
    if (!tx.pay[provider]) throw ProviderMissing()
    const was = await priceOf(tx, eventId)
    const values = {
      amount,
      currency,
      provider,
      refund_until_hours: refundUntilHours,
      instructions: instructions?.trim() || null,
    }
    // Who holds a seat owes what it cost when it was held. Under the seat row's lock nobody begins to hold one meanwhile.
    await holds.freeze(tx, eventId)
    await sql`
      insert into hold_prices (registration_id, amount, currency, refund_until_hours)
      select r.id, p.amount, p.currency, p.refund_until_hours from registrations r join prices p on p.event_id = r.event_id
      where r.event_id = ${eventId} and r.held_until is not null
      on conflict (registration_id) do nothing`.execute(tx.db)
    await tx.db
      .insertInto('prices')
      .values({ event_id: eventId, ...values })
      .onConflict((conflict) => conflict.column('event_id').doUpdateSet({ ...values, updated_at: sql`app_now()` }))
      .execute()
    await holds.charge(tx, eventId, { holdMinutes, offerMinutes })
    const is = (await priceOf(tx, eventId))!
    if (JSON.stringify(was) !== JSON.stringify(is))
      await amend(tx, event, {}, { was: { price: was }, is: { price: is } })
    await record(tx, 'price.set', { eventId, amount, currency })
    await priceSeries(tx, eventId)
    return is
  })
}

/** Stripe takes the smallest amounts of some currencies in steps: what it would not charge as it is shown is no price. */
function refuseWhatStripeRounds(amount: number, currency: string): void {
  const step = places(currency) === 3 ? 10 : currency === 'ISK' ? 100 : 1
  if (amount % step !== 0) throw invalid({ '/amount': `Stripe charges ${currency} in steps of ${step} minor units.` })
}

/** From now on it is free of charge, also for whoever still owed the money. Who has paid, has paid. */
export async function remove(ctx: Ctx | Tx, eventId: string, seen: Seen = {}): Promise<void> {
  await transaction(ctx, async (tx) => {
    const event = await holdToCharge(tx, eventId, seen)
    const was = await priceOf(tx, eventId)
    const { numDeletedRows } = await tx.db.deleteFrom('prices').where('event_id', '=', eventId).executeTakeFirst()
    if (numDeletedRows === 0n) return
    await holds.charge(tx, eventId, null)
    await amend(tx, event, {}, { was: { price: was }, is: { price: null } })
    await record(tx, 'price.removed', { eventId })
  })
}

/** A copy costs what the event costs that it is a copy of. Runs in the transaction that makes it. */
export async function copyPrice(tx: Tx, { eventId, from }: { eventId: string; from: string }): Promise<void> {
  if (await chargeAs(tx, eventId, from)) await rememberFirstPrice(tx, eventId, (await priceOf(tx, eventId))!)
}

/** Whether there was anything to pay. */
async function chargeAs(tx: Tx, eventId: string, from: string): Promise<boolean> {
  const { rows } = await sql<{ amount: number; currency: string; hold_minutes: number; offer_minutes: number }>`
    with copied as (
      insert into prices (event_id, amount, currency, provider, refund_until_hours, instructions)
      select ${eventId}, amount, currency, provider, refund_until_hours, instructions from prices where event_id = ${from}
      returning amount, currency
    )
    select copied.*, s.hold_minutes, s.offer_minutes from copied, seat_pools s where s.event_id = ${from}`.execute(
    tx.db,
  )
  const terms = rows[0]
  if (!terms) return false
  const { amount, currency } = terms
  await holds.charge(tx, eventId, { holdMinutes: terms.hold_minutes, offerMinutes: terms.offer_minutes })
  await record(tx, 'price.set', { eventId, amount, currency })
  return true
}

const TERMS = sql`amount, currency, provider, refund_until_hours, instructions, hold_minutes, offer_minutes`

/**
 * A new occurrence costs what its series costs, and where that was never said what the one before it costs. Runs in the
 * transaction that makes it, before anybody can register for nothing.
 */
export async function costAsSeries(tx: Tx, { eventId }: { eventId: string }): Promise<void> {
  const { rows } = await sql<{ amount: number; currency: string; hold_minutes: number; offer_minutes: number }>`
    with terms as (
      select ${TERMS} from series_prices where series_id = (select series_id from events where id = ${eventId})
    ), priced as (
      insert into prices (event_id, amount, currency, provider, refund_until_hours, instructions)
      select ${eventId}, amount, currency, provider, refund_until_hours, instructions from terms
    )
    select amount, currency, hold_minutes, offer_minutes from terms`.execute(tx.db)
  if (rows[0]) {
    const { amount, currency, hold_minutes: holdMinutes, offer_minutes: offerMinutes } = rows[0]
    await holds.charge(tx, eventId, { holdMinutes, offerMinutes })
    await rememberFirstPrice(tx, eventId, (await priceOf(tx, eventId))!)
    return record(tx, 'price.set', { eventId, amount, currency })
  }
  const { rows: others } = await sql<{ id: string }>`
    select o.id from events e join events o on o.series_id = e.series_id and o.id <> e.id
    where e.id = ${eventId}
    order by o.starts_at > e.starts_at, abs(extract(epoch from o.starts_at - e.starts_at)) limit 1`.execute(tx.db)
  if (others[0]) await copyPrice(tx, { eventId, from: others[0].id })
}

/**
 * Before a series changes, goes on as another or begins: what it costs is what its last occurrence costs, unless it was
 * said before. Occurrences on other days then cost the same, also where none of the old ones is left.
 */
export async function keepForSeries(tx: Tx, { seriesId, into = seriesId }: { seriesId: string; into?: string }) {
  await sql`
    insert into series_prices (series_id, ${TERMS})
    select ${into}, ${TERMS} from (
      select 0 as rank, ${TERMS} from series_prices where series_id = ${seriesId}
      union all
      select 1, p.amount, p.currency, p.provider, p.refund_until_hours, p.instructions, s.hold_minutes, s.offer_minutes
      from (select id from events where series_id = ${seriesId} and deleted_at is null order by starts_at desc limit 1) e
      join prices p on p.event_id = e.id join seat_pools s on s.event_id = e.id
    ) known order by rank limit 1
    on conflict (series_id) do nothing`.execute(tx.db)
}

/** The first price in a series that is not published yet is the price of all of it. */
async function priceSeries(tx: Tx, eventId: string): Promise<void> {
  const { rows } = await sql<{ series_id: string }>`
    insert into series_prices (series_id, ${TERMS})
    select e.series_id, p.amount, p.currency, p.provider, p.refund_until_hours, p.instructions, s.hold_minutes, s.offer_minutes
    from events e join series r on r.id = e.series_id join prices p on p.event_id = e.id join seat_pools s on s.event_id = e.id
    where e.id = ${eventId} and r.published_at is null
    on conflict (series_id) do nothing returning series_id`.execute(tx.db)
  if (!rows[0]) return
  const { rows: others } = await sql<{ id: string }>`
    select e.id from events e where e.series_id = ${rows[0].series_id} and e.deleted_at is null and e.published_at is null
      and not exists (select from prices p where p.event_id = e.id) order by e.id`.execute(tx.db)
  for (const { id } of others) {
    const event = await hold(tx, id, may.setPrice)
    await chargeAs(tx, id, eventId)
    await amend(tx, event, {}, { was: { price: null }, is: { price: await priceOf(tx, id) } })
  }
}

/** Of a series that is not published, all events that the first price will be that of, in the order of all locks. */
async function lockAlike(tx: Tx, eventId: string): Promise<void> {
  await sql`
    select from events where deleted_at is null and series_id = (
      select r.id from events e join series r on r.id = e.series_id where e.id = ${eventId} and r.published_at is null)
    order by id for no key update`.execute(tx.db)
}

/** The event's row comes before its seat row, in the order of all locks. */
async function holdToCharge(tx: Tx, eventId: string, seen: Seen): Promise<Event> {
  const event = await hold(tx, eventId, may.setPrice, seen)
  refuseWhenOver(event, tx.now())
  return event
}
