import { Type } from 'typebox'
import type { Dialect } from '#dialects/dialect'
import type { Refusal } from '#kernel/problem'

/** The two systems on Django REST Framework, which share a tree: JSON objects in snake_case, pages by number, `detail` or lists of faults. */
export const restFramework: Dialect = {
  tag: 'rest-framework',
  words: {
    'not-found': (refusal) => refusal.detail ?? 'Not found.',
    invalid: null,
    'bad-request': (refusal) => refusal.detail ?? 'The request could not be read.',
    'unsupported-media-type': 'Send JSON or a form.',
    'too-large': null,
    'sign-in-required': 'Authentication credentials were not provided.',
    forbidden: (refusal) => refusal.detail ?? 'You do not have permission to perform this action.',
    'too-many-requests': 'Request was throttled.',
    unavailable: null,
    internal: 'A server error occurred.',
    'accounts/invalid-token': 'Token is invalid or expired',
    'accounts/bad-credentials': 'No active account found with the given credentials',
    'accounts/second-factor-required':
      'Two-factor is on for this account, and there is no place for a code here: log in at /api/v1/sessions.',
    'accounts/username-taken': 'A user with that username already exists.',
    'accounts/wrong-password': 'Old password is not correct',
    'accounts/proof-required': 'Log in again to change the e-mail address.',
    'accounts/email-not-verified': null,
    'events/cancelled': null,
    'events/over': null,
    'events/not-published': null,
    'events/in-use': null,
    'payments/paid-for': null,
    'registrations/capacity-below-taken': null,
    'registrations/already-registered': 'You are already registered for this event.',
    'registrations/event-full': 'This event is full.',
    'registrations/event-past': 'Cannot register for past events.',
    'registrations/event-cancelled': 'This event is not active.',
    'registrations/closed': 'This event is not active.',
    'reviews/not-over-yet': null,
    'reviews/was-not-there': null,
    'reviews/already-reviewed': 'You have already reviewed this event.',
    'sync/provider-not-set': null,
    'sync/provider-failed': null,
    'sync/imported-already': null,
  },
  statuses: {
    invalid: 400,
    'accounts/username-taken': 400,
    'accounts/wrong-password': 400,
    'registrations/capacity-below-taken': 400,
    'registrations/already-registered': 400,
    'registrations/event-full': 400,
    'registrations/event-past': 400,
    'registrations/event-cancelled': 400,
    'registrations/closed': 400,
    'reviews/not-over-yet': 400,
    'reviews/already-reviewed': 400,
  },
  refusal: Type.Union([
    Type.Object({ detail: Type.String() }),
    Type.Record(Type.String(), Type.Array(Type.String()), { description: 'What is wrong with each field.' }),
  ]),
  refuse(refusal, words, reply) {
    const field = FIELDS[refusal.slug]
    if (field) return reply.send({ [field]: [words] })
    const faults = faultsOf(refusal, reply.request.body)
    if (faults) return reply.send(faults)
    const code = refusal.slug === 'accounts/invalid-token' ? { code: 'token_not_valid' } : {}
    return reply.send({ detail: words, ...code })
  },
}

/** Refusals that are about one field there. */
const FIELDS: Record<string, string> = {
  'accounts/username-taken': 'username',
  'accounts/wrong-password': 'old_password',
  'registrations/capacity-below-taken': 'max_attendees',
}

/** What the core calls otherwise; the rest differs in its spelling alone. */
const NAMES: Record<string, string> = {
  endsAt: 'end_time',
  capacity: 'max_attendees',
  place: 'location',
}

/** Each field with all that is wrong with it; undefined where it is no matter of fields. */
function faultsOf({ slug, extensions }: Refusal, body: unknown): Record<string, string[]> | undefined {
  const { errors } = extensions as { errors?: { pointer: string; detail: string }[] }
  if (slug !== 'invalid' || !errors?.length) return undefined
  const faults = new Map<string, string[]>()
  for (const { pointer, detail } of errors) {
    const [name = ''] = pointer.replace(/^\/(query|headers|params)(?=\/)/, '').split('/').slice(1) // prettier-ignore
    const field = nameOf(name, body)
    faults.set(field, [...(faults.get(field) ?? []), detail])
  }
  return Object.fromEntries(faults)
}

function nameOf(name: string, body: unknown): string {
  if (name === '') return 'non_field_errors'
  // Whichever of its two names the start was sent under.
  if (name === 'startsAt') return body && typeof body === 'object' && 'start_time' in body ? 'start_time' : 'date'
  return NAMES[name] ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
