import type { Dialect } from '#dialects/dialect'
import type { Refusal } from '#kernel/problem'
import { shares } from './at-others.ts'
import { Refused } from './wire.ts'

const CLOSED = 'Event is closed'

/** Events-Face: areas, events of a day and their visitors; answers in an envelope, days as MM.DD.YYYY. */
export const eventsFace: Dialect = {
  tag: 'events-face',
  words: {
    'not-found': 'Not found.',
    invalid: null,
    'bad-request': (refusal) => refusal.detail ?? 'The request could not be read.',
    'unsupported-media-type': 'Send JSON or a form.',
    'too-large': null,
    'sign-in-required': 'Authentication credentials were not provided.',
    forbidden: 'You do not have permission to perform this action.',
    'too-many-requests': 'Request was throttled.',
    unavailable: null,
    internal: 'A server error occurred.',
    'accounts/invalid-token': 'Given token not valid for any token type',
    'accounts/email-not-verified': null,
    'venues/name-taken': 'This name already exists. Please try another.',
    'registrations/already-registered': 'Registration already exists',
    'registrations/event-full': 'Event is full',
    'registrations/closed': CLOSED,
    'registrations/event-past': CLOSED,
    'registrations/event-cancelled': CLOSED,
  },
  statuses: {
    'venues/name-taken': 422,
    'registrations/already-registered': 400,
    'registrations/event-full': 400,
    'registrations/closed': 400,
    'registrations/event-past': 400,
    'registrations/event-cancelled': 400,
  },
  refusal: Refused,
  refuse(refusal, words, reply) {
    const faults = faultsOf(refusal, words)
    if (faults) return reply.send({ data: {}, meta: {}, errors: faults })
    const code = refusal.slug === 'accounts/invalid-token' ? { code: 'token_not_valid' } : {}
    return reply.send({ detail: words, ...code, data: {}, meta: {}, errors: [{ field: NO_FIELD, messages: [words] }] })
  },
  shares,
}

const NO_FIELD = 'non_field_errors'

/** What the core calls otherwise. */
const NAMES: Record<string, string> = {
  '': NO_FIELD,
  title: 'name',
  startsAt: 'event_datetime',
  endsAt: 'event_datetime',
  registrationDeadline: 'registration_deadline',
  venueId: 'area',
}
/** And says otherwise. */
const MESSAGES: Record<string, string> = {
  'The start has passed.': 'Event datetime cannot be in the past.',
  'There is no such venue.': 'Event area does not exist.',
}

type Fault = { field: string; messages: string[] }

/** Each field with all that is wrong with it; undefined where it is no matter of fields. */
function faultsOf({ slug, extensions }: Refusal, words: string): Fault[] | undefined {
  if (slug === 'venues/name-taken') return [{ field: 'name', messages: [words] }]
  const { errors } = extensions as { errors?: { pointer: string; detail: string }[] }
  if (slug !== 'invalid' || !errors?.length) return undefined
  const faults = new Map<string, string[]>()
  for (const { pointer, detail } of errors) {
    const name = pointer.split('/').at(-1)!
    const field = NAMES[name] ?? name
    faults.set(field, [...(faults.get(field) ?? []), MESSAGES[detail] ?? detail])
  }
  return [...faults].map(([field, messages]) => ({ field, messages }))
}
