import { Type, type Static } from 'typebox'
import type { FastifyRequest } from 'fastify'
import { onceOf } from '#http/idempotency'
import { signedIn, type App } from '#http/app'
import { Fields, OneOf, PageOf, paging, Text, Uuid } from '#http/wire'
import { invalid, KeyReused } from '#kernel/problem'
import * as attendees from './attendees.ts'
import { asGuest } from './guest-links.ts'
import { may } from './policy.ts'
import { AlreadyRegistered, EventCancelled, EventFull, EventPast, LinkInvalid, RegistrationClosed } from './problems.ts'
import * as registrations from './registrations.ts'
import { present, RegisterBody, RegistrationWire, STATUSES } from './wire.ts'

const OfEvent = Fields({ eventId: Uuid })
const One = Fields({ registrationId: Uuid })
const Link = Fields({ token: Type.String({ maxLength: 200 }) })
const tags = ['registrations']

/** Taking a place, giving it back, and seeing who comes. */
export function registrationRoutes(app: App): void {
  app.post(
    '/events/:eventId/registrations',
    {
      schema: {
        tags,
        summary: 'Register for an event',
        description:
          'Takes a seat, or a place on the waitlist when the event is full. As the account that is logged in with an empty body, or as a guest with a name and an address.',
        params: OfEvent,
        body: RegisterBody,
        response: { 201: RegistrationWire },
      },
      config: {
        may: may.register,
        creates: 'keeps its own answer',
        refuses: [AlreadyRegistered, EventFull, RegistrationClosed, EventPast, EventCancelled, KeyReused],
      },
    },
    async (req, reply) => {
      const registration = await registrations.register(req.ctx, req.params.eventId, attendee(req, req.body), {
        waitlist: req.body.waitlist,
        once: onceOf(req),
      })
      reply.code(201)
      return present(registration)
    },
  )

  app.get(
    '/events/:eventId/registrations',
    {
      schema: {
        tags,
        summary: 'Who comes to an event',
        description: 'For its organizer, in the order of arrival.',
        params: OfEvent,
        querystring: Fields({
          status: Type.Optional(OneOf(STATUSES)),
          text: Type.Optional(Text(200, { description: 'Part of a name or an address.' })),
          ...paging,
        }),
        response: {
          200: PageOf(RegistrationWire, {
            counts: Fields({ going: Type.Integer(), waitlisted: Type.Integer(), cancelled: Type.Integer() }),
          }),
        },
      },
      config: { may: may.seeAttendees },
    },
    async (req) => {
      const { items, ...rest } = await attendees.ofEvent(req.ctx, req.params.eventId, req.query)
      return { ...rest, items: items.map(present) }
    },
  )

  app.get(
    '/me/registrations',
    {
      schema: {
        tags,
        summary: 'My registrations',
        querystring: Fields({
          eventId: Type.Optional(Uuid),
          when: Type.Optional(OneOf(['upcoming', 'past', 'all'])),
          ...paging,
        }),
        response: { 200: PageOf(RegistrationWire) },
      },
      config: { may: may.seeMine },
    },
    async (req) => {
      const { items, nextCursor } = await registrations.mine(req.ctx, signedIn(req).accountId, req.query)
      return { items: items.map(present), nextCursor }
    },
  )

  app.get(
    '/registrations/:registrationId',
    {
      schema: { tags, summary: 'One registration', params: One, response: { 200: RegistrationWire } },
      config: { may: may.see },
    },
    async (req) => present(await registrations.find(req.ctx, req.params.registrationId)),
  )

  app.put(
    '/registrations/:registrationId/cancellation',
    {
      schema: {
        tags,
        summary: 'Give the place back',
        description: 'By who holds it or by the organizer. The head of the waitlist has it at once.',
        params: One,
        response: { 200: RegistrationWire },
      },
      config: { may: may.cancel, refuses: [EventPast] },
    },
    async (req) => present(await registrations.cancel(req.ctx, req.params.registrationId)),
  )

  app.get(
    '/guest-links/:token',
    {
      schema: {
        tags,
        summary: 'The registration behind a guest’s link',
        params: Link,
        response: { 200: RegistrationWire },
      },
      config: { may: may.useLink, refuses: [LinkInvalid] },
    },
    async (req) => {
      const guest = asGuest(req.ctx, req.params.token)
      return present(await registrations.find(guest.ctx, guest.registrationId))
    },
  )

  app.put(
    '/guest-links/:token/cancellation',
    {
      schema: { tags, summary: 'Give the place back, as a guest', params: Link, response: { 200: RegistrationWire } },
      config: { may: may.useLink, refuses: [LinkInvalid, EventPast] },
    },
    async (req) => {
      const guest = asGuest(req.ctx, req.params.token)
      return present(await registrations.cancel(guest.ctx, guest.registrationId))
    },
  )
}

/** Who the request is about: the guest it names, else the account that sent it. */
function attendee(req: FastifyRequest, body: Static<typeof RegisterBody>): registrations.Attendee {
  if (body.name === undefined && body.email === undefined) return { accountId: signedIn(req).accountId }
  if (body.name === undefined) throw invalid({ '/name': 'A guest needs a name.' })
  if (body.email === undefined) throw invalid({ '/email': 'A guest needs an address.' })
  return { name: body.name, email: body.email }
}
