import { may } from '#events/policy'
import type { App } from '#http/app'
import { cleanUp, type Cleaned } from './clean-up.ts'
import { CleanedUpWire, CleanUpBody, present } from './wire.ts'

const MOST = 500

/** What the nightly cleaning does, at once. */
export function cleanUpRoutes(app: App): void {
  app.post(
    '/events/clean-up',
    {
      schema: {
        tags: ['events'],
        summary: 'Clean up old events',
        description:
          'For admins. Erases events that ended long ago and that nobody ever registered for, was interested in or reviewed; ' +
          `archives the others. ${MOST} at a time, those that ended first; doing it twice does no harm.`,
        body: CleanUpBody,
        response: { 200: CleanedUpWire },
      },
      config: { may: may.cleanUp },
    },
    async (req) => {
      const events: Cleaned[] = []
      const done = await cleanUp(req.ctx, { ...req.body, most: MOST, each: (event) => events.push(event) })
      return present(done, events)
    },
  )
}
