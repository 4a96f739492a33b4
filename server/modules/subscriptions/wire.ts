import { Type, type Static } from 'typebox'
import { Email, Fields, Instant, instant, Nullable, OneOf, Uuid } from '#http/wire'
import type { Subscription } from './subscriptions.ts'

const BY = ['account', 'email', 'browser'] as const
const Base64Url = (min: number, max: number) =>
  Type.String({ minLength: min, maxLength: max, pattern: '^[A-Za-z0-9_-]+={0,2}$' })

export const BrowserBody = Fields(
  {
    endpoint: Type.String({
      format: 'uri',
      pattern: '^https://(?![^/?#]*@)[^\\s]+$',
      maxLength: 1000,
      description: 'Where the push service of the browser takes messages for it.',
    }),
    keys: Fields({ p256dh: Base64Url(87, 90), auth: Base64Url(22, 26) }),
  },
  { description: 'What `PushSubscription.toJSON()` says, without the expiration time.' },
)

export const SubscriptionBody = Fields({
  email: Type.Optional(Email),
  push: Type.Optional(BrowserBody),
})

export const SubscribedWire = Fields({
  by: OneOf(BY),
  id: Nullable({ ...Uuid, description: 'null for an address: its link is in the mail alone.' }),
  link: Nullable(Type.String({ description: 'The token that ends it.' })),
})

export const SubscriptionWire = Fields({
  id: Uuid,
  by: OneOf(BY),
  createdAt: Instant,
  event: Fields({
    id: Uuid,
    slug: Type.String(),
    title: Type.String(),
    startsAt: Instant,
    endsAt: Instant,
    zone: Type.String(),
  }),
})

/** A subscription as the wire has it. */
export function present(subscription: Subscription): Static<typeof SubscriptionWire> {
  const { event } = subscription
  return {
    ...subscription,
    createdAt: instant(subscription.createdAt),
    event: { ...event, startsAt: instant(event.startsAt), endsAt: instant(event.endsAt) },
  }
}
