import { Readable } from 'node:stream'
import { Type, type Static } from 'typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AlreadyIn } from '#checkin/problems'
import { onceOf } from '#http/idempotency'
import { signedIn, type App } from '#http/app'
import { Fields, OneOf, PageOf, paging, Text, Uuid } from '#http/wire'
import { Forbidden, invalid, KeyReused } from '#kernel/problem'
import * as attendees from './attendees.ts'
import { asGuest } from './guest-links.ts'
import { may } from './policy.ts'
import { csvOf } from './attendees-csv.ts'
import { confirm } from './confirming.ts'
import * as corrections from './corrections.ts'
import * as interest from './interest.ts'
import {
  AlreadyRegistered,
  EventCancelled,
  EventFull,
  EventPast,
  HasAccount,
  LinkInvalid,
  NotLive,
  RegistrationClosed,
} from './problems.ts'
import * as registrations from './registrations.ts'
import {
  AttendeeWire,
  Correction,
  CountsWire,
  PersonBody,
  present,
  presentAttendee,
  RegisterBody,
  RegistrationWire,
  STATUSES,
  VisibilityBody,
} from './wire.ts'

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
        querystring: Fields({
          invitation: Type.Optional(Text(200, { description: 'The token of an invitation’s link.' })),
        }),
        body: RegisterBody,
        response: { 201: RegistrationWire },
      },
      config: {
        may: may.register,
        limit: ['writes', 'registrations'],
        creates: 'keeps its own answer',
        refuses: [AlreadyRegistered, EventFull, RegistrationClosed, EventPast, EventCancelled, KeyReused],
      },
    },
    async (req, reply) => {
      const registration = await registrations.register(req.ctx, req.params.eventId, attendee(req, req.body), {
        waitlist: req.body.waitlist,
        invitation: req.query.invitation,
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
        description:
          'For its organizer, in the order of arrival. Who is only interested has no registration and is listed by `status=interested`.',
        params: OfEvent,
        querystring: Fields({
          status: Type.Optional(OneOf([...STATUSES, 'interested'])),
          text: Type.Optional(Text(200, { description: 'Part of a name or an address.' })),
          ...paging,
        }),
        response: {
          200: PageOf(AttendeeWire, {
            counts: Fields({
              going: Type.Integer(),
              held: CountsWire.properties.held,
              waitlisted: Type.Integer(),
              cancelled: Type.Integer(),
              interested: Type.Integer(),
            }),
          }),
        },
      },
      config: { may: may.seeAttendees },
    },
    async (req) => {
      const { items, ...rest } = await attendees.ofEvent(req.ctx, req.params.eventId, req.query)
      return { ...rest, items: items.map(presentAttendee) }
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
      config: { may: may.cancel, refuses: [EventPast, AlreadyIn] },
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
    '/guest-links/:token/confirmation',
    {
      schema: {
        tags,
        summary: 'Confirm the place, as a guest',
        description:
          'Where the event asks for it. A seat that costs something is then held for the money. Opening the link confirms nothing, because mail scanners open links.',
        params: Link,
        response: { 200: RegistrationWire },
      },
      config: { may: may.useLink, refuses: [LinkInvalid, NotLive, EventPast] },
    },
    async (req) => {
      const guest = asGuest(req.ctx, req.params.token)
      return present(await confirm(guest.ctx, guest.registrationId))
    },
  )

  app.put(
    '/guest-links/:token/cancellation',
    {
      schema: { tags, summary: 'Give the place back, as a guest', params: Link, response: { 200: RegistrationWire } },
      config: { may: may.useLink, refuses: [LinkInvalid, EventPast, AlreadyIn] },
    },
    async (req) => {
      const guest = asGuest(req.ctx, req.params.token)
      return present(await registrations.cancel(guest.ctx, guest.registrationId))
    },
  )
}

/** Who is interested, and what others may know of who comes. */
export function attendeeRoutes(app: App): void {
  const interested = (method: 'PUT' | 'DELETE', summary: string, change: typeof interest.show) =>
    app.route({
      method,
      url: '/events/:eventId/interest',
      schema: { tags, summary, params: OfEvent, response: { 200: CountsWire } },
      config: { may: may.showInterest, refuses: [AlreadyRegistered, EventPast, EventCancelled] },
      handler: (req) => change(req.ctx, req.params.eventId),
    })
  interested('PUT', 'Say that you would like to come', interest.show)
  interested('DELETE', 'Say that you would not', interest.withdraw)

  app.get(
    '/events/:eventId/attendees/counts',
    {
      schema: {
        tags,
        summary: 'How many go, wait and are interested',
        params: OfEvent,
        response: { 200: CountsWire },
      },
      config: { may: may.seeCounts },
    },
    (req) => interest.counts(req.ctx, req.params.eventId),
  )

  app.get(
    '/events/:eventId/attendees',
    {
      schema: {
        tags,
        summary: 'Who else goes',
        description: 'For who is registered: the names of those who let others see them.',
        params: OfEvent,
        querystring: Fields(paging),
        response: { 200: PageOf(Fields({ name: Type.String() })) },
      },
      config: { may: may.seeOthers, refuses: [Forbidden] },
    },
    (req) => attendees.seenByOthers(req.ctx, req.params.eventId, req.query),
  )

  app.get(
    '/events/:eventId/registrations.csv',
    {
      schema: {
        tags,
        summary: 'Who comes to an event, as CSV',
        description: 'For its organizer. What a spreadsheet would take for a formula begins with an apostrophe.',
        params: OfEvent,
        response: {
          200: {
            description: 'RFC 4180, UTF-8.',
            content: { 'text/csv': { schema: Type.String({ format: 'binary' }) } },
          },
        },
      },
      config: { may: may.seeAttendees },
    },
    async (req, reply: FastifyReply) => {
      const { slug, lines } = await csvOf(req.ctx, (req.params as Static<typeof OfEvent>).eventId)
      return reply
        .type('text/csv; charset=utf-8; header=present')
        .header('content-disposition', `attachment; filename="${slug}.csv"`)
        .send(Readable.from(lines))
    },
  )
}

/** The two ways to a registration: the account's or organizer's own, and the link in a guest's mail. */
const WAYS = [
  { path: '/registrations/:registrationId', params: One, who: 'signed-in', whose: '', refuses: [] },
  { path: '/guest-links/:token', params: Link, who: 'anyone', whose: ', as a guest', refuses: [LinkInvalid] },
] as const

/** What can be mended about a registration. */
export function correctionRoutes(app: App): void {
  for (const { path, params, who, whose, refuses } of WAYS) {
    app.patch(
      path,
      {
        schema: {
          tags,
          summary: `Correct a name or an address${whose}`,
          description:
            'Of a guest, who is written to again. The ticket gets another code; a new address gets another link, and the old one ends.',
          params,
          body: Correction,
          response: { 200: RegistrationWire },
        },
        config: {
          may: { ...may.correct, who },
          refuses: [AlreadyRegistered, HasAccount, NotLive, EventPast, ...refuses],
        },
      },
      async (req) => {
        const { ctx, registrationId } = way(req)
        return present(await corrections.correct(ctx, registrationId, req.body))
      },
    )

    app.put(
      `${path}/successor`,
      {
        schema: {
          tags,
          summary: `Pass the ticket on to somebody else${whose}`,
          description:
            'They get the seat, a ticket and a mail; the ticket that there was is worth nothing at once. Answers the registration that has ended.',
          params,
          body: PersonBody,
          response: { 200: RegistrationWire },
        },
        config: {
          may: { ...may.passOn, who },
          refuses: [AlreadyRegistered, NotLive, EventPast, AlreadyIn, ...refuses],
        },
      },
      async (req) => {
        const { ctx, registrationId } = way(req)
        return present(await corrections.passOn(ctx, registrationId, req.body))
      },
    )

    app.put(
      `${path}/visibility`,
      {
        schema: {
          tags,
          summary: `Let other attendees see your name, or not${whose}`,
          params,
          body: VisibilityBody,
          response: { 200: RegistrationWire },
        },
        config: { may: { ...may.choose, who }, refuses },
      },
      async (req) => {
        const { ctx, registrationId } = way(req)
        return present(await corrections.choose(ctx, registrationId, req.body.visibleToAttendees))
      },
    )
  }
}

function way(req: FastifyRequest): ReturnType<typeof asGuest> {
  const { registrationId, token } = req.params as { registrationId?: string; token?: string }
  return token === undefined ? { ctx: req.ctx, registrationId: registrationId! } : asGuest(req.ctx, token)
}

/** Who the request is about: the guest it names, else the account that sent it. */
function attendee(req: FastifyRequest, body: Static<typeof RegisterBody>): registrations.Attendee {
  if (body.name === undefined && body.email === undefined) return { accountId: signedIn(req).accountId }
  if (body.name === undefined) throw invalid({ '/name': 'A guest needs a name.' })
  if (body.email === undefined) throw invalid({ '/email': 'A guest needs an address.' })
  return { name: body.name, email: body.email }
}
