import type { App } from '#http/app'
import { Fields, PageOf, paging } from '#http/wire'
import * as audit from './audit.ts'
import { may } from './policy.ts'
import { EntryWire, Filters, present } from './wire.ts'

const tags = ['audit']

/** What happened here: all of it for admins, one's own for everybody. */
export function auditRoutes(app: App): void {
  app.get(
    '/audit',
    {
      schema: {
        tags,
        summary: 'What happened',
        description: 'For admins, newest first.',
        querystring: Filters,
        response: { 200: PageOf(EntryWire) },
      },
      config: { may: may.seeAll },
    },
    async (req) => {
      const { items, nextCursor } = await audit.list(req.ctx, req.query)
      return { items: items.map(present), nextCursor }
    },
  )

  app.get(
    '/me/activity',
    {
      schema: {
        tags,
        summary: 'What I did, and what was done to my account',
        querystring: Fields(paging),
        response: { 200: PageOf(EntryWire) },
      },
      config: { may: may.seeMine },
    },
    async (req) => {
      const { items, nextCursor } = await audit.mine(req.ctx, req.query)
      return { items: items.map(present), nextCursor }
    },
  )
}
