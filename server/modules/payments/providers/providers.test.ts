import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#kernel/ids'
import { paidEvent, refundedEvent, signed, startStripe, STRIPE, unknownEvent } from '../../../../test/kit/stripe.ts'
import { takeByHand } from './manual.ts'
import type { Owed, PaymentProvider, ToRefund } from './provider.ts'
import { takeByStripe } from './stripe.ts'

const stripe = await startStripe()
afterAll(() => stripe.stop())
beforeEach(() => void (stripe.behave = () => undefined))

const owed = (): Owed => ({
  id: newId(),
  amount: 1_250,
  currency: 'EUR',
  createdAt: new Date(),
  heldUntil: new Date(Date.now() + 1_800_000),
  title: 'Rust for the rest of us',
  email: 'ann@example.org',
  returnUrl: 'http://localhost:8000/my',
})
const due = (fields: Partial<ToRefund>): ToRefund => ({
  id: newId(),
  reference: 'cs',
  chargeReference: 'pi',
  amount: 5,
  refundReference: null,
  round: 0,
  ...fields,
})
const read = (provider: PaymentProvider, { payload, headers }: ReturnType<typeof signed>, now = new Date()) =>
  provider.read(Buffer.from(payload), headers['stripe-signature'], now)

// What is true of every provider.
describe.each<[string, PaymentProvider]>([
  ['Stripe', takeByStripe(STRIPE, stripe.server)],
  ['by hand', takeByHand()],
])('%s', (_name, provider) => {
  test('begins a payment once, however often it is asked', async () => {
    const one = owed()
    const first = await provider.begin(one)
    expect(first).toMatchObject({ begun: true, reference: expect.any(String) })
    expect(await provider.begin(one)).toEqual(first)
    const other = await provider.begin(owed())
    expect(other).not.toMatchObject({ reference: (first as { reference: string }).reference })
  })

  test('refuses what is not signed for us', async () => {
    const event = paidEvent(owed())
    for (const body of [Buffer.from(''), Buffer.from('{'), Buffer.from(JSON.stringify(event))])
      expect(await provider.read(body, undefined, new Date())).toMatchObject({ as: 'refused' })
    expect(await read(provider, signed(event, { secret: 'whsec_of_somebody_else' }))).toMatchObject({ as: 'refused' })
  })

  test('says how a refund went, and does not throw', async () => {
    const refund = await provider.refund(due({ chargeReference: null }))
    expect(refund).toMatchObject({ refunded: false, error: expect.any(String) })
  })
})

describe('Stripe', () => {
  const provider = takeByStripe(STRIPE, stripe.server)

  test('is asked for the amount and the currency that are owed', async () => {
    const one = owed()
    await provider.begin(one)
    expect(stripe.sessions.at(-1)).toMatchObject({ client_reference_id: one.id, amount: 1_250, currency: 'eur' })
  })

  test('a failure is data: what is refused is final, what is down is not', async () => {
    stripe.behave = () => 400
    expect(await provider.begin(owed())).toMatchObject({ begun: false, final: true })
    stripe.behave = () => 503
    expect(await provider.begin(owed())).toMatchObject({ begun: false, final: false })
    const nobody = takeByStripe(STRIPE, { ...stripe.server, port: 1 })
    expect(await nobody.begin(owed())).toMatchObject({ begun: false, final: false })
    expect(JSON.stringify(await nobody.begin(owed()))).not.toContain(STRIPE.secretKey)
  })

  test('reads what was paid and what went back, and ignores what does not concern us', async () => {
    const one = owed()
    expect(await read(provider, signed(paidEvent(one)))).toMatchObject({
      as: 'notice',
      notice: { paymentId: one.id, happened: 'paid', chargeReference: `pi_${one.id}`, amount: 1_250, currency: 'EUR' },
    })
    expect(await read(provider, signed(refundedEvent(one)))).toMatchObject({ notice: { happened: 'refunded' } })
    expect(await read(provider, signed(unknownEvent()))).toEqual({ as: 'ignored' })
    expect(await read(provider, signed(paidEvent({ ...one, id: 'somebody else’s' })))).toEqual({ as: 'ignored' })
  })

  test('a notice is good for 300 seconds and not a second more, and only as it was signed', async () => {
    const now = new Date('2027-01-01T00:00:00Z')
    const event = paidEvent(owed())
    expect(await read(provider, signed(event, { at: now.getTime() - 300_000 }), now)).toMatchObject({ as: 'notice' })
    expect(await read(provider, signed(event, { at: now.getTime() - 301_000 }), now)).toMatchObject({ as: 'refused' })
    const { payload, headers } = signed(event)
    expect(await read(provider, { payload: payload.replace('1250', '1'), headers })).toMatchObject({ as: 'refused' })
  })

  test('a signed notice that is not what we know is ignored, not an error', async () => {
    for (const odd of [
      { id: 'evt_1', object: 'event', type: 'charge.refunded' },
      { id: 'evt_2', object: 'event', type: 'charge.refunded', data: {} },
      { id: 'evt_3', object: 'event', type: 'charge.refunded', data: { object: {} } },
      { object: 'event', type: 'checkout.session.expired', data: { object: { client_reference_id: newId() } } },
    ])
      expect(await read(provider, signed(odd))).toEqual({ as: 'ignored' })
  })

  test('a refund that is pending is asked about later, and not made again', async () => {
    const one = due({ chargeReference: 'pi_pending' })
    stripe.refundStatus = 'pending'
    const begun = await provider.refund(one)
    expect(begun).toEqual({ refunded: false, pendingAs: expect.any(String) })
    stripe.refundStatus = 'succeeded'
    const again = { ...one, refundReference: (begun as { pendingAs: string }).pendingAs }
    expect(await provider.refund(again)).toEqual({ refunded: true })
    expect(stripe.refunds.filter((each) => each.payment_intent === 'pi_pending')).toHaveLength(1)
  })

  test('a refund is made once', async () => {
    const one = due({ chargeReference: 'pi_once' })
    expect(await Promise.all([provider.refund(one), provider.refund(one)])).toEqual([
      { refunded: true },
      { refunded: true },
    ])
    expect(stripe.refunds.filter((each) => each.payment_intent === 'pi_once')).toHaveLength(1)
  })
})
