import type { Stripe as StripeClient } from 'stripe'
import type { Stripe } from '#config'
import { isId } from '#kernel/ids'
import type { Failure, Notice, PaymentProvider, Reading } from './provider.ts'

const TOLERANCE_S = 300
const TIMEOUT_MS = 10_000
const MINUTE_MS = 60_000

/** Stripe Checkout: people pay on a page of Stripe's, and Stripe tells us by notices. `server` is another than Stripe's own in tests. */
export function takeByStripe(
  settings: Stripe,
  server: { host?: string; port?: number; protocol?: 'http' | 'https' } = {},
): PaymentProvider {
  // Loaded when it is needed: the package costs a start more than most of our modules together.
  let loading: Promise<StripeClient> | undefined
  const client = () =>
    (loading ??= import('stripe').then(
      ({ default: Client }) =>
        new Client(settings.secretKey, { ...server, timeout: TIMEOUT_MS, maxNetworkRetries: 1, telemetry: false }),
    ))

  return {
    byHand: false,
    async begin(owed) {
      try {
        const stripe = await client()
        const session = await stripe.checkout.sessions.create(
          {
            mode: 'payment',
            client_reference_id: owed.id,
            customer_email: owed.email,
            line_items: [
              {
                quantity: 1,
                price_data: {
                  currency: owed.currency.toLowerCase(),
                  unit_amount: owed.amount,
                  product_data: { name: owed.title },
                },
              },
            ],
            payment_intent_data: { metadata: { payment_id: owed.id } },
            expires_at: Math.floor(expiry(owed).getTime() / 1_000),
            success_url: owed.returnUrl,
            cancel_url: owed.returnUrl,
          },
          { idempotencyKey: `begin-${owed.id}` },
        )
        if (!session.url) return { begun: false, final: true, error: 'no page to pay on was given' }
        return { begun: true, reference: session.id, redirectUrl: session.url, expiresAt: expiry(owed) }
      } catch (error) {
        return { begun: false, ...failure(error) }
      }
    },

    async read(body, signature, now): Promise<Reading> {
      let event: StripeClient.Event
      try {
        const stripe = await client()
        event = stripe.webhooks.constructEvent(
          body,
          signature ?? '',
          settings.webhookSecret,
          TOLERANCE_S,
          undefined,
          now.getTime(),
        )
      } catch {
        return { as: 'refused', reason: 'It is not signed by Stripe with our secret, or was signed too long ago.' }
      }
      // Signed it may be, and still not what we know.
      if (typeof event.id !== 'string' || !event.data?.object) return { as: 'ignored' }
      const notice = noticeOf(event)
      return notice && isId(notice.paymentId) ? { as: 'notice', notice } : { as: 'ignored' }
    },

    async end(reference) {
      try {
        const stripe = await client()
        await stripe.checkout.sessions.expire(reference)
        return { ended: true }
      } catch (error) {
        return { ended: false, ...failure(error) }
      }
    },

    async refund({ id, chargeReference, refundReference, round }) {
      if (!chargeReference) return { refunded: false, final: true, error: 'Stripe never said which charge it was' }
      try {
        const stripe = await client()
        const refund = refundReference
          ? await stripe.refunds.retrieve(refundReference)
          : await stripe.refunds.create(
              { payment_intent: chargeReference, metadata: { payment_id: id } },
              { idempotencyKey: round === 0 ? `refund-${id}` : `refund-${id}-${round}` },
            )
        if (refund.status === 'pending' || refund.status === 'requires_action')
          return { refunded: false, pendingAs: refund.id }
        if (refund.status === 'failed' || refund.status === 'canceled')
          return { refunded: false, final: true, error: `the refund is ${refund.status}` }
        return { refunded: true }
      } catch (error) {
        if ((error as { code?: string }).code === 'charge_already_refunded') return { refunded: true }
        return { refunded: false, ...failure(error) }
      }
    },
  }
}

/** With the hold, as far as Stripe lets us (30 minutes to a day from now); the same for every try. */
function expiry({ createdAt, heldUntil }: { createdAt: Date; heldUntil: Date }): Date {
  const least = createdAt.getTime() + 35 * MINUTE_MS
  const most = createdAt.getTime() + 23 * 60 * MINUTE_MS
  return new Date(Math.min(Math.max(heldUntil.getTime(), least), most))
}

function noticeOf(event: StripeClient.Event): Notice | undefined {
  switch (event.type) {
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded': {
      const session = event.data.object
      if (session.payment_status !== 'paid') return undefined // the bank takes its time; another notice will say so
      return {
        id: event.id,
        paymentId: session.client_reference_id ?? '',
        happened: 'paid',
        chargeReference: idOf(session.payment_intent),
        amount: session.amount_total ?? undefined,
        currency: session.currency?.toUpperCase(),
      }
    }
    case 'checkout.session.async_payment_failed':
    case 'checkout.session.expired':
      return { id: event.id, paymentId: event.data.object.client_reference_id ?? '', happened: 'failed' }
    case 'charge.refunded': {
      const charge = event.data.object
      return {
        id: event.id,
        paymentId: charge.metadata?.payment_id ?? '',
        happened: charge.refunded ? 'refunded' : 'refunded in part',
        chargeReference: idOf(charge.payment_intent),
        amount: charge.amount_refunded,
      }
    }
    case 'refund.failed':
      return { id: event.id, paymentId: event.data.object.metadata?.payment_id ?? '', happened: 'refund failed' }
    default:
      return undefined
  }
}

function idOf(reference: string | { id: string } | null | undefined): string | undefined {
  return typeof reference === 'string' ? reference : reference?.id
}

/** What Stripe refuses about this payment will be refused again; anything else may pass. Its message may quote a key. */
function failure(error: unknown): Failure {
  const { type = 'Error', code, statusCode } = (error ?? {}) as { type?: string; code?: string; statusCode?: number }
  const final = type === 'StripeInvalidRequestError' || type === 'StripeCardError'
  return { final, error: ['Stripe', statusCode, type, code].filter(Boolean).join(' ').slice(0, 200) }
}
