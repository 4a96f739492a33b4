import { Type } from 'typebox'
import { EmailNotVerified } from '#accounts/problems'
import { may } from '#events/policy'
import { AlreadyCancelled, AlreadyOver, NotPublished } from '#events/problems'
import type { App } from '#http/app'
import { Email, Fields, PageOf, paging, Uuid } from '#http/wire'
import * as invitations from './invitations.ts'
import { InvitationWire, present } from './wire.ts'

const OfEvent = Fields({ eventId: Uuid })
const tags = ['events']

/** Who may see a private event. */
export function invitationRoutes(app: App): void {
  app.post(
    '/events/:eventId/invitations',
    {
      schema: {
        tags,
        summary: 'Invite people',
        description: 'Each new address gets a mail with a link that lets its holder in. Answers who is new.',
        params: OfEvent,
        body: Fields({ emails: Type.Array(Email, { minItems: 1, maxItems: 200 }) }),
        response: { 201: Fields({ items: Type.Array(InvitationWire) }) },
      },
      config: {
        may: may.invite,
        creates: true,
        refuses: [NotPublished, AlreadyCancelled, AlreadyOver, EmailNotVerified],
      },
    },
    async (req, reply) => {
      const items = await invitations.invite(req.ctx, req.params.eventId, req.body.emails)
      reply.code(201)
      return { items: items.map(present) }
    },
  )

  app.get(
    '/events/:eventId/invitations',
    {
      schema: {
        tags,
        summary: 'Who was invited',
        description: 'For the organizer, in the order of the invitations.',
        params: OfEvent,
        querystring: Fields(paging),
        response: { 200: PageOf(InvitationWire) },
      },
      config: { may: may.invite },
    },
    async (req) => {
      const { items, nextCursor } = await invitations.list(req.ctx, req.params.eventId, req.query)
      return { items: items.map(present), nextCursor }
    },
  )

  app.delete(
    '/events/:eventId/invitations/:invitationId',
    {
      schema: {
        tags,
        summary: 'Take an invitation back',
        description: 'Who has registered stays registered.',
        params: Fields({ eventId: Uuid, invitationId: Uuid }),
        response: { 204: Type.Null() },
      },
      config: { may: may.invite },
    },
    async (req, reply) => {
      await invitations.revoke(req.ctx, req.params.eventId, req.params.invitationId)
      reply.code(204)
    },
  )
}
