import type { App } from '#http/app'
import { Fields, Uuid } from '#http/wire'
import * as analytics from './analytics.ts'
import { may } from './policy.ts'
import { EventNumbersWire, InstanceNumbersWire, MyNumbersWire, present } from './wire.ts'

const tags = ['analytics']

/** How events fill: for who runs one, for who runs several, and for who runs all this. */
export function analyticsRoutes(app: App): void {
  app.get(
    '/events/:eventId/analytics',
    {
      schema: {
        tags,
        summary: 'How an event fills',
        description:
          'For its organizer: who goes, waits and has left, who was there and how they liked it, and the registrations by day in the event’s zone.',
        params: Fields({ eventId: Uuid }),
        response: { 200: EventNumbersWire },
      },
      config: { may: may.seeEvent },
    },
    async (req) => analytics.ofEvent(req.ctx, req.params.eventId),
  )

  app.get(
    '/me/analytics',
    {
      schema: { tags, summary: 'How my events do together', response: { 200: MyNumbersWire } },
      config: { may: may.seeMine },
    },
    async (req) => present(await analytics.mine(req.ctx)),
  )

  app.get(
    '/analytics',
    {
      schema: { tags, summary: 'How the whole instance does', response: { 200: InstanceNumbersWire } },
      config: { may: may.seeInstance },
    },
    async (req) => present(await analytics.ofInstance(req.ctx)),
  )
}
