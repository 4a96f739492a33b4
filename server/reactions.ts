import * as events from '#events'
import type { Reactions } from '#kernel/facts'
import * as notifications from '#notifications'
import * as seats from '#registrations/seats'

/** Who reacts to what happened: `now`, in the transaction that made it happen, or `later`, delivered by the relay. */
export const reactions: Reactions = {
  'venue.removed': { now: [events.keepPlace] },

  'event.created': { now: [seats.openSeats] },
  'event.resized': { now: [seats.resize] },
  'event.cancelled': { now: [seats.endAll], later: [notifications.tellEventCancelled] },

  'registration.going': { later: [notifications.confirm] },
  'registration.waitlisted': { later: [notifications.tellWaitlisted] },
  'registration.promoted': { later: [notifications.tellPromoted] },
  'registration.cancelled': { later: [notifications.tellCancelled] },
}
