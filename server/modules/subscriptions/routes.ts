import { Type } from 'typebox'
import { NotPublished } from '#events/problems'
import type { App } from '#http/app'
import { Fields, PageOf, paging, Uuid } from '#http/wire'
import { vapidOf } from '#kernel/vapid'
import { EventCancelled, EventPast, LinkInvalid } from '#registrations/problems'
import * as browsers from './browsers.ts'
import { may } from './policy.ts'
import * as subscriptions from './subscriptions.ts'
import { BrowserBody, present, SubscribedWire, SubscriptionBody, SubscriptionWire } from './wire.ts'

const tags = ['subscriptions']
const Link = Fields({ token: Type.String({ maxLength: 200 }) })

/** Hearing of events without a place at them, and the browsers that are written to. */
export function subscriptionRoutes(app: App): void {
  app.post(
    '/events/:eventId/subscriptions',
    {
      schema: {
        tags,
        summary: 'Follow an event',
        description:
          'Whoever follows hears when the event is moved, cancelled, or about to begin. By an address, by a browser (`push`), or, with an empty body, as the account that is logged in. Says the same whether it was followed before or not.',
        params: Fields({ eventId: Uuid }),
        body: SubscriptionBody,
        response: { 201: SubscribedWire },
      },
      config: {
        may: may.subscribe,
        creates: true,
        limit: ['writes', 'followers'],
        refuses: [NotPublished, EventCancelled, EventPast],
      },
    },
    async (req, reply) => {
      const { email, push } = req.body
      reply.code(201)
      return subscriptions.subscribe(req.ctx, req.params.eventId, { email, browser: push })
    },
  )

  app.get(
    '/subscription-links/:token',
    {
      schema: {
        tags,
        summary: 'What a link ends',
        description: 'The link is in every mail to who follows an event.',
        params: Link,
        response: { 200: SubscriptionWire },
      },
      config: { may: may.useLink, refuses: [LinkInvalid] },
    },
    async (req) => present(await subscriptions.behindLink(req.ctx, req.params.token)),
  )

  app.delete(
    '/subscription-links/:token',
    {
      schema: {
        tags,
        summary: 'Follow no longer, by the link',
        description: 'What was written because of it is forgotten, too. Again is no error.',
        params: Link,
        response: { 204: Type.Null() },
      },
      config: { may: may.useLink, refuses: [LinkInvalid] },
    },
    async (req, reply) => {
      await subscriptions.endByLink(req.ctx, req.params.token)
      reply.code(204)
    },
  )

  app.get(
    '/me/subscriptions',
    {
      schema: {
        tags,
        summary: 'What I follow',
        description: 'What is not over, by account and by my browsers; the next to begin first.',
        querystring: Fields(paging),
        response: { 200: PageOf(SubscriptionWire) },
      },
      config: { may: may.seeMine },
    },
    async (req) => {
      const { items, nextCursor } = await subscriptions.mine(req.ctx, req.query)
      return { items: items.map(present), nextCursor }
    },
  )

  app.delete(
    '/me/subscriptions/:subscriptionId',
    {
      schema: {
        tags,
        summary: 'Follow no longer',
        description: 'One of my own.',
        params: Fields({ subscriptionId: Uuid }),
        response: { 204: Type.Null() },
      },
      config: { may: may.endMine },
    },
    async (req, reply) => {
      await subscriptions.endMine(req.ctx, req.params.subscriptionId)
      reply.code(204)
    },
  )
}

/** Browsers that let themselves be written to. */
export function pushRoutes(app: App): void {
  app.get(
    '/push-key',
    {
      schema: {
        tags,
        summary: 'The key that we push with',
        description: 'For `applicationServerKey`, in base64url.',
        response: { 200: Fields({ key: Type.String() }) },
      },
      config: { may: may.seePushKey },
    },
    (req) => ({ key: vapidOf(req.ctx.config).publicKey }),
  )

  app.post(
    '/me/push-subscriptions',
    {
      schema: {
        tags,
        summary: 'Write to this browser',
        description:
          'What is written to the account is shown there as well, reminders first of all. The same browser again is the same one.',
        body: BrowserBody,
        response: { 201: Fields({ id: Uuid }) },
      },
      config: { may: may.keepBrowser, creates: true },
    },
    async (req, reply) => {
      reply.code(201)
      return { id: await browsers.keepMine(req.ctx, req.body) }
    },
  )

  app.delete(
    '/me/push-subscriptions/:browserId',
    {
      schema: {
        tags,
        summary: 'Write to this browser no longer',
        description: 'What it follows, it follows no longer either.',
        params: Fields({ browserId: Uuid }),
        response: { 204: Type.Null() },
      },
      config: { may: may.keepBrowser },
    },
    async (req, reply) => {
      await browsers.forgetMine(req.ctx, req.params.browserId)
      reply.code(204)
    },
  )
}
