import { writing } from '#dialects/dialect'
import { may } from '#events/policy'
import type { App } from '#http/app'
import { Forbidden, SignInRequired } from '#kernel/problem'
import * as venues from '#venues'
import { VenueNameTaken } from '#venues/problems'
import { list } from './list.ts'
import { readArea } from './reading.ts'
import { AreaAnswer, AreaBody, enveloped, ListAnswer, ListQuery } from './wire.ts'

/** `/api/events/list` and `/api/events/areas/`; what it has at the addresses of others is in at-others.ts. */
export function eventsFaceRoutes(app: App): void {
  app.get(
    '/api/events/list',
    {
      config: { may: may.browse },
      schema: {
        summary: 'Events that are open',
        description: 'The last day comes first.',
        querystring: ListQuery,
        response: { 200: ListAnswer },
      },
    },
    async ({ ctx, query }) => list(ctx, query),
  )

  app.post(
    '/api/events/areas/',
    {
      config: { may: may.browse, refuses: [SignInRequired, Forbidden, VenueNameTaken] },
      schema: {
        summary: 'Add an area',
        description: 'A venue, of which this is the name.',
        body: AreaBody,
        response: { 201: AreaAnswer },
      },
    },
    async (req, reply) => {
      const { id, name } = await venues.create(await writing(req), readArea(req.body))
      reply.code(201)
      return enveloped({ id, name })
    },
  )
}
