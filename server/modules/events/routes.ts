import { createHash } from 'node:crypto'
import { Type } from 'typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { EmailNotVerified } from '#accounts/problems'
import { signedIn, type App } from '#http/app'
import { seenBy } from '#http/if-match'
import type { Shared } from '#http/shared-answers'
import { Fields, Instant, OneOf, PageOf, paging, Text, Uuid } from '#http/wire'
import { Stale } from '#kernel/problem'
import { PaidFor } from '#payments/problems'
import { CapacityBelowTaken } from '#registrations/problems'
import * as search from '#search'
import { copy } from './copies.ts'
import * as events from './events.ts'
import { publishAt, unplanPublication } from './publishing.ts'
import { may } from './policy.ts'
import { AlreadyCancelled, AlreadyOver, AlreadyPublished, InUse, NotPublished } from './problems.ts'
import {
  EventChanges,
  EventSummaryWire,
  EventWire,
  MyEventWire,
  NewEvent,
  present,
  presentMine,
  presentSummary,
} from './wire.ts'

const One = Fields({ eventId: Uuid })
const WHEN = ['upcoming', 'past', 'all'] as const
const tags = ['events']
/** Bytes: a description may be 20,000 characters of four bytes each. */
const LONG = 128 * 1024

/** Finding events, and everything their organizer does with them. */
export function eventRoutes(app: App): void {
  app.get(
    '/events',
    {
      schema: {
        tags,
        summary: 'Find events',
        description: 'Published events. Without `sort`: by start, or by relevance when `text` is searched for.',
        querystring: Fields({
          text: Type.Optional(
            Text(200, { description: 'Words to search for; quotes keep them together, a minus leaves them out.' }),
          ),
          title: Type.Optional(Text(255, { min: 1, description: 'The whole title; capitals do not count.' })),
          titlePart: Type.Optional(
            Text(200, { min: 1, description: 'A part of the title; capitals and accents do not count.' }),
          ),
          from: Type.Optional({ ...Instant, description: 'Starts at this moment or later.' }),
          to: Type.Optional({ ...Instant, description: 'Starts before this moment.' }),
          venueId: Type.Optional(Uuid),
          categoryId: Type.Optional(Uuid),
          organizerId: Type.Optional(Uuid),
          seriesId: Type.Optional({ ...Uuid, description: 'Occurrences of this series.' }),
          tag: Type.Optional(
            Type.Union([Text(50), Type.Array(Text(50), { maxItems: 20 })], {
              description: 'A tag’s name; of several, any.',
            }),
          ),
          location: Type.Optional(
            Text(200, { description: 'A part of the place, or of the venue’s name or address.' }),
          ),
          hasSeats: Type.Optional(Type.Boolean()),
          active: Type.Optional(Type.Boolean({ description: 'Whether people can register now.' })),
          when: Type.Optional(OneOf(WHEN, { default: 'upcoming' })),
          sort: Type.Optional(OneOf(search.SORTS)),
          ...paging,
        }),
        response: { 200: PageOf(EventSummaryWire) },
      },
      config: { may: may.browse, shared: () => ({ milliseconds: 5_000 }) },
    },
    async (req) => {
      const { tag, ...query } = req.query
      const { items, nextCursor } = await search.events(req.ctx, {
        ...query,
        tags: tag === undefined ? undefined : [tag].flat(),
      })
      return { items: items.map(presentSummary), nextCursor }
    },
  )

  app.get(
    '/me/events',
    {
      schema: {
        tags,
        summary: 'My events, drafts included',
        description: 'Those that I run, and those whose team I am on, with what I am to them.',
        querystring: Fields({ when: Type.Optional(OneOf(WHEN)), seriesId: Type.Optional(Uuid), ...paging }),
        response: { 200: PageOf(MyEventWire) },
      },
      config: { may: may.seeMine },
    },
    async (req) => {
      const { when = 'all', ...page } = req.query
      const { items, nextCursor } = await search.events(req.ctx, {
        ...page,
        when,
        runBy: signedIn(req).accountId,
        sort: when === 'upcoming' ? 'startsAt' : '-startsAt',
      })
      return { items: items.map((event) => presentMine(event, req.ctx.actor)), nextCursor }
    },
  )

  app.post(
    '/events',
    {
      bodyLimit: LONG,
      schema: {
        tags,
        summary: 'Begin an event',
        description: 'As a draft: publish it to show it to everybody.',
        body: NewEvent,
        response: { 201: EventWire },
      },
      config: { may: may.create, creates: true },
    },
    async (req, reply) => {
      const eventId = await events.create(req.ctx, req.body)
      reply.code(201)
      return show(req, reply, eventId)
    },
  )

  app.get(
    '/events/:eventId',
    {
      schema: {
        tags,
        summary: 'One event',
        params: Fields({ eventId: Type.String({ maxLength: 120, description: 'Its id or its slug.' }) }),
        querystring: Fields({
          invitation: Type.Optional(Text(200, { description: 'The token of an invitation’s or a guest’s link.' })),
        }),
        response: { 200: EventWire },
      },
      config: { may: may.see, shared: untilItsStatusChanges },
    },
    async (req, reply) => show(req, reply, req.params.eventId, req.query.invitation),
  )

  app.patch(
    '/events/:eventId',
    {
      bodyLimit: LONG,
      schema: {
        tags,
        summary: 'Change an event',
        description: '`If-Match` with the ETag refuses when somebody was faster.',
        params: One,
        body: EventChanges,
        response: { 200: EventWire },
      },
      config: { may: may.edit, refuses: [Stale, CapacityBelowTaken, AlreadyCancelled, AlreadyOver] },
    },
    async (req, reply) => {
      await events.edit(req.ctx, req.params.eventId, req.body, seenBy(req))
      return show(req, reply, req.params.eventId)
    },
  )

  app.delete(
    '/events/:eventId',
    {
      schema: {
        tags,
        summary: 'Delete an event',
        description:
          'One that people are registered for is cancelled first, so that they hear of it. One that people have paid for is not deleted before you have cancelled it, and one that has been stays when people were there.',
        params: One,
        response: { 204: Type.Null() },
      },
      config: { may: may.delete, refuses: [Stale, InUse, PaidFor] },
    },
    async (req, reply) => {
      await events.remove(req.ctx, req.params.eventId, seenBy(req))
      reply.code(204)
    },
  )

  app.put(
    '/events/:eventId/publication',
    {
      schema: {
        tags,
        summary: 'Publish an event',
        description: 'Now, or `at` a moment by itself. What stands in the way then is told to the organizer.',
        params: One,
        body: Fields({ at: Type.Optional(Instant) }),
        response: { 200: EventWire },
      },
      config: { may: may.publish, refuses: [Stale, AlreadyPublished, AlreadyCancelled, AlreadyOver, EmailNotVerified] },
    },
    async (req, reply) => {
      const { at } = req.body
      if (at === undefined) await events.publish(req.ctx, req.params.eventId, seenBy(req))
      else await publishAt(req.ctx, req.params.eventId, at, seenBy(req))
      return show(req, reply, req.params.eventId)
    },
  )

  app.delete(
    '/events/:eventId/publication',
    {
      schema: {
        tags,
        summary: 'Do not publish it by itself',
        description: 'What is published stays that.',
        params: One,
        response: { 200: EventWire },
      },
      config: { may: may.publish, refuses: [Stale, AlreadyPublished] },
    },
    async (req, reply) => {
      await unplanPublication(req.ctx, req.params.eventId, seenBy(req))
      return show(req, reply, req.params.eventId)
    },
  )

  app.post(
    '/events/:eventId/copies',
    {
      schema: {
        tags,
        summary: 'Copy an event',
        description: 'A draft with everything but its registrations, invitations and history, at another time.',
        params: One,
        body: Fields({ startsAt: Instant }),
        response: { 201: EventWire },
      },
      config: { may: may.copy, creates: true },
    },
    async (req, reply) => {
      const eventId = await copy(req.ctx, req.params.eventId, req.body)
      reply.code(201)
      return show(req, reply, eventId)
    },
  )

  app.put(
    '/events/:eventId/closure',
    {
      schema: { tags, summary: 'Close registration', params: One, response: { 200: EventWire } },
      config: { may: may.close, refuses: [Stale, NotPublished, AlreadyCancelled, AlreadyOver] },
    },
    async (req, reply) => {
      await events.close(req.ctx, req.params.eventId, seenBy(req))
      return show(req, reply, req.params.eventId)
    },
  )

  app.delete(
    '/events/:eventId/closure',
    {
      schema: { tags, summary: 'Open registration again', params: One, response: { 200: EventWire } },
      config: { may: may.close, refuses: [Stale, AlreadyCancelled, AlreadyOver] },
    },
    async (req, reply) => {
      await events.reopen(req.ctx, req.params.eventId, seenBy(req))
      return show(req, reply, req.params.eventId)
    },
  )

  app.put(
    '/events/:eventId/cancellation',
    {
      schema: {
        tags,
        summary: 'Cancel an event',
        description: 'Ends every registration; everybody who had a place or waited for one gets a mail.',
        params: One,
        body: Fields({ reason: Type.Optional(Text(1000, { description: 'Told in the mail.' })) }),
        response: { 200: EventWire },
      },
      config: { may: may.cancel, refuses: [Stale, NotPublished, AlreadyOver] },
    },
    async (req, reply) => {
      await events.cancel(req.ctx, req.params.eventId, { ...req.body, ...seenBy(req) })
      return show(req, reply, req.params.eventId)
    },
  )
}

async function show(req: FastifyRequest, reply: FastifyReply, idOrSlug: string, pass?: string) {
  const event = await search.event(req.ctx, idOrSlug, pass)
  const answer = present(event, req.ctx.actor)
  // The version is what If-Match is about; the rest tells apart what changes beside it, like the seats.
  const rest = createHash('sha1').update(JSON.stringify(answer)).digest('base64url').slice(0, 16)
  reply.header('etag', `"${event.version}-${rest}"`).header('cache-control', 'private, no-cache')
  return answer
}

/** Should nobody ever tell that something changed, it is seen after so long. */
const LONGEST_KEPT = 10 * 60_000
/** The database judges by its clock: what has just become past here may be still to come there, and is not kept. */
const CLOCKS_DIFFER = 5_000

/**
 * Status depends on the time: an answer is good until the next moment that changes it. What is private, or asked for with
 * a link of somebody's own, is nobody else's answer.
 */
function untilItsStatusChanges(
  event: { id: string; startsAt: string; endsAt: string; registrationDeadline: string | null; visibility: string },
  now: Date,
  req: FastifyRequest,
): Shared | null {
  const { invitation } = req.query as { invitation?: string }
  if (event.visibility === 'private' || invitation !== undefined) return null
  const moments = [event.startsAt, event.endsAt, event.registrationDeadline ?? event.endsAt].map(
    (moment) => Date.parse(moment) - now.getTime(),
  )
  const next = Math.min(LONGEST_KEPT, ...moments.filter((moment) => moment > -CLOCKS_DIFFER))
  return { milliseconds: Math.max(0, next), eventId: event.id }
}
