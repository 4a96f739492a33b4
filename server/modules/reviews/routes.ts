import { Type } from 'typebox'
import type { App } from '#http/app'
import { Fields, PageOf, paging, Uuid } from '#http/wire'
import { may } from './policy.ts'
import { AlreadyReviewed, NotOverYet, WasNotThere } from './problems.ts'
import * as reviews from './reviews.ts'
import { liking, NewReview, present, presentReport, ReportBody, ReportWire, ReviewChanges, ReviewWire } from './wire.ts'

const OfEvent = Fields({ eventId: Uuid })
const One = Fields({ reviewId: Uuid })
const tags = ['reviews']

/** What people who were there say of events afterwards. */
export function reviewRoutes(app: App): void {
  app.get(
    '/events/:eventId/reviews',
    {
      schema: {
        tags,
        summary: 'What people say of an event',
        description: 'Newest first, with the average and the number of all of them.',
        params: OfEvent,
        querystring: Fields(paging),
        response: { 200: PageOf(ReviewWire, liking) },
      },
      config: { may: may.read },
    },
    async (req) => {
      const { items, ...rest } = await reviews.ofEvent(req.ctx, req.params.eventId, req.query)
      return { ...rest, items: items.map(present) }
    },
  )

  app.post(
    '/events/:eventId/reviews',
    {
      schema: {
        tags,
        summary: 'Review an event',
        description: 'Once, after the end, by who was there.',
        params: OfEvent,
        body: NewReview,
        response: { 201: ReviewWire },
      },
      config: { may: may.write, creates: true, refuses: [NotOverYet, WasNotThere, AlreadyReviewed] },
    },
    async (req, reply) => {
      const review = await reviews.write(req.ctx, req.params.eventId, req.body)
      reply.code(201)
      return present(review)
    },
  )

  app.patch(
    '/reviews/:reviewId',
    {
      schema: {
        tags,
        summary: 'Change your review',
        params: One,
        body: ReviewChanges,
        response: { 200: ReviewWire },
      },
      config: { may: may.edit },
    },
    async (req) => present(await reviews.edit(req.ctx, req.params.reviewId, req.body)),
  )

  app.delete(
    '/reviews/:reviewId',
    {
      schema: { tags, summary: 'Delete a review', params: One, response: { 204: Type.Null() } },
      config: { may: may.remove },
    },
    async (req, reply) => {
      await reviews.remove(req.ctx, req.params.reviewId)
      reply.code(204)
      return null
    },
  )

  app.put(
    '/reviews/:reviewId/report',
    {
      schema: {
        tags,
        summary: 'Report a review',
        description: 'Admins decide about it.',
        params: One,
        body: ReportBody,
        response: { 204: Type.Null() },
      },
      config: { may: may.report },
    },
    async (req, reply) => {
      await reviews.report(req.ctx, req.params.reviewId, req.body.reason)
      reply.code(204)
      return null
    },
  )

  app.get(
    '/review-reports',
    {
      schema: {
        tags,
        summary: 'Reviews that were reported',
        querystring: Fields(paging),
        response: { 200: PageOf(ReportWire) },
      },
      config: { may: may.hide },
    },
    async (req) => {
      const { items, nextCursor } = await reviews.reported(req.ctx, req.query)
      return { items: items.map(presentReport), nextCursor }
    },
  )

  app.put(
    '/reviews/:reviewId/hiding',
    {
      schema: { tags, summary: 'Hide a review', params: One, response: { 200: ReviewWire } },
      config: { may: may.hide },
    },
    async (req) => present(await reviews.hide(req.ctx, req.params.reviewId)),
  )

  app.delete(
    '/reviews/:reviewId/hiding',
    {
      schema: { tags, summary: 'Show a review again', params: One, response: { 200: ReviewWire } },
      config: { may: may.hide },
    },
    async (req) => present(await reviews.show(req.ctx, req.params.reviewId)),
  )
}
