import { Type } from 'typebox'
import { may } from '#events/policy'
import type { App } from '#http/app'
import { Fields, PageOf, paging, Uuid } from '#http/wire'
import * as past from './past.ts'
import { present, StateWire, VersionWire } from './wire.ts'

const tags = ['events']

/** What became of an event. */
export function pastRoutes(app: App): void {
  app.get(
    '/events/:eventId/history',
    {
      schema: {
        tags,
        summary: 'Who changed what of an event',
        description: 'For its organizer, newest first.',
        params: Fields({ eventId: Uuid }),
        querystring: Fields(paging),
        response: { 200: PageOf(VersionWire) },
      },
      config: { may: may.seeHistory },
    },
    async (req) => {
      const { items, nextCursor } = await past.history(req.ctx, req.params.eventId, req.query)
      return { items: items.map(present), nextCursor }
    },
  )

  app.get(
    '/events/:eventId/history/:version',
    {
      schema: {
        tags,
        summary: 'An event as it was at a version',
        params: Fields({ eventId: Uuid, version: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }) }),
        response: { 200: StateWire },
      },
      config: { may: may.seeHistory },
    },
    async (req) => past.asOf(req.ctx, req.params.eventId, req.params.version),
  )
}
