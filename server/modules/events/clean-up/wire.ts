import { Type, type Static } from 'typebox'
import { Fields, Instant, instant, OneOf, Uuid } from '#http/wire'
import type { Cleaned, CleanedUp } from './clean-up.ts'

export const MOST_DAYS = 36_500

export const CleanUpBody = Fields({
  days: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: MOST_DAYS,
      description: 'How long ago they ended, at least. Without it: CLEANUP_EVENTS_AFTER_DAYS.',
    }),
  ),
  dryRun: Type.Optional(
    Type.Boolean({ default: false, description: 'Only say what would be done; nothing is changed.' }),
  ),
})

export const CleanedUpWire = Fields({
  days: Type.Integer(),
  dryRun: Type.Boolean(),
  erased: Type.Integer({ description: 'Events that nobody ever used: they are gone.' }),
  archived: Type.Integer({ description: 'Events that people used: in no list any more.' }),
  left: Type.Integer({ description: 'Could not be cleaned up; the log says why.' }),
  more: Type.Boolean({ description: 'There are more: ask again.' }),
  events: Type.Array(
    Fields({ id: Uuid, title: Type.String(), endsAt: Instant, outcome: OneOf(['erased', 'archived']) }),
  ),
})

/** What was cleaned up, as the wire has it. */
export function present(done: CleanedUp, events: Cleaned[]): Static<typeof CleanedUpWire> {
  return { ...done, events: events.map((event) => ({ ...event, endsAt: instant(event.endsAt) })) }
}
