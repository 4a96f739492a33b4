import { Type } from 'typebox'
import type { Dialect } from '#dialects/dialect'
import { ENDS_TOO_EARLY } from '#events/schedule'
import type { Refusal } from '#kernel/problem'

/** The demonstrator on Django REST Framework with its browsable API: hyperlinks, pages of ten, and pages for people. */
export const browsableApi: Dialect = {
  tag: 'browsable-api',
  words: {
    'not-found': (refusal) => refusal.detail ?? 'Not found.',
    invalid: null,
    'bad-request': (refusal) => refusal.detail ?? 'The request could not be read.',
    'unsupported-media-type': 'Unsupported media type in request: send JSON or a form.',
    'too-large': null,
    'method-not-allowed': null,
    'sign-in-required': 'Authentication credentials were not provided.',
    forbidden: (refusal) => refusal.detail ?? 'You do not have permission to perform this action.',
    'too-many-requests': 'Request was throttled.',
    unavailable: null,
    internal: 'A server error occurred.',
    'accounts/invalid-token': 'Invalid token.',
    'accounts/cross-site': 'CSRF Failed: the request came from another site.',
    'accounts/email-not-verified': null,
    'events/cancelled': null,
    'events/over': null,
    'events/in-use': null,
    'events/category-name-taken': 'category with this name already exists.',
    'payments/paid-for': null,
    'venues/name-taken': 'location with this name already exists.',
  },
  statuses: { invalid: 400, 'events/category-name-taken': 400, 'venues/name-taken': 400 },
  refusal: Type.Union([
    Type.Object({ detail: Type.String() }),
    Type.Record(Type.String(), Type.Array(Type.String()), { description: 'What is wrong with each field.' }),
  ]),
  refuse(refusal, words, reply) {
    if (refusal.slug.endsWith('name-taken')) return reply.send({ name: [words] })
    return reply.send(faultsOf(refusal) ?? { detail: words })
  },
}

/** What the core calls otherwise, and what is said of it there. */
const FIELDS: Record<string, string> = { startsAt: 'start_time', endsAt: 'end_time' }
const LINKS: Record<string, string> = { venueId: 'location', categoryId: 'category' }

/** Each field with all that is wrong with it; undefined where it is no matter of fields. */
function faultsOf({ slug, extensions }: Refusal): Record<string, string[]> | undefined {
  const { errors } = extensions as { errors?: { pointer: string; detail: string }[] }
  if (slug !== 'invalid' || !errors?.length) return undefined
  const faults = new Map<string, string[]>()
  for (const { pointer, detail } of errors) {
    const [field, words] = worded(pointer.replace(/^\/(query|headers|params)(?=\/)/, '').split('/')[1] ?? '', detail)
    faults.set(field, [...(faults.get(field) ?? []), words])
  }
  return Object.fromEntries(faults)
}

function worded(name: string, detail: string): [field: string, words: string] {
  if (detail === ENDS_TOO_EARLY) return ['non_field_errors', 'Start time must come before end time']
  if (name === '') return ['non_field_errors', 'Invalid data. Expected a dictionary.']
  if (LINKS[name]) return [LINKS[name], 'Invalid hyperlink - Object does not exist.']
  return [FIELDS[name] ?? name, detail]
}
