import { Type } from 'typebox'
import type { App } from '#http/app'
import { onceOf } from '#http/idempotency'
import { seenBy } from '#http/if-match'
import { Fields, OneOf, PageOf, paging, Uuid } from '#http/wire'
import { AlreadyCancelled, AlreadyOver } from '#events/problems'
import { Stale } from '#kernel/problem'
import { asGuest } from '#registrations/guest-links'
import { LinkInvalid } from '#registrations/problems'
import { STATES } from './payment.ts'
import * as payments from './payments.ts'
import { may } from './policy.ts'
import * as prices from './prices.ts'
import { NotByHand, NotDue, NothingToPay, NoticeRefused, ProviderAway, ProviderMissing } from './problems.ts'
import { PaymentWire, present, PriceBody, PriceWire } from './wire.ts'

const OfEvent = Fields({ eventId: Uuid })
const OfRegistration = Fields({ registrationId: Uuid })
const One = Fields({ paymentId: Uuid })
const tags = ['payments']
const LARGEST_NOTICE = 256 * 1024

/** What a seat costs, paying for it, and what becomes of the money. */
export function paymentRoutes(app: App): void {
  app.get(
    '/events/:eventId/price',
    {
      schema: {
        tags,
        summary: 'What a seat costs',
        description: '404 where it is free of charge.',
        params: OfEvent,
        response: { 200: PriceWire },
      },
      config: { may: may.seePrice },
    },
    async (req) => prices.find(req.ctx, req.params.eventId),
  )

  app.put(
    '/events/:eventId/price',
    {
      schema: {
        tags,
        summary: 'Set what a seat costs',
        description:
          'From then on a seat is held for a while when somebody registers, and theirs once it is paid for. Nothing changes for who is in already, or has paid. `If-Match` with the ETag of the event refuses when somebody was faster.',
        params: OfEvent,
        body: PriceBody,
        response: { 200: PriceWire },
      },
      config: { may: may.setPrice, refuses: [Stale, ProviderMissing, AlreadyCancelled, AlreadyOver] },
    },
    async (req) => prices.set(req.ctx, req.params.eventId, req.body, seenBy(req)),
  )

  app.delete(
    '/events/:eventId/price',
    {
      schema: {
        tags,
        summary: 'Make an event free of charge',
        description: 'Also for whoever still owed the money. Who has paid, has paid.',
        params: OfEvent,
        response: { 204: Type.Null() },
      },
      config: { may: may.setPrice, refuses: [Stale, AlreadyCancelled, AlreadyOver] },
    },
    async (req, reply) => {
      await prices.remove(req.ctx, req.params.eventId, seenBy(req))
      reply.code(204)
    },
  )

  app.get(
    '/events/:eventId/payments',
    {
      schema: {
        tags,
        summary: 'Payments for an event',
        description: 'For its organizer, newest first.',
        params: OfEvent,
        querystring: Fields({ state: Type.Optional(OneOf(STATES)), ...paging }),
        response: { 200: PageOf(PaymentWire) },
      },
      config: { may: may.seePayments },
    },
    async (req) => {
      const { items, nextCursor } = await payments.ofEvent(req.ctx, req.params.eventId, req.query)
      return { items: items.map((each) => present(each, req.ctx.actor)), nextCursor }
    },
  )

  // There is one open payment for a registration, so these keep their answer without a key; and with one, the
  // transaction that remembers answers would stand open while the provider is asked. A key is only checked.
  const paying = { creates: 'keeps its own answer', refuses: [NothingToPay, ProviderMissing, ProviderAway] } as const

  app.post(
    '/registrations/:registrationId/payment',
    {
      schema: {
        tags,
        summary: 'Pay for a seat that is held',
        description: 'Begins a payment, or answers the one that is open. Send the person to `redirectUrl`.',
        params: OfRegistration,
        response: { 201: PaymentWire },
      },
      config: { may: may.pay, ...paying },
    },
    async (req, reply) => {
      onceOf(req)
      const payment = await payments.begin(req.ctx, req.params.registrationId)
      reply.code(201)
      return present(payment, req.ctx.actor)
    },
  )

  app.get(
    '/registrations/:registrationId/payment',
    {
      schema: {
        tags,
        summary: 'The newest payment for a registration',
        params: OfRegistration,
        response: { 200: PaymentWire },
      },
      config: { may: may.pay },
    },
    async (req) => present(await payments.latest(req.ctx, req.params.registrationId), req.ctx.actor),
  )

  app.post(
    '/guest-links/:token/payment',
    {
      schema: {
        tags,
        summary: 'Pay for a seat that is held, as a guest',
        params: Fields({ token: Type.String({ maxLength: 200 }) }),
        response: { 201: PaymentWire },
      },
      config: { may: may.pay, ...paying, refuses: [...paying.refuses, LinkInvalid] },
    },
    async (req, reply) => {
      onceOf(req)
      const guest = asGuest(req.ctx, req.params.token)
      const payment = await payments.begin(guest.ctx, guest.registrationId)
      reply.code(201)
      return present(payment, guest.ctx.actor)
    },
  )

  app.put(
    '/payments/:paymentId/receipt',
    {
      schema: {
        tags,
        summary: 'Mark as paid, by hand',
        description: 'By the organizer. Where the seat is gone it becomes a refund that is due.',
        params: One,
        response: { 200: PaymentWire },
      },
      config: { may: may.settle, refuses: [NotByHand] },
    },
    async (req) => present(await payments.markPaid(req.ctx, req.params.paymentId), req.ctx.actor),
  )

  app.put(
    '/payments/:paymentId/refund',
    {
      schema: {
        tags,
        summary: 'Mark as paid back, by hand',
        description: 'By the organizer.',
        params: One,
        response: { 200: PaymentWire },
      },
      config: { may: may.settle, refuses: [NotByHand, NotDue] },
    },
    async (req) => present(await payments.markRefunded(req.ctx, req.params.paymentId), req.ctx.actor),
  )

  void app.register(async (notices: App) => {
    // A signature is over the bytes as they came.
    notices.removeAllContentTypeParsers()
    notices.addContentTypeParser(
      'application/json',
      { parseAs: 'buffer', bodyLimit: LARGEST_NOTICE },
      (_req, body, done) => done(null, body),
    )
    notices.post(
      '/payments/stripe/notices',
      {
        bodyLimit: LARGEST_NOTICE,
        schema: {
          tags,
          summary: 'Where Stripe sends its notices',
          description:
            'A webhook, signed in `Stripe-Signature`. Repeated and out of order it has one effect; types that do not concern us are taken and ignored.',
          response: { 200: Fields({ taken: Type.Boolean() }) },
        },
        config: { may: may.notify, limit: 'none', refuses: [NoticeRefused] },
      },
      async (req) => {
        const signature = req.headers['stripe-signature']
        await payments.takeNotice(req.ctx, 'stripe', {
          body: Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0),
          signature: typeof signature === 'string' ? signature : undefined,
        })
        return { taken: true }
      },
    )
  })
}
