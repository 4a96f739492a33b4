import { Type } from 'typebox'
import type { Dialect } from '#dialects/dialect'

/** The Flask exercise “event-manager” and what its later README adds: bare arrays, RFC 1123 dates, a message for everything. */
export const eventManager: Dialect = {
  tag: 'event-manager',
  words: {
    'not-found': 'Event not found',
    invalid: (refusal) => {
      const { errors = [] } = refusal.extensions as { errors?: { pointer: string; detail: string }[] }
      const isAbout = (name: string) => errors.some(({ pointer }) => pointer.endsWith(`/${name}`))
      if (isAbout('startsAt')) return 'Event already passed'
      return isAbout('email') ? 'Invalid email' : 'Invalid data format'
    },
    'bad-request': 'Invalid data format',
    'unsupported-media-type': 'Invalid data format',
    'too-large': 'Invalid data format',
    'sign-in-required': 'Log in as an organizer and send the token: Authorization: Bearer …',
    forbidden: 'This event is not yours to change',
    'too-many-requests': null,
    unavailable: null,
    internal: null,
    'accounts/invalid-token': null,
    'accounts/email-not-verified': null,
    'events/cancelled': null,
    'events/over': 'Event already passed',
    'events/not-published': 'Event not found',
    'registrations/event-cancelled': null,
    'registrations/event-past': 'Event already passed',
    'events/in-use': null,
    'events/rows-refused': (refusal) => refusal.detail ?? 'Invalid data format',
    'events/too-much-at-once': null,
    'payments/paid-for': null,
  },
  refusal: Type.Object({ message: Type.String() }),
  refuse: (_refusal, message, reply) => reply.send({ message }),
}
