import { createHash } from 'node:crypto'
import { Type } from 'typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { signedIn, type App } from '#http/app'
import type { Shared } from '#http/shared-answers'
import { Fields, Instant, OneOf, PageOf, paging, Text, Uuid } from '#http/wire'
import { Stale } from '#kernel/problem'
import { CapacityBelowTaken } from '#registrations/problems'
import * as search from '#search'
import * as categories from './categories.ts'
import * as events from './events.ts'
import { may } from './policy.ts'
import { AlreadyCancelled, AlreadyOver, AlreadyPublished, CategoryNameTaken, NotPublished } from './problems.ts'
import { CategoryWire, EventChanges, EventSummaryWire, EventWire, NewEvent, present, presentSummary } from './wire.ts'

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
          from: Type.Optional({ ...Instant, description: 'Starts at this moment or later.' }),
          to: Type.Optional({ ...Instant, description: 'Starts before this moment.' }),
          venueId: Type.Optional(Uuid),
          categoryId: Type.Optional(Uuid),
          organizerId: Type.Optional(Uuid),
          hasSeats: Type.Optional(Type.Boolean()),
          when: Type.Optional(OneOf(WHEN, { default: 'upcoming' })),
          sort: Type.Optional(OneOf(search.SORTS)),
          ...paging,
        }),
        response: { 200: PageOf(EventSummaryWire) },
      },
      config: { may: may.browse, shared: () => ({ milliseconds: 5_000 }) },
    },
    async (req) => {
      const { items, nextCursor } = await search.events(req.ctx, req.query)
      return { items: items.map(presentSummary), nextCursor }
    },
  )

  app.get(
    '/me/events',
    {
      schema: {
        tags,
        summary: 'My events, drafts included',
        querystring: Fields({ when: Type.Optional(OneOf(WHEN)), ...paging }),
        response: { 200: PageOf(EventSummaryWire) },
      },
      config: { may: may.seeMine },
    },
    async (req) => {
      const { when = 'all', ...page } = req.query
      const { items, nextCursor } = await search.events(req.ctx, {
        ...page,
        when,
        organizerId: signedIn(req).accountId,
        drafts: true,
        sort: when === 'upcoming' ? 'startsAt' : '-startsAt',
      })
      return { items: items.map(presentSummary), nextCursor }
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
        response: { 200: EventWire },
      },
      config: { may: may.see, shared: untilItsStatusChanges },
    },
    async (req, reply) => show(req, reply, req.params.eventId),
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
      await events.edit(req.ctx, req.params.eventId, req.body, { version: versionOf(req) })
      return show(req, reply, req.params.eventId)
    },
  )

  app.delete(
    '/events/:eventId',
    {
      schema: {
        tags,
        summary: 'Delete an event',
        description: 'One that people are registered for is cancelled first, so that they hear of it.',
        params: One,
        response: { 204: Type.Null() },
      },
      config: { may: may.delete },
    },
    async (req, reply) => {
      await events.remove(req.ctx, req.params.eventId)
      reply.code(204)
    },
  )

  app.put(
    '/events/:eventId/publication',
    {
      schema: { tags, summary: 'Publish an event', params: One, response: { 200: EventWire } },
      config: { may: may.publish, refuses: [AlreadyPublished, AlreadyCancelled, AlreadyOver] },
    },
    async (req, reply) => {
      await events.publish(req.ctx, req.params.eventId)
      return show(req, reply, req.params.eventId)
    },
  )

  app.put(
    '/events/:eventId/closure',
    {
      schema: { tags, summary: 'Close registration', params: One, response: { 200: EventWire } },
      config: { may: may.close, refuses: [NotPublished, AlreadyCancelled, AlreadyOver] },
    },
    async (req, reply) => {
      await events.close(req.ctx, req.params.eventId)
      return show(req, reply, req.params.eventId)
    },
  )

  app.delete(
    '/events/:eventId/closure',
    {
      schema: { tags, summary: 'Open registration again', params: One, response: { 200: EventWire } },
      config: { may: may.close, refuses: [AlreadyCancelled, AlreadyOver] },
    },
    async (req, reply) => {
      await events.reopen(req.ctx, req.params.eventId)
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
      config: { may: may.cancel, refuses: [NotPublished, AlreadyOver] },
    },
    async (req, reply) => {
      await events.cancel(req.ctx, req.params.eventId, req.body)
      return show(req, reply, req.params.eventId)
    },
  )

  app.get(
    '/categories',
    {
      schema: { tags, summary: 'Categories by name', response: { 200: Fields({ items: Type.Array(CategoryWire) }) } },
      config: { may: may.browse, shared: () => ({ milliseconds: 5_000 }) },
    },
    async (req) => ({ items: await categories.list(req.ctx) }),
  )

  app.post(
    '/categories',
    {
      schema: {
        tags,
        summary: 'Name a category',
        body: Fields({ name: Text(75, { min: 1 }), description: Type.Optional(Text(5000)) }),
        response: { 201: CategoryWire },
      },
      config: { may: may.nameCategories, creates: true, refuses: [CategoryNameTaken] },
    },
    async (req, reply) => {
      const category = await categories.create(req.ctx, req.body)
      reply.code(201)
      return category
    },
  )
}

async function show(req: FastifyRequest, reply: FastifyReply, idOrSlug: string) {
  const event = await search.event(req.ctx, idOrSlug)
  const answer = present(event, req.ctx.actor)
  // The version is what If-Match is about; the rest tells apart what changes beside it, like the seats.
  const rest = createHash('sha1').update(JSON.stringify(answer)).digest('base64url').slice(0, 16)
  reply.header('etag', `"${event.version}-${rest}"`).header('cache-control', 'private, no-cache')
  return answer
}

function versionOf(req: FastifyRequest): number | undefined {
  const given = req.headers['if-match']
  if (given === undefined || given === '*') return undefined
  return Number(/^(?:W\/)?"(\d+)(?:-[\w-]*)?"$/.exec(given)?.[1] ?? -1)
}

/** Should nobody ever tell that something changed, it is seen after so long. */
const LONGEST_KEPT = 10 * 60_000
/** The database judges by its clock: what has just become past here may be still to come there, and is not kept. */
const CLOCKS_DIFFER = 5_000

/** Status depends on the time: an answer is good until the next moment that changes it. */
function untilItsStatusChanges(
  event: { id: string; startsAt: string; endsAt: string; registrationDeadline: string | null },
  now: Date,
): Shared {
  const moments = [event.startsAt, event.endsAt, event.registrationDeadline ?? event.endsAt].map(
    (moment) => Date.parse(moment) - now.getTime(),
  )
  const next = Math.min(LONGEST_KEPT, ...moments.filter((moment) => moment > -CLOCKS_DIFFER))
  return { milliseconds: Math.max(0, next), eventId: event.id }
}
