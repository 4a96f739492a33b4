import { Type } from 'typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '#http/app'
import { Fields, PageOf, paging, Text, Uuid } from '#http/wire'
import type { Ctx } from '#kernel/ctx'
import { asGuest } from '#registrations/guest-links'
import {
  AlreadyRegistered,
  EventCancelled,
  EventFull,
  EventPast,
  LinkInvalid,
  RegistrationClosed,
} from '#registrations/problems'
import { invalid, KeyReused } from '#kernel/problem'
import * as checkin from './checkin.ts'
import * as drawing from './drawing.ts'
import { may } from './policy.ts'
import { AlreadyIn, CodeUnknown, NoTicket, NotGoing, TooEarly, WrongEvent } from './problems.ts'
import * as tickets from './tickets.ts'
import {
  EntryWire,
  ExpectedWire,
  File,
  presentEntry,
  presentExpected,
  presentTicket,
  ScanBody,
  TicketWire,
  WalkInBody,
} from './wire.ts'

const tags = ['check-in']

/** The two ways to a ticket: the account's own, and the link in a guest's mail. */
const WAYS = [
  { path: '/registrations/:registrationId', params: Fields({ registrationId: Uuid }), whose: '', refuses: [NoTicket] },
  {
    path: '/guest-links/:token',
    params: Fields({ token: Type.String({ maxLength: 200 }) }),
    whose: ', as a guest',
    refuses: [NoTicket, LinkInvalid],
  },
]

const FILES = [
  { form: 'png', type: 'image/png', what: 'The QR code of a ticket', draw: drawing.png },
  { form: 'svg', type: 'image/svg+xml', what: 'The QR code of a ticket, as lines', draw: drawing.svg },
  { form: 'pdf', type: 'application/pdf', what: 'A ticket to print', draw: drawing.pdf },
] as const

/** Tickets, in every form there is of them. */
export function ticketRoutes(app: App): void {
  for (const { path, params, whose, refuses } of WAYS) {
    app.get(
      `${path}/ticket`,
      {
        schema: { tags, summary: `A ticket${whose}`, params, response: { 200: TicketWire } },
        config: { may: may.seeTicket, refuses },
      },
      async (req) => presentTicket(await ticketOf(req)),
    )
    for (const { form, type, what, draw } of FILES)
      app.get(
        `${path}/ticket.${form}`,
        {
          schema: { tags, summary: `${what}${whose}`, params, response: { 200: File(type) } },
          config: { may: may.seeTicket, refuses },
        },
        async (req, reply: FastifyReply) => {
          const file = await draw(await ticketOf(req))
          return reply
            .type(type)
            .header('content-disposition', `inline; filename="ticket.${form}"`)
            .send(Buffer.from(file))
        },
      )
  }
}

function ticketOf(req: FastifyRequest): Promise<tickets.Ticket> {
  const { registrationId, token } = req.params as { registrationId?: string; token?: string }
  const way: { ctx: Ctx; registrationId: string } =
    token === undefined ? { ctx: req.ctx, registrationId: registrationId! } : asGuest(req.ctx, token)
  return tickets.find(way.ctx, way.registrationId)
}

const Door = Fields({ eventId: Uuid })

/** Who comes in, for whoever stands at the door. */
export function checkinRoutes(app: App): void {
  app.post(
    '/events/:eventId/check-ins',
    {
      schema: {
        tags,
        summary: 'Let somebody in',
        description:
          'By the code of their ticket, or by the registration that was found in the list. A ticket lets one person in once, however many devices scan it: the others are told when that was.',
        params: Door,
        body: ScanBody,
        response: { 201: EntryWire },
      },
      config: {
        may: may.checkIn,
        creates: true,
        refuses: [AlreadyIn, NotGoing, WrongEvent, CodeUnknown, TooEarly, KeyReused],
      },
    },
    async (req, reply) => {
      const { code, registrationId, ...device } = req.body
      const entry = await checkin.checkIn(req.ctx, req.params.eventId, { ...shown(code, registrationId), ...device })
      reply.code(201)
      return presentEntry(entry)
    },
  )

  app.post(
    '/events/:eventId/walk-ins',
    {
      schema: {
        tags,
        summary: 'Let somebody in who is not registered',
        description: 'They get a free seat and are checked in: never beyond the capacity.',
        params: Door,
        body: WalkInBody,
        response: { 201: EntryWire },
      },
      config: {
        may: may.checkIn,
        creates: true,
        refuses: [TooEarly, EventFull, RegistrationClosed, AlreadyRegistered, EventPast, EventCancelled],
      },
    },
    async (req, reply) => {
      const { name, email, ...options } = req.body
      const entry = await checkin.walkIn(req.ctx, req.params.eventId, { name, email }, options)
      reply.code(201)
      return presentEntry(entry)
    },
  )

  app.get(
    '/events/:eventId/check-ins',
    {
      schema: {
        tags,
        summary: 'How many are to come and how many have',
        params: Door,
        response: { 200: Fields({ going: Type.Integer(), in: Type.Integer() }) },
      },
      config: { may: may.checkIn },
    },
    (req) => checkin.counts(req.ctx, req.params.eventId),
  )

  app.delete(
    '/events/:eventId/check-ins/:registrationId',
    {
      schema: {
        tags,
        summary: 'Take a check-in back',
        description: 'The person can come in again.',
        params: Fields({ eventId: Uuid, registrationId: Uuid }),
        response: { 204: Type.Null() },
      },
      config: { may: may.checkIn },
    },
    async (req, reply) => {
      await checkin.undo(req.ctx, req.params.eventId, req.params.registrationId)
      reply.code(204)
      return null
    },
  )

  app.get(
    '/events/:eventId/door',
    {
      schema: {
        tags,
        summary: 'The list at the door',
        description: 'Who has a place, by name.',
        params: Door,
        querystring: Fields({
          text: Type.Optional(Text(200, { description: 'Part of a name or an address.' })),
          ...paging,
        }),
        response: { 200: PageOf(ExpectedWire) },
      },
      config: { may: may.checkIn },
    },
    async (req) => {
      const { items, nextCursor } = await checkin.list(req.ctx, req.params.eventId, req.query)
      return { items: items.map(presentExpected), nextCursor }
    },
  )
}

/** The one of the two that was sent. */
function shown(
  code: string | undefined,
  registrationId: string | undefined,
): { code: string } | { registrationId: string } {
  if (code !== undefined && registrationId === undefined) return { code }
  if (registrationId !== undefined && code === undefined) return { registrationId }
  throw invalid({ '/code': 'Either a code or a registrationId.' })
}
