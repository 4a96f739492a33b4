import { createHash } from 'node:crypto'
import { Type } from 'typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { EmailNotVerified } from '#accounts/problems'
import { AlreadyCancelled, AlreadyOver } from '#events/problems'
import type { App } from '#http/app'
import { seenBy } from '#http/if-match'
import { Fields, Instant, Text, Uuid } from '#http/wire'
import { Stale } from '#kernel/problem'
import { PaidFor } from '#payments/problems'
import { CapacityBelowTaken } from '#registrations/problems'
import { change } from './changing.ts'
import { may } from './policy.ts'
import { AlreadyBegun, AlreadyInSeries, SeriesEnded } from './problems.ts'
import * as series from './series.ts'
import { preview, show } from './showing.ts'
import { NewSeries, present, presentPreview, PreviewWire, RuleText, SeriesChanges, SeriesWire } from './wire.ts'

const One = Fields({ seriesId: Uuid })
const tags = ['series']
/** Bytes: a description may be 20,000 characters of four bytes each. */
const LONG = 128 * 1024

const From = Type.Optional({ ...Uuid, description: 'The occurrence from which on; otherwise all to come.' })

/** Events that repeat. Each occurrence is an event like any other; these routes are for several together. */
export function seriesRoutes(app: App): void {
  app.get(
    '/recurrences',
    {
      schema: {
        tags,
        summary: 'What a recurrence rule gives',
        description: 'The first ten starts, on the wall clock of the zone through every change of the clocks.',
        querystring: Fields({ rule: RuleText, startsAt: Instant, zone: Text(64, { min: 1 }) }),
        response: { 200: PreviewWire },
      },
      config: { may: may.preview },
    },
    async (req) => presentPreview(preview(req.ctx, req.query)),
  )

  app.post(
    '/series',
    {
      bodyLimit: LONG,
      schema: {
        tags,
        summary: 'Begin a recurring event',
        description: 'As drafts, made as far ahead as the horizon reaches. Each has seats of its own.',
        body: NewSeries,
        response: { 201: SeriesWire },
      },
      config: { may: may.create, creates: true },
    },
    async (req, reply) => {
      const seriesId = await series.create(req.ctx, req.body)
      reply.code(201)
      return answer(req, reply, seriesId)
    },
  )

  app.post(
    '/events/:eventId/series',
    {
      schema: {
        tags,
        summary: 'Repeat an event',
        description: 'It becomes the first of a series, with its registrations; the others are published if it is.',
        params: Fields({ eventId: Uuid }),
        body: Fields({ rule: RuleText }),
        response: { 201: SeriesWire },
      },
      config: {
        may: may.repeat,
        creates: true,
        refuses: [AlreadyInSeries, AlreadyBegun, AlreadyCancelled, AlreadyOver],
      },
    },
    async (req, reply) => {
      const seriesId = await series.repeat(req.ctx, req.params.eventId, req.body.rule)
      reply.code(201)
      return answer(req, reply, seriesId)
    },
  )

  app.get(
    '/series/:seriesId',
    {
      schema: {
        tags,
        summary: 'One series',
        description: 'Its occurrences are in the list of events, by `seriesId`.',
        params: One,
        response: { 200: SeriesWire },
      },
      config: { may: may.see },
    },
    async (req, reply) => answer(req, reply, req.params.seriesId),
  )

  app.patch(
    '/series/:seriesId',
    {
      bodyLimit: LONG,
      schema: {
        tags,
        summary: 'Change all occurrences to come, or this and those that follow',
        description:
          'With `from` those that follow go on as a series of their own, which is the answer. What has begun, and what was changed for one occurrence alone, stays. People keep their places, also at other times; by another rule, occurrences are kept by date, and the others go, called off where somebody is registered. `If-Match` with the ETag refuses when somebody was faster.',
        params: One,
        body: SeriesChanges,
        response: { 200: SeriesWire },
      },
      config: {
        may: may.edit,
        refuses: [Stale, CapacityBelowTaken, AlreadyBegun, SeriesEnded, AlreadyCancelled, AlreadyOver],
      },
    },
    async (req, reply) => answer(req, reply, await change(req.ctx, req.params.seriesId, req.body, seenBy(req))),
  )

  app.put(
    '/series/:seriesId/publication',
    {
      schema: {
        tags,
        summary: 'Publish a series',
        description: 'Its drafts, and from then on every occurrence when it is made.',
        params: One,
        response: { 200: SeriesWire },
      },
      config: { may: may.publish, refuses: [Stale, SeriesEnded, EmailNotVerified] },
    },
    async (req, reply) => {
      await series.publish(req.ctx, req.params.seriesId, seenBy(req))
      return answer(req, reply, req.params.seriesId)
    },
  )

  app.put(
    '/series/:seriesId/cancellation',
    {
      schema: {
        tags,
        summary: 'Cancel a series, or this and those that follow',
        description: 'Whoever has a place gets a mail for each occurrence. What has begun stays; drafts are deleted.',
        params: One,
        body: Fields({
          from: From,
          reason: Type.Optional(Text(1000, { description: 'Told in the mails.' })),
        }),
        response: { 200: SeriesWire },
      },
      config: { may: may.cancel, refuses: [Stale, AlreadyBegun] },
    },
    async (req, reply) => {
      await series.cancel(req.ctx, req.params.seriesId, { ...req.body, ...seenBy(req) })
      return answer(req, reply, req.params.seriesId)
    },
  )

  app.delete(
    '/series/:seriesId',
    {
      schema: {
        tags,
        summary: 'Delete a series, or this and those that follow',
        description:
          'What has begun stays. What people are registered for is cancelled first, so that they hear of it. One that people have paid for is not deleted before you have cancelled it.',
        params: One,
        querystring: Fields({ from: From }),
        response: { 204: Type.Null() },
      },
      config: { may: may.delete, refuses: [Stale, AlreadyBegun, PaidFor] },
    },
    async (req, reply) => {
      await series.remove(req.ctx, req.params.seriesId, { ...req.query, ...seenBy(req) })
      reply.code(204)
    },
  )
}

async function answer(req: FastifyRequest, reply: FastifyReply, seriesId: string) {
  const seen = await show(req.ctx, seriesId)
  const body = present(seen, req.ctx.actor)
  const rest = createHash('sha1').update(JSON.stringify(body)).digest('base64url').slice(0, 16)
  reply.header('etag', `"${seen.version}-${rest}"`).header('cache-control', 'private, no-cache')
  return body
}
