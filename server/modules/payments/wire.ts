import { Type, type Static } from 'typebox'
import { Fields, Instant, instant, instantOrNull, Nullable, OneOf, Text, Uuid } from '#http/wire'
import type { Actor } from '#kernel/ctx'
import { permits } from '#kernel/policy'
import { STATES, type Payment } from './payment.ts'
import { may } from './policy.ts'
import { HOLD_MINUTES, OFFER_MINUTES } from './prices.ts'
import { PROVIDERS } from './providers/provider.ts'

const Amount = Type.Integer({
  minimum: 1,
  maximum: 99_999_999,
  description: 'In minor units: 1250 is 12.50 EUR, and 1250 JPY.',
})
const Currency = Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217.', examples: ['EUR'] })
const minutes = (description: string, otherwise: number) =>
  Type.Integer({ minimum: 5, maximum: 43_200, default: otherwise, description })
const price = {
  amount: Amount,
  currency: Currency,
  provider: OneOf(PROVIDERS, { description: 'manual: bank transfer, or cash at the door. stripe: Stripe Checkout.' }),
  refundUntilHours: Nullable(
    Type.Integer({
      minimum: 0,
      maximum: 8_760,
      description: 'Who cancels at least so many hours before the start has all of the money back. null: nobody.',
    }),
  ),
  instructions: Nullable(Text(2_000, { min: 1, description: 'How to pay by hand.' })),
  holdMinutes: minutes('For how long a seat is held for the money.', HOLD_MINUTES),
  offerMinutes: minutes('The same for who comes from the waitlist.', OFFER_MINUTES),
}
export const PriceWire = Fields(price)
export const PriceBody = Fields({
  amount: price.amount,
  currency: price.currency,
  provider: Type.Optional(price.provider),
  refundUntilHours: Type.Optional(price.refundUntilHours),
  instructions: Type.Optional(price.instructions),
  holdMinutes: Type.Optional(price.holdMinutes),
  offerMinutes: Type.Optional(price.offerMinutes),
})

export const PaymentWire = Fields({
  id: Uuid,
  registrationId: Nullable(Uuid),
  eventId: Nullable(Uuid),
  name: Nullable(Type.String({ description: 'Of the person whose seat it is.' })),
  provider: OneOf(PROVIDERS),
  amount: Amount,
  currency: Currency,
  state: OneOf(STATES, {
    description: 'refund_due: the money is on its way back. failed: not paid; another payment can be begun.',
  }),
  redirectUrl: Nullable(Type.String({ description: 'Where to pay. null: by hand, see `instructions`.' })),
  instructions: Nullable(Type.String()),
  heldUntil: Nullable(Instant),
  createdAt: Instant,
  paidAt: Nullable(Instant),
  refundedAt: Nullable(Instant),
  can: Fields({ markPaid: Type.Boolean(), markRefunded: Type.Boolean() }),
})

/** A payment as the wire has it, with what this reader may do with it now. */
export function present(payment: Payment, actor: Actor): Static<typeof PaymentWire> {
  const mine =
    payment.provider === 'manual' && permits(may.settle, actor, { ...payment, organizerId: payment.organizerId ?? '' })
  return {
    id: payment.id,
    registrationId: payment.registrationId,
    eventId: payment.eventId,
    name: payment.name,
    provider: payment.provider,
    amount: payment.amount,
    currency: payment.currency,
    state: payment.state,
    redirectUrl: payment.state === 'open' ? payment.redirectUrl : null,
    instructions: payment.provider === 'manual' ? payment.instructions : null,
    heldUntil: instantOrNull(payment.heldUntil),
    createdAt: instant(payment.createdAt),
    paidAt: instantOrNull(payment.paidAt),
    refundedAt: instantOrNull(payment.refundedAt),
    can: {
      markPaid: mine && (payment.state === 'open' || payment.state === 'failed'),
      markRefunded: mine && payment.state === 'refund_due',
    },
  }
}
