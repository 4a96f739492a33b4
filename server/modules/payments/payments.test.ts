import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { aGuest, anAccount, anEvent, openKit } from '../../../test/kit/kit.ts'
import {
  expiredEvent,
  paidEvent,
  partlyRefundedEvent,
  refundedEvent,
  refundFailedEvent,
  signed,
  startStripe,
  STRIPE,
  unknownEvent,
} from '../../../test/kit/stripe.ts'
import * as events from '#events'
import { readConfig } from '#config'
import * as registrations from '#registrations'
import { guestToken } from '#registrations/guest-links'
import * as holds from '#registrations/holds'
import * as checkin from '#checkin'
import { faultsOfPayments } from './audit.ts'
import { endPages } from './endings.ts'
import * as payments from './payments.ts'
import * as prices from './prices.ts'
import { takeByStripe } from './providers/stripe.ts'
import { refundDue } from './refunds.ts'
import { extendAll } from '#series/horizon'

const kit = await openKit()
const stripe = await startStripe()
kit.ctx.pay.stripe = takeByStripe(STRIPE, stripe.server)
afterAll(() => stripe.stop())
afterEach(async () => {
  stripe.behave = () => undefined
  stripe.refundStatus = 'succeeded'
  expect(await faultsOfPayments(kit.ctx)).toEqual([])
})
const system = kit.as('system')
type Paying = { id: string; amount: number; currency: string }

async function aSale(options: Parameters<typeof anEvent>[1] & { price?: Partial<prices.Price> } = {}) {
  const { price, ...rest } = options
  const event = await anEvent(kit.ctx, { capacity: 1, ...rest })
  const organizer = kit.as(event.organizer)
  await prices.set(organizer, event.id, { amount: 1_250, currency: 'EUR', ...price })
  return { ...event, by: organizer }
}
async function aBuyer(eventId: string) {
  const account = await anAccount(kit.ctx)
  const as = kit.as(account)
  const registration = await registrations.register(as, eventId, { accountId: account.id })
  return { account, as, id: registration.id, registration, begin: () => payments.begin(as, registration.id) }
}
/** Stripe's notice comes to the door. */
const notify = (event: object, options?: Parameters<typeof signed>[1]) =>
  kit.call('POST', '/payments/stripe/notices', signed(event, { at: kit.ctx.now().getTime(), ...options }))
const statusOf = async (id: string) => (await registrations.find(system, id)).status
const stateOf = async (id: string) => (await payments.latest(system, id)).state
const lapse = async () => {
  await kit.clock.advance({ minutes: 31 })
  await holds.lapse(system)
}
async function paidBuyer(eventId: string) {
  const buyer = await aBuyer(eventId)
  const payment = await buyer.begin()
  await notify(paidEvent(payment))
  return { ...buyer, payment }
}

// S3-29
describe('paying for a seat', () => {
  test('the seat is held, Stripe takes the money, and its notice makes the seat theirs', async () => {
    const event = await aSale()
    const buyer = await aBuyer(event.id)
    expect(buyer.registration.heldUntil).not.toBeNull()
    const headers = await kit.signIn(buyer.account)
    const begun = await kit.call('POST', `/registrations/${buyer.id}/payment`, { headers })
    expect(begun).toMatchObject({
      status: 201,
      body: {
        state: 'open',
        provider: 'stripe',
        amount: 1_250,
        currency: 'EUR',
        redirectUrl: expect.stringMatching(/^https:/),
      },
    })
    expect(await notify(paidEvent(begun.body as Paying))).toMatchObject({ status: 200 })
    expect(await registrations.find(buyer.as, buyer.id)).toMatchObject({ status: 'going', heldUntil: null })
    expect((await kit.call('GET', `/registrations/${buyer.id}/payment`, { headers })).body).toMatchObject({
      state: 'paid',
    })
    await expect(buyer.begin()).rejects.toMatchObject({ slug: 'payments/nothing-to-pay' })
  })

  test('asking again, also at once and with a key, gives the one open payment', async () => {
    const event = await aSale()
    const buyer = await aBuyer(event.id)
    const headers = { ...(await kit.signIn(buyer.account)), 'idempotency-key': 'pay' }
    const before = stripe.sessions.length
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => kit.call('POST', `/registrations/${buyer.id}/payment`, { headers })),
    )
    expect(new Set(answers.map((each) => `${each.status} ${each.body.id} ${each.body.redirectUrl}`)).size).toBe(1)
    expect(stripe.sessions.length - before).toBe(1)
    const tooLong = { headers: { ...headers, 'idempotency-key': 'k'.repeat(256) } }
    expect((await kit.call('POST', `/registrations/${buyer.id}/payment`, tooLong)).status).toBe(422)
  })

  test('no connection to the database is held while Stripe is asked', async () => {
    const event = await aSale()
    const buyer = await aBuyer(event.id)
    let open: unknown
    stripe.behave = async () => {
      // The embedded database has one connection: this would wait for ever, were it taken.
      const idle = `select count(*)::int as n from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`
      open = (await kit.database.query(idle)).rows[0]!.n
      return undefined
    }
    await buyer.begin()
    expect(open).toBe(0)
  })

  test('when Stripe is down it says so, keeps the seat and can be tried again; what is refused is begun anew', async () => {
    const event = await aSale()
    const buyer = await aBuyer(event.id)
    const headers = await kit.signIn(buyer.account)
    stripe.behave = () => 500
    expect(await kit.call('POST', `/registrations/${buyer.id}/payment`, { headers })).toMatchObject({
      status: 503,
      body: { type: '/problems/payments/provider-away' },
    })
    expect(await stateOf(buyer.id)).toBe('open')
    stripe.behave = () => 400
    await expect(buyer.begin()).rejects.toMatchObject({ slug: 'payments/provider-away' })
    expect(await stateOf(buyer.id)).toBe('failed')
    stripe.behave = () => undefined
    expect(await buyer.begin()).toMatchObject({ state: 'open', redirectUrl: expect.any(String) })
  })

  test('a page that has expired is replaced by another', async () => {
    const event = await aSale({ price: { holdMinutes: 600 } })
    const buyer = await aBuyer(event.id)
    const first = await buyer.begin()
    await notify(expiredEvent(first))
    const second = await buyer.begin()
    expect(second.id).not.toBe(first.id)
  })

  test('a guest pays by the link in the mail', async () => {
    const event = await aSale()
    const guest = await registrations.register(kit.ctx, event.id, aGuest())
    const token = guestToken(kit.ctx.config, guest.id)
    expect(await kit.call('POST', `/registrations/${guest.id}/payment`)).toMatchObject({ status: 404 })
    const { body } = await kit.call('POST', `/guest-links/${token}/payment`)
    await notify(paidEvent(body as Paying))
    expect(await registrations.find(system, guest.id)).toMatchObject({ heldUntil: null })
  })

  test('is nobody else’s to do, and they cannot tell that there is anything', async () => {
    const event = await aSale()
    const buyer = await aBuyer(event.id)
    const stranger = kit.as(await anAccount(kit.ctx))
    await expect(payments.begin(stranger, buyer.id)).rejects.toMatchObject({ slug: 'not-found' })
    const payment = await buyer.begin()
    await expect(payments.markPaid(stranger, payment.id)).rejects.toMatchObject({ slug: 'not-found' })
    await expect(payments.markPaid(buyer.as, payment.id)).rejects.toMatchObject({ slug: 'forbidden' })
    await expect(payments.ofEvent(stranger, event.id, {})).rejects.toMatchObject({ slug: 'forbidden' })
  })
})

describe('a notice', () => {
  test('five times has one effect', async () => {
    const event = await aSale()
    const buyer = await aBuyer(event.id)
    const notice = paidEvent(await buyer.begin())
    const answers = await Promise.all(Array.from({ length: 5 }, () => notify(notice)))
    expect(answers.map((each) => each.status)).toEqual([200, 200, 200, 200, 200])
    const { rows } = await kit.database.query(
      `select count(*)::int as n from facts where kind like 'payment.%' and data ->> 'eventId' = $1`,
      [event.id],
    )
    expect(rows[0]).toEqual({ n: 1 })
    expect(await stateOf(buyer.id)).toBe('paid')
  })

  test('of a refund that comes before that of the payment: the money is gone, and so is the claim', async () => {
    const event = await aSale()
    const buyer = await aBuyer(event.id)
    const payment = await buyer.begin()
    await notify(refundedEvent(payment))
    await notify(paidEvent(payment))
    expect(await stateOf(buyer.id)).toBe('refunded')
    expect((await registrations.find(system, buyer.id)).heldUntil).not.toBeNull()
  })

  test('that a page has expired does not undo a payment, and does not hinder one that comes after it', async () => {
    const event = await aSale({ capacity: 2 })
    const early = await paidBuyer(event.id)
    await notify(expiredEvent(early.payment))
    expect(await stateOf(early.id)).toBe('paid')
    const late = await aBuyer(event.id)
    const payment = await late.begin()
    await notify(expiredEvent(payment))
    await notify(paidEvent(payment))
    expect(await stateOf(late.id)).toBe('paid')
  })

  test('badly signed, or 301 seconds old, is a 400 and has no effect; of an unknown type it is taken and ignored', async () => {
    const event = await aSale()
    const buyer = await aBuyer(event.id)
    const notice = paidEvent(await buyer.begin())
    const refused = { status: 400, body: { type: '/problems/payments/notice-refused' } }
    expect(await notify(notice, { secret: 'whsec_other' })).toMatchObject(refused)
    expect(await notify(notice, { at: kit.ctx.now().getTime() - 302_000 })).toMatchObject(refused)
    expect(await kit.call('POST', '/payments/stripe/notices', { payload: notice })).toMatchObject(refused)
    expect(await stateOf(buyer.id)).toBe('open')
    expect(await notify(unknownEvent())).toMatchObject({ status: 200 })
  })

  test('may be 256 KB and not more', async () => {
    const large = { ...unknownEvent(), padding: 'x'.repeat(200 * 1024) }
    expect(await notify(large)).toMatchObject({ status: 200 })
    expect(await notify({ ...large, more: 'x'.repeat(60 * 1024) })).toMatchObject({ status: 413 })
  })

  test('of another amount than was asked for pays for nothing and goes back', async () => {
    const event = await aSale()
    const buyer = await aBuyer(event.id)
    await notify(paidEvent({ ...(await buyer.begin()), amount: 1 }))
    expect(await stateOf(buyer.id)).toBe('refund_due')
    expect((await registrations.find(system, buyer.id)).heldUntil).not.toBeNull()
  })
})

describe('money that comes late', () => {
  test('seats them again where a seat is free and nobody waits', async () => {
    const event = await aSale()
    const buyer = await aBuyer(event.id)
    const payment = await buyer.begin()
    await lapse()
    expect(await statusOf(buyer.id)).toBe('cancelled')
    await notify(paidEvent(payment))
    expect(await registrations.find(system, buyer.id)).toMatchObject({ status: 'going', heldUntil: null })
    expect(await stateOf(buyer.id)).toBe('paid')
  })

  test('goes back where somebody else has the seat, and the worker pays it back once', async () => {
    const event = await aSale()
    const buyer = await aBuyer(event.id)
    const payment = await buyer.begin()
    const next = await aBuyer(event.id)
    await lapse()
    await notify(paidEvent(payment))
    expect([await stateOf(buyer.id), await statusOf(next.id)]).toEqual(['refund_due', 'going'])
    const before = stripe.refunds.length
    const done = await Promise.all([refundDue(system), refundDue(system)])
    expect(done[0] + done[1]).toBeGreaterThanOrEqual(1)
    expect(stripe.refunds.slice(before).filter((each) => each.payment_intent === `pi_${payment.id}`)).toHaveLength(1)
    expect(await stateOf(buyer.id)).toBe('refunded')
  })

  test('goes back when they gave the place back themselves meanwhile: it is not wanted any more', async () => {
    const event = await aSale()
    const buyer = await aBuyer(event.id)
    const payment = await buyer.begin()
    await registrations.cancel(buyer.as, buyer.id)
    await notify(paidEvent(payment))
    expect([await stateOf(buyer.id), await statusOf(buyer.id)]).toEqual(['refund_due', 'cancelled'])
  })

  test('goes back when the place is gone and the event is free of charge by now', async () => {
    const event = await aSale()
    const buyer = await aBuyer(event.id)
    const payment = await buyer.begin()
    await lapse()
    await prices.remove(event.by, event.id)
    await notify(paidEvent(payment))
    expect([await stateOf(buyer.id), await statusOf(buyer.id)]).toEqual(['refund_due', 'cancelled'])
    const again = await registrations.register(buyer.as, event.id, { accountId: buyer.account.id })
    expect(again).toMatchObject({ status: 'going', heldUntil: null })
  })

  test('goes back when the event is free of charge by now; they keep the seat', async () => {
    const event = await aSale()
    const buyer = await aBuyer(event.id)
    const payment = await buyer.begin()
    await prices.remove(event.by, event.id)
    await notify(paidEvent(payment))
    expect([await stateOf(buyer.id), await statusOf(buyer.id)]).toEqual(['refund_due', 'going'])
  })
})

describe('giving a paid place back', () => {
  test('in time the money goes back, by the rule of the day it was paid; too late it does not', async () => {
    const event = await aSale({ capacity: 2, price: { refundUntilHours: 48 } })
    const early = await paidBuyer(event.id)
    const late = await paidBuyer(event.id)
    await prices.set(event.by, event.id, { amount: 99, currency: 'EUR' }) // no refunds any more, for others
    await registrations.cancel(early.as, early.id)
    expect(await stateOf(early.id)).toBe('refund_due')
    await kit.clock.advance({ hours: 168 - 47 })
    await registrations.cancel(late.as, late.id)
    expect(await payments.latest(system, late.id)).toMatchObject({ state: 'paid', keptAt: expect.any(Date) })
  })

  test('when the organizer takes the place away the money always goes back', async () => {
    const event = await aSale()
    const buyer = await paidBuyer(event.id)
    await registrations.cancel(event.by, buyer.id)
    expect(await stateOf(buyer.id)).toBe('refund_due')
  })

  test('when the event is cancelled all of it goes back', async () => {
    const event = await aSale({ capacity: 3 })
    const buyers = [await paidBuyer(event.id), await paidBuyer(event.id)]
    await events.cancel(event.by, event.id)
    for (const buyer of buyers) expect(await stateOf(buyer.id)).toBe('refund_due')
  })

  test('a refund that fails is tried again later, and is never given up', async () => {
    await refundDue(system)
    const event = await aSale()
    const buyer = await paidBuyer(event.id)
    await registrations.cancel(event.by, buyer.id)
    stripe.behave = () => 500
    expect(await refundDue(system)).toBe(0)
    stripe.behave = () => undefined
    expect(await refundDue(system), 'not at once').toBe(0)
    await kit.clock.advance({ seconds: 6 })
    expect(await refundDue(system)).toBe(1)
    expect(await stateOf(buyer.id)).toBe('refunded')
  })
})

describe('by hand', () => {
  test('the organizer marks a payment as paid, and as paid back', async () => {
    const event = await aSale({ price: { provider: 'manual', instructions: 'To account 12-34.' } })
    const buyer = await aBuyer(event.id)
    const headers = await kit.signIn(event.organizer)
    const { body: begun } = await kit.call('POST', `/registrations/${buyer.id}/payment`, { headers })
    expect(begun).toMatchObject({ provider: 'manual', redirectUrl: null, instructions: 'To account 12-34.' })
    for (const _twice of [1, 2])
      expect(await kit.call('PUT', `/payments/${begun.id}/receipt`, { headers })).toMatchObject({
        status: 200,
        body: { state: 'paid' },
      })
    expect(await kit.call('PUT', `/payments/${begun.id}/refund`, { headers })).toMatchObject({ status: 409 })
    await registrations.cancel(event.by, buyer.id)
    expect(await refundDue(system), 'nobody else does it').toBe(0)
    expect(
      (await kit.call('GET', `/events/${event.id}/payments?state=refund_due`, { headers })).body.items,
    ).toHaveLength(1)
    expect(await kit.call('PUT', `/payments/${begun.id}/refund`, { headers })).toMatchObject({
      body: { state: 'refunded' },
    })
  })

  test('is not how Stripe’s payments are marked', async () => {
    const event = await aSale()
    const buyer = await aBuyer(event.id)
    const payment = await buyer.begin()
    await expect(payments.markPaid(event.by, payment.id)).rejects.toMatchObject({ slug: 'payments/not-by-hand' })
  })
})

describe('a price', () => {
  test('is set and taken away by the organizer, and everybody sees it at once', async () => {
    const event = await anEvent(kit.ctx)
    const headers = await kit.signIn(event.organizer)
    const priceSeen = async () => (await kit.call('GET', `/events/${event.id}`)).body.price
    expect(await priceSeen()).toBeNull()
    const payload = { amount: 500, currency: 'JPY', refundUntilHours: 24 }
    expect(await kit.call('PUT', `/events/${event.id}/price`, { headers, payload })).toMatchObject({
      status: 200,
      body: { ...payload, provider: 'stripe', holdMinutes: 30, offerMinutes: 1_440 },
    })
    expect(await priceSeen()).toEqual({ amount: 500, currency: 'JPY' })
    expect((await kit.call('GET', `/events/${event.id}/price`)).body).toMatchObject(payload)
    expect(await kit.call('DELETE', `/events/${event.id}/price`, { headers })).toMatchObject({ status: 204 })
    expect(await priceSeen()).toBeNull()
    expect(await kit.call('GET', `/events/${event.id}/price`)).toMatchObject({ status: 404 })
  })

  test('is nobody else’s to set, and a draft is not there', async () => {
    const other = kit.as(await anAccount(kit.ctx, { role: 'organizer' }))
    const price = { amount: 500, currency: 'EUR' }
    await expect(prices.set(other, (await anEvent(kit.ctx)).id, price)).rejects.toMatchObject({ slug: 'forbidden' })
    const draft = await anEvent(kit.ctx, { draft: true })
    await expect(prices.set(other, draft.id, price)).rejects.toMatchObject({ slug: 'not-found' })
  })

  test.each([{ amount: 0 }, { amount: 1.5 }, { amount: '5' }, { currency: 'eur' }, { holdMinutes: 1 }, { paid: true }])(
    'with %j is refused',
    async (wrong) => {
      const event = await anEvent(kit.ctx)
      const headers = await kit.signIn(event.organizer)
      const payload = { amount: 500, currency: 'EUR', ...wrong }
      expect(await kit.call('PUT', `/events/${event.id}/price`, { headers, payload })).toMatchObject({ status: 422 })
    },
  )

  test('by a provider that is not set up is refused; Stripe is set up whole or not at all', async () => {
    const event = await anEvent(kit.ctx)
    const without = { ...kit.as(event.organizer), pay: { manual: kit.ctx.pay.manual } }
    await expect(
      prices.set(without, event.id, { amount: 5, currency: 'EUR', provider: 'stripe' }),
    ).rejects.toMatchObject({ slug: 'payments/provider-missing' })
    expect(() => readConfig('test', { STRIPE_SECRET_KEY: 'sk_test_1' })).toThrow(/STRIPE_WEBHOOK_SECRET is missing/)
  })
})

describe('a seat that is not paid for yet', () => {
  test('has no ticket, no entry, no name among the others, and cannot be passed on; all of it once it is paid for', async () => {
    const event = await aSale({ capacity: 3, startsInHours: 5 })
    const buyer = await aBuyer(event.id)
    const other = await paidBuyer(event.id)
    const mine = await kit.signIn(buyer.account)
    const others = await kit.signIn(other.account)
    const door = await kit.signIn(event.organizer)
    await registrations.find(buyer.as, buyer.id)
    await kit.call('PUT', `/registrations/${buyer.id}/visibility`, {
      headers: mine,
      payload: { visibleToAttendees: true },
    })
    const enter = () =>
      kit.call('POST', `/events/${event.id}/check-ins`, { headers: door, payload: { registrationId: buyer.id } })
    const ticket = () => kit.call('GET', `/registrations/${buyer.id}/ticket`, { headers: mine })
    const seen = async () => (await kit.call('GET', `/events/${event.id}/attendees`, { headers: others })).body.items
    const expected = async () => (await kit.call('GET', `/events/${event.id}/door`, { headers: door })).body.items
    const statuses = async () =>
      (await kit.app.inject({ url: `/api/v1/events/${event.id}/registrations.csv`, headers: door })).body
    const passOn = () =>
      kit.call('PUT', `/registrations/${buyer.id}/successor`, {
        headers: mine,
        payload: { name: 'Next', email: 'next@example.org' },
      })

    expect(await ticket()).toMatchObject({ status: 409, body: { type: '/problems/checkin/no-ticket' } })
    expect(await enter()).toMatchObject({ status: 409, body: { registration: 'held' } })
    expect(await seen()).toEqual([])
    expect((await expected()).map((each: { registrationId: string }) => each.registrationId)).toEqual([other.id])
    expect(await statuses()).toContain(',held,')
    expect(await passOn()).toMatchObject({ status: 409 })

    await notify(paidEvent(await buyer.begin()))
    expect(await ticket()).toMatchObject({ status: 200 })
    expect(await seen()).toHaveLength(1)
    expect(await expected()).toHaveLength(2)
    expect(await statuses()).not.toContain(',held,')
    expect(await enter()).toMatchObject({ status: 201 })
  })

  test('what was paid follows the seat to whom it is passed on', async () => {
    const event = await aSale()
    const buyer = await paidBuyer(event.id)
    await registrations.find(buyer.as, buyer.id)
    const answer = await kit.call('PUT', `/registrations/${buyer.id}/successor`, {
      headers: await kit.signIn(buyer.account),
      payload: { name: 'Next', email: 'next@example.org' },
    })
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    const { rows } = await kit.database.query('select registration_id as id, state from payments where id = $1', [
      buyer.payment.id,
    ])
    expect(rows).toMatchObject([{ state: 'paid' }])
    expect(rows[0]!.id).not.toBe(buyer.id)
    await registrations.cancel(event.by, String(rows[0]!.id))
    expect(await stateOf(String(rows[0]!.id))).toBe('refund_due')
  })
})

describe('an event that is made from a priced one', () => {
  const priceOf = async (id: string) => (await kit.call('GET', `/events/${id}/price`)).body
  test('as a copy, costs the same on the same terms', async () => {
    const event = await aSale({ price: { holdMinutes: 45, refundUntilHours: 24 } })
    const startsAt = new Date(kit.ctx.now().getTime() + 40 * 86_400_000).toISOString()
    const headers = await kit.signIn(event.organizer)
    const copy = await kit.call('POST', `/events/${event.id}/copies`, { headers, payload: { startsAt } })
    expect(copy.status, JSON.stringify(copy.body)).toBe(201)
    const { amount, currency, holdMinutes, refundUntilHours } = await prices.find(event.by, copy.body.id as string)
    expect({ amount, currency, holdMinutes, refundUntilHours }).toEqual({
      amount: 1_250,
      currency: 'EUR',
      holdMinutes: 45,
      refundUntilHours: 24,
    })
  })

  test('as an occurrence, costs what the one before it costs, and its seats are held', async () => {
    const nextWeek = Math.ceil(kit.ctx.now().getTime() / 1_000) * 1_000 + 7 * 86_400_000
    const [startsAt, endsAt] = [0, 2].map((hours) => new Date(nextWeek + hours * 3_600_000).toISOString())
    const event = await aSale({ capacity: 2, startsAt, endsAt })
    const headers = await kit.signIn(event.organizer)
    const rule = 'FREQ=WEEKLY;COUNT=3'
    const series = await kit.call('POST', `/events/${event.id}/series`, { headers, payload: { rule } })
    expect(series.status, JSON.stringify(series.body)).toBe(201)
    await kit.call('PUT', `/series/${series.body.id}/publication`, { headers })
    const { rows } = await kit.database.query('select id from events where series_id = $1 order by starts_at', [
      series.body.id,
    ])
    expect(rows).toHaveLength(3)
    for (const { id } of rows) expect(await priceOf(String(id))).toMatchObject({ amount: 1_250, currency: 'EUR' })
    const buyer = await aBuyer(String(rows[2]!.id))
    expect(buyer.registration.heldUntil).not.toBeNull()
  })
})

describe('a series with a price', () => {
  const nextMonday = () => {
    const day = new Date(kit.ctx.now())
    day.setUTCDate(day.getUTCDate() + ((8 - day.getUTCDay()) % 7 || 7))
    return `${day.toISOString().slice(0, 10)}T18:00:00.000Z`
  }
  const plus = (instant: string, days: number, hours = 0) =>
    new Date(Date.parse(instant) + (days * 24 + hours) * 3_600_000).toISOString()
  async function aSeries(fields: object = {}) {
    const organizer = await anAccount(kit.ctx, { role: 'organizer' })
    const headers = await kit.signIn(organizer)
    const startsAt = nextMonday()
    const payload = {
      title: 'Choir',
      startsAt,
      endsAt: plus(startsAt, 0, 2),
      zone: 'UTC',
      capacity: 5,
      rule: 'FREQ=WEEKLY',
      ...fields,
    }
    const { body } = await kit.call('POST', '/series', { headers, payload })
    return { id: String(body.id), headers, startsAt, organizer }
  }
  const made = async (seriesId: string) =>
    (
      await kit.database.query(
        `select e.id, p.amount, s.hold_minutes as hold, e.starts_at from events e left join prices p on p.event_id = e.id
         join seat_pools s on s.event_id = e.id where e.series_id = $1 and e.deleted_at is null order by e.starts_at`,
        [seriesId],
      )
    ).rows as { id: string; amount: number | null; hold: number | null; starts_at: Date }[]
  const setPrice = (headers: object, id: string, amount = 1_000) =>
    kit.call('PUT', `/events/${id}/price`, {
      headers: headers as never,
      payload: { amount, currency: 'EUR', provider: 'manual' },
    })

  test('that is set before it is published is the price of all of it; one that is free for once changes no other', async () => {
    const { id, headers, organizer } = await aSeries()
    expect((await setPrice(headers, (await made(id))[0]!.id)).status).toBe(200)
    await kit.call('PUT', `/series/${id}/publication`, { headers })
    const before = await made(id)
    expect(before.length).toBeGreaterThan(20)
    expect(before.every(({ amount, hold }) => amount === 1_000 && hold !== null)).toBe(true)

    const last = before.at(-1)!.id
    expect((await kit.call('DELETE', `/events/${last}/price`, { headers })).status).toBe(204)
    await kit.clock.advance({ days: 15 })
    await extendAll(kit.ctx)
    const later = (await made(id)).filter((each) => !before.some((known) => known.id === each.id))
    expect(later.length).toBeGreaterThan(0)
    expect(later.map(({ amount }) => amount)).toEqual(later.map(() => 1_000))
    expect((await made(id)).find((each) => each.id === last)).toMatchObject({ amount: null, hold: null })
    expect(organizer.id).toBeDefined()
  })

  test.each([
    ['from one on', true],
    ['all of it', false],
  ])('keeps it on other days, %s, and nobody gets in for nothing', async (_, fromThird) => {
    const { id, headers, startsAt } = await aSeries({ rule: 'FREQ=WEEKLY;COUNT=6' })
    for (const each of await made(id)) await setPrice(headers, each.id)
    await kit.call('PUT', `/series/${id}/publication`, { headers })
    const first = plus(startsAt, fromThird ? 15 : 1)
    const payload = {
      ...(fromThird ? { from: (await made(id))[2]!.id } : {}),
      rule: 'FREQ=WEEKLY;COUNT=8;BYDAY=TU,TH',
      startsAt: first,
      endsAt: plus(first, 0, 2),
    }
    const { status, body } = await kit.call('PATCH', `/series/${id}`, { headers, payload })
    expect(status, JSON.stringify(body)).toBe(200)
    const now = await made(String(body.id))
    expect(now).toHaveLength(8)
    for (const { amount, hold } of now) expect({ amount, hold }).toEqual({ amount: 1_000, hold: expect.any(Number) })
    expect((await registrations.register(kit.ctx, now[3]!.id, aGuest())).heldUntil).not.toBeNull()
  })
})

describe('what was paid', () => {
  test('is not the organizer’s to pass on: they take the place away, and the money goes back', async () => {
    const event = await aSale()
    const buyer = await paidBuyer(event.id)
    const answer = await kit.call('PUT', `/registrations/${buyer.id}/successor`, {
      headers: await kit.signIn(event.organizer),
      payload: { name: 'Next', email: 'next@example.org' },
    })
    expect(answer).toMatchObject({ status: 403 })
    expect(await statusOf(buyer.id)).toBe('going')
    expect(await stateOf(buyer.id)).toBe('paid')
  })

  test('is still to be seen when the event is deleted, because it has to go back', async () => {
    const event = await aSale({ price: { provider: 'manual' } })
    const buyer = await aBuyer(event.id)
    const payment = await buyer.begin()
    await payments.markPaid(event.by, payment.id)
    await events.cancel(event.by, event.id)
    await events.remove(event.by, event.id)
    const headers = await kit.signIn(event.organizer)
    const { body } = await kit.call('GET', `/events/${event.id}/payments`, { headers })
    expect(body.items).toMatchObject([{ id: payment.id, state: 'refund_due' }])
    expect((await kit.call('PUT', `/payments/${payment.id}/refund`, { headers })).body).toMatchObject({
      state: 'refunded',
    })
    const others = await kit.signIn(await anAccount(kit.ctx, { role: 'organizer' }))
    expect((await kit.call('GET', `/events/${event.id}/payments`, { headers: others })).status).toBe(404)
  })
})

// S3-29
describe('money at the edges', () => {
  const over = (eventId: string) =>
    kit.database.query(
      `update events set starts_at = app_now() - interval '2 hours', ends_at = app_now() - interval '1 second' where id = $1`,
      [eventId],
    )

  test('that a notice brings when the event is over goes back, and the hold ends, whoever waits', async () => {
    const event = await aSale()
    const [buyer, next] = [await aBuyer(event.id), await aBuyer(event.id)]
    const payment = await buyer.begin()
    await over(event.id)
    await notify(paidEvent(payment))
    expect(await stateOf(buyer.id)).toBe('refund_due')
    await kit.clock.advance({ minutes: 31 })
    await holds.lapse(system)
    expect([await statusOf(buyer.id), await statusOf(next.id)]).toEqual(['cancelled', 'waitlisted'])
    expect(await holds.lapse(system)).toBe(0)
    const { rows } = await kit.database.query('select taken, waiting from seat_pools where event_id = $1', [event.id])
    expect(rows).toEqual([{ taken: 0, waiting: 1 }])
  })

  test('in cash is taken when the event is over, before and after the hold has ended', async () => {
    const event = await aSale({ capacity: 2, price: { provider: 'manual' } })
    const [ann, ben, next] = [await aBuyer(event.id), await aBuyer(event.id), await aBuyer(event.id)]
    const [first, second] = [await ann.begin(), await ben.begin()]
    await over(event.id)
    await payments.markPaid(event.by, first.id)
    await kit.clock.advance({ minutes: 31 })
    await holds.lapse(system)
    expect(await statusOf(ben.id)).toBe('cancelled')
    await payments.markPaid(event.by, second.id)
    expect([await stateOf(ann.id), await stateOf(ben.id)]).toEqual(['paid', 'paid'])
    expect([await statusOf(ben.id), await statusOf(next.id)]).toEqual(['going', 'waitlisted'])
  })

  test('is what the seat cost when it was held, and the mail says how much', async () => {
    const event = await aSale({ price: { refundUntilHours: 24 } })
    const [buyer, next] = [await aBuyer(event.id), await aBuyer(event.id)]
    await prices.set(event.by, event.id, { amount: 9_900, currency: 'USD' })
    await kit.settle()
    const mailTo = (email: string) => kit.mails.findLast((each) => each.to.address === email)!.text
    expect(mailTo(buyer.account.email)).toContain('12.50 EUR')
    const payment = await buyer.begin()
    expect(payment).toMatchObject({ amount: 1_250, currency: 'EUR' })
    await notify(paidEvent(payment))
    await registrations.cancel(buyer.as, buyer.id)
    expect(await stateOf(buyer.id)).toBe('refund_due')

    await kit.settle()
    expect(mailTo(next.account.email)).toContain('99.00 USD')
    expect(await next.begin()).toMatchObject({ amount: 9_900, currency: 'USD' })
  })

  test('that is paid back at Stripe’s dashboard ends the registration, and its seat goes down the line', async () => {
    const event = await aSale()
    const buyer = await paidBuyer(event.id)
    const next = await aBuyer(event.id)
    await notify(partlyRefundedEvent(buyer.payment, 250))
    expect([await statusOf(buyer.id), await stateOf(buyer.id)]).toEqual(['going', 'paid'])
    const { rows } = await kit.database.query('select returned from payments where id = $1', [buyer.payment.id])
    expect(rows).toEqual([{ returned: 250 }])
    for (let n = 0; n < 2; n++) await notify(refundedEvent(buyer.payment))
    expect([await statusOf(buyer.id), await stateOf(buyer.id)]).toEqual(['cancelled', 'refunded'])
    expect(await statusOf(next.id)).toBe('going')
  })

  test('that is paid back there for somebody who is in leaves them in, and the audit tells', async () => {
    const event = await aSale({ startsInHours: 5 })
    const buyer = await paidBuyer(event.id)
    await checkin.checkIn(event.by, event.id, { registrationId: buyer.id })
    expect((await notify(refundedEvent(buyer.payment))).status).toBe(200)
    expect([await statusOf(buyer.id), await stateOf(buyer.id)]).toEqual(['going', 'refunded'])
    expect(await faultsOfPayments(kit.ctx)).toEqual([`paid back, with the seat kept: ${buyer.payment.id}`])
    await checkin.undo(event.by, event.id, buyer.id)
    await registrations.cancel(buyer.as, buyer.id)
  })

  test('is asked for in the same words again, whatever has changed in between', async () => {
    const event = await aSale()
    const buyer = await aBuyer(event.id)
    let answers = 0
    // Stripe has made the page, and its answer is lost.
    stripe.behave = () => (++answers > 2 ? undefined : 500)
    await expect(buyer.begin()).rejects.toMatchObject({ slug: 'payments/provider-away' })
    const { rows } = await kit.database.query('select asked_with from payments where registration_id = $1', [buyer.id])
    const before = rows[0]!.asked_with as { title: string }
    await events.edit(event.by, event.id, { title: 'Another title' })
    await buyer.begin()
    expect(stripe.sessions.at(-1)).toMatchObject({ name: before.title })
    const after = await kit.database.query('select asked_with from payments where registration_id = $1', [buyer.id])
    expect(after.rows).toEqual([{ asked_with: null }])
  })

  test('whose refund is pending is not back yet; one that fails is begun anew', async () => {
    const event = await aSale({ price: { refundUntilHours: 24 } })
    const buyer = await paidBuyer(event.id)
    await registrations.cancel(buyer.as, buyer.id)
    stripe.refundStatus = 'pending'
    await refundDue(system)
    expect(await stateOf(buyer.id)).toBe('refund_due')
    stripe.refundStatus = 'succeeded'
    await kit.clock.advance({ minutes: 61 })
    await refundDue(system)
    expect(await stateOf(buyer.id)).toBe('refunded')
    await notify(refundFailedEvent(buyer.payment))
    expect(await stateOf(buyer.id)).toBe('refund_due')
    await kit.clock.advance({ minutes: 61 })
    await refundDue(system)
    expect(await stateOf(buyer.id)).toBe('refunded')
    const made = stripe.refunds.filter((each) => each.payment_intent === `pi_${buyer.payment.id}`)
    expect(made).toHaveLength(2)
  })

  test('cannot be paid on a page whose seat is gone: it is closed at Stripe’s', async () => {
    const event = await aSale({ capacity: 2 })
    const [gone, lapsed] = [await aBuyer(event.id), await aBuyer(event.id)]
    const pages = [await gone.begin(), await lapsed.begin()].map((each) => each.reference)
    while ((await endPages(system)) > 0); // what others have left
    expect(await stateOf(gone.id)).toBe('open')
    await registrations.cancel(gone.as, gone.id)
    await lapse()
    stripe.behave = () => 500
    await endPages(system)
    expect(await stateOf(gone.id)).toBe('open')
    stripe.behave = () => undefined
    await kit.clock.advance({ minutes: 2 })
    while ((await endPages(system)) > 0);
    expect(stripe.expired.filter((each) => pages.includes(each)).sort()).toEqual([...pages].sort())
    expect([await stateOf(gone.id), await stateOf(lapsed.id)]).toEqual(['failed', 'failed'])
  })

  test('at the door is written down as paid or owed, as who lets them in says', async () => {
    const event = await aSale({ capacity: 3, startsInHours: 5 })
    const headers = await kit.signIn(event.organizer)
    const walkIn = async (fields: object) =>
      (await kit.call('POST', `/events/${event.id}/walk-ins`, { headers, payload: { ...aGuest(), ...fields } })).body
    const [paid, owing] = [await walkIn({ paid: true }), await walkIn({})]
    expect(await stateOf(paid.registrationId)).toBe('paid')
    const owed = await payments.latest(system, owing.registrationId)
    expect(owed).toMatchObject({ state: 'open', provider: 'manual', amount: 1_250 })
    await payments.markPaid(event.by, owed.id)
    expect([await stateOf(owing.registrationId), await statusOf(owing.registrationId)]).toEqual(['paid', 'going'])
  })

  test('is not promised at the door before it is paid', async () => {
    const event = await aSale({ capacity: 3, startsInHours: 5 })
    await aBuyer(event.id)
    await paidBuyer(event.id)
    expect(await checkin.counts(event.by, event.id)).toEqual({ going: 1, in: 0 })
  })

  test('at the door is owed by whoever the seat is passed on to', async () => {
    const event = await aSale({ capacity: 3, startsInHours: 5 })
    const headers = await kit.signIn(event.organizer)
    const { registrationId } = (await kit.call('POST', `/events/${event.id}/walk-ins`, { headers, payload: aGuest() }))
      .body
    const owed = await payments.latest(system, registrationId)
    await kit.call('DELETE', `/events/${event.id}/check-ins/${registrationId}`, { headers })
    const passed = await kit.call('PUT', `/registrations/${registrationId}/successor`, { headers, payload: aGuest() })
    expect(passed.status).toBe(200)
    const { rows } = await kit.database.query('select id from registrations where passed_on_from = $1', [
      registrationId,
    ])
    expect(await payments.latest(system, rows[0]!.id as string)).toMatchObject({ id: owed.id, state: 'open' })
  })

  test.each([
    ['KWD', 1_005],
    ['ISK', 50],
  ])('in %s is not what Stripe would round', async (currency, amount) => {
    const event = await anEvent(kit.ctx)
    const headers = await kit.signIn(event.organizer)
    const set = (payload: object) => kit.call('PUT', `/events/${event.id}/price`, { headers, payload })
    expect(await set({ amount, currency, provider: 'stripe' })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/amount' }] },
    })
    expect((await set({ amount, currency, provider: 'manual' })).status).toBe(200)
  })

  test.each(['XXX', 'XAU', 'ABC', 'XTS'])('is not in %s', async (currency) => {
    const event = await anEvent(kit.ctx)
    const headers = await kit.signIn(event.organizer)
    const payload = { amount: 100, currency }
    expect(await kit.call('PUT', `/events/${event.id}/price`, { headers, payload })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/currency' }] },
    })
  })

  test('keeps an event from being deleted by the way: it has to be cancelled first', async () => {
    const event = await aSale()
    const buyer = await paidBuyer(event.id)
    const headers = await kit.signIn(event.organizer)
    expect(await kit.call('DELETE', `/events/${event.id}`, { headers })).toMatchObject({
      status: 409,
      body: { type: '/problems/payments/paid-for', payments: 1 },
    })
    expect([await statusOf(buyer.id), await stateOf(buyer.id)]).toEqual(['going', 'paid'])
    await events.cancel(event.by, event.id)
    expect((await kit.call('DELETE', `/events/${event.id}`, { headers })).status).toBe(204)
  })
})
