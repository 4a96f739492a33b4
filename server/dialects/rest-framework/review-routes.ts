import { Type } from 'typebox'
import type { App } from '#http/app'
import { invalid, NotFound } from '#kernel/problem'
import * as reviews from '#reviews'
import { may } from '#reviews/policy'
import { AlreadyReviewed, NotOverYet, WasNotThere } from '#reviews/problems'
import * as search from '#search'
import { PageOf } from '#dialects/numbered-pages'
import { pageOf, paging, partOf } from './pages.ts'
import { presentReview, ReviewBody, ReviewWire } from './registration-wire.ts'
import { Anything, demandFields, One } from './wire.ts'

/** What those who were there say of an event. */
export function reviewRoutes(app: App): void {
  app.get(
    '/api/events/:id/reviews/',
    {
      config: { may: may.read, refuses: [NotFound] },
      schema: {
        summary: 'Reviews of an event',
        params: One,
        querystring: Type.Object(paging, Anything),
        response: { 200: PageOf(ReviewWire) },
      },
    },
    async (req) => {
      const part = partOf(req.query, 10)
      const event = await search.identify(req.ctx, req.params.id)
      const slice = await reviews.sliceOfEvent(req.ctx, event.id, part)
      return pageOf(req, part, slice, (review) => presentReview(review, event.number))
    },
  )

  app.post(
    '/api/events/:id/reviews/',
    {
      config: { may: may.write, refuses: [NotFound, NotOverYet, WasNotThere, AlreadyReviewed] },
      schema: {
        summary: 'Review an event',
        description: 'For who was there, once it is over.',
        params: One,
        body: ReviewBody,
        response: { 201: ReviewWire },
      },
    },
    async ({ ctx, params, body }, reply) => {
      demandFields(body, 'rating')
      const rating = Number(body.rating)
      if (!Number.isInteger(rating)) throw invalid({ '/rating': 'A valid integer is required.' })
      if (rating < 1) throw invalid({ '/rating': 'Ensure this value is greater than or equal to 1.' })
      if (rating > 5) throw invalid({ '/rating': 'Ensure this value is less than or equal to 5.' })
      const event = await search.identify(ctx, params.id)
      const review = await reviews.write(ctx, event.id, { rating, comment: body.comment ?? '' })
      reply.code(201)
      return presentReview(review, event.number)
    },
  )
}
