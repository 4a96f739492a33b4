import { Type } from 'typebox'
import { may as mayEvents } from '#events/policy'
import type { App } from '#http/app'
import { Fields, OneOf, PageOf, paging, Uuid } from '#http/wire'
import { NotFound } from '#kernel/problem'
import { channels, resume } from './channel-states.ts'
import { CHANNEL_NAMES } from './channels/channel.ts'
import { may } from './policy.ts'
import { NotThatLink, SaysNothingAnyMore, StillDue } from './problems.ts'
import * as timeline from './timeline.ts'
import * as unsubscribing from './unsubscribing.ts'
import {
  ChannelWire,
  EVERY_TOPIC,
  NotificationWire,
  present,
  presentChannel,
  STATES,
  tell,
  ToldWire,
  UnsubscriptionWire,
} from './wire.ts'

const tags = ['notifications']
const Link = Fields({ token: Type.String({ minLength: 1, maxLength: 200 }) })

/** What was written to whom, and what became of it. */
export function notificationRoutes(app: App): void {
  app.get(
    '/notifications',
    {
      schema: {
        tags,
        summary: 'List messages',
        description: 'Every message that was written, newest first, and what became of it. For admins.',
        querystring: Fields({
          eventId: Type.Optional(Uuid),
          state: Type.Optional(OneOf(STATES)),
          channel: Type.Optional(OneOf(CHANNEL_NAMES)),
          topic: Type.Optional(OneOf(EVERY_TOPIC)),
          recipient: Type.Optional(Type.String({ maxLength: 254, description: 'Exactly as it was written to.' })),
          ...paging,
        }),
        response: { 200: PageOf(NotificationWire) },
      },
      config: { may: may.list },
    },
    async (req) => {
      const { items, nextCursor } = await timeline.list(req.ctx, req.query)
      return { items: items.map(present), nextCursor }
    },
  )

  app.get(
    '/notifications/:notificationId',
    {
      schema: {
        tags,
        summary: 'A message',
        description: 'With its attempts and why the last one failed. For admins.',
        params: Fields({ notificationId: Uuid }),
        response: { 200: NotificationWire },
      },
      config: { may: may.list, refuses: [NotFound] },
    },
    async (req) => present(await timeline.find(req.ctx, req.params.notificationId)),
  )

  app.post(
    '/notifications/:notificationId/resend',
    {
      schema: {
        tags,
        summary: 'Send a message again',
        description:
          'What was given up is tried anew; what was sent is written once more and says the same. For admins, and for who runs the event that it is about.',
        params: Fields({ notificationId: Uuid }),
        response: { 201: ToldWire },
      },
      config: { may: may.resend, creates: true, refuses: [NotFound, StillDue, SaysNothingAnyMore] },
    },
    async (req, reply) => {
      const again = await timeline.resend(req.ctx, req.params.notificationId)
      reply.code(201)
      return tell(again)
    },
  )

  app.get(
    '/me/notifications',
    {
      schema: {
        tags,
        summary: 'What was written to me',
        description: 'Newest first, as long as it is kept.',
        querystring: Fields(paging),
        response: { 200: PageOf(ToldWire) },
      },
      config: { may: may.seeMine },
    },
    async (req) => {
      const { items, nextCursor } = await timeline.mine(req.ctx, req.query)
      return { items: items.map(tell), nextCursor }
    },
  )

  app.get(
    '/events/:eventId/notifications',
    {
      schema: {
        tags,
        summary: 'What was written about an event',
        description: 'To whom, by which channel and what became of it, newest first. For who runs it.',
        params: Fields({ eventId: Uuid }),
        querystring: Fields({ state: Type.Optional(OneOf(STATES)), ...paging }),
        response: { 200: PageOf(ToldWire) },
      },
      config: { may: mayEvents.seeMessages, refuses: [NotFound] },
    },
    async (req) => {
      const { items, nextCursor } = await timeline.ofEvent(req.ctx, req.params.eventId, req.query)
      return { items: items.map(tell), nextCursor }
    },
  )

  app.get(
    '/admin/channels',
    {
      schema: {
        tags,
        summary: 'How the channels are',
        description: 'Whether each is set up, paused or left alone for a while, and how much waits. For admins.',
        response: { 200: Fields({ items: Type.Array(ChannelWire) }) },
      },
      config: { may: may.seeChannels },
    },
    async (req) => ({ items: (await channels(req.ctx)).map(presentChannel) }),
  )

  app.post(
    '/admin/channels/:name/resume',
    {
      schema: {
        tags,
        summary: 'Let a paused channel go on',
        description: 'When what lets us in there was put right. A channel that is not paused stays as it is.',
        params: Fields({ name: OneOf(CHANNEL_NAMES) }),
        response: { 200: ChannelWire },
      },
      config: { may: may.resumeChannel },
    },
    async (req) => presentChannel(await resume(req.ctx, req.params.name)),
  )
}

/** How one hears no more, by the link in a mail. A mail program posts a form of one field, which says nothing new. */
export function unsubscribeRoutes(app: App): void {
  app.addContentTypeParser(
    ['application/x-www-form-urlencoded', 'multipart/form-data'],
    { parseAs: 'string' },
    (_req, _body, done) => done(null, undefined),
  )

  app.get(
    '/unsubscriptions/:token',
    {
      schema: {
        tags,
        summary: 'What a link in a mail turns off',
        description: 'Looking changes nothing.',
        params: Link,
        response: { 200: UnsubscriptionWire },
      },
      config: { may: may.followLink, refuses: [NotThatLink] },
    },
    async (req) => unsubscribing.lookUp(req.ctx, req.params.token),
  )

  app.post(
    '/unsubscriptions/:token',
    {
      schema: {
        tags,
        summary: 'Turn mails off by the link that is in them',
        description: 'What a mail program does at one click (RFC 8058), too. The same twice is once.',
        params: Link,
        response: { 200: UnsubscriptionWire },
      },
      config: { may: may.followLink, refuses: [NotThatLink] },
    },
    async (req) => unsubscribing.turn(req.ctx, req.params.token, 'off'),
  )

  app.delete(
    '/unsubscriptions/:token',
    {
      schema: {
        tags,
        summary: 'Turn them on again',
        params: Link,
        response: { 200: UnsubscriptionWire },
      },
      config: { may: may.followLink, refuses: [NotThatLink] },
    },
    async (req) => unsubscribing.turn(req.ctx, req.params.token, 'on'),
  )
}
