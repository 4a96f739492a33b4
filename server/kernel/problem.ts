/** What a refusal is: a name to program against, a status, a title, and what this one adds. */
export class Refusal extends Error {
  constructor(
    readonly type: ProblemType,
    readonly detail?: string,
    readonly extensions: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail ?? type.title)
    this.name = 'Refusal'
  }

  /** The name to program against, like `registrations/event-full`. */
  get slug(): string {
    return this.type.slug
  }
}

/** Makes a refusal of its kind: `throw RegistrationClosed('The event has started.', { startedAt })`. */
export interface ProblemType {
  (detail?: string, extensions?: Record<string, unknown>): Refusal
  readonly slug: string
  readonly status: number
  readonly title: string
  readonly meaning: string
}

/** What a refusal says of itself, wherever it is written out; RFC 9457's members. */
export function told({ type, detail, extensions }: Refusal): Record<string, unknown> {
  return {
    type: `/problems/${type.slug}`,
    title: type.title,
    status: type.status,
    ...(detail ? { detail } : {}),
    ...extensions,
  }
}

const registry = new Map<string, ProblemType>()

/** Declares a refusal once, under the path that `/problems/<slug>` explains it at. */
export function problem(slug: string, status: number, title: string, meaning = title): ProblemType {
  if (registry.has(slug)) throw new Error(`problem ${slug} is declared twice`)
  const make = (detail?: string, extensions?: Record<string, unknown>) => new Refusal(type, detail, extensions)
  const type: ProblemType = Object.assign(make, { slug, status, title, meaning })
  registry.set(slug, type)
  return type
}

/** Every refusal this process can make, by slug. */
export function problems(): ReadonlyMap<string, ProblemType> {
  return registry
}

export const BadRequest = problem('bad-request', 400, 'The request could not be read')
export const SignInRequired = problem(
  'sign-in-required',
  401,
  'Log in first',
  'No valid token or session came with the request.',
)
export const Forbidden = problem('forbidden', 403, 'That is not yours to do')
export const NotFound = problem('not-found', 404, 'There is nothing here', 'It does not exist, or you may not see it.')
export const MethodNotAllowed = problem(
  'method-not-allowed',
  405,
  'That cannot be done here',
  'The address is right and the method is not: `Allow` names those that there are.',
)
export const Stale = problem('stale', 412, 'It was changed meanwhile', 'The If-Match header names an older version.')
export const TooLarge = problem('too-large', 413, 'The request body is too large')
export const AddressTooLong = problem('address-too-long', 414, 'The address is too long')
export const UnsupportedMediaType = problem('unsupported-media-type', 415, 'That kind of content is not read here')
export const Invalid = problem('invalid', 422, 'Some fields are not valid', '`errors` lists each with a JSON pointer.')
export const KeyReused = problem('idempotency-key-reused', 422, 'This Idempotency-Key was used for another request')
export const InFlight = problem('in-flight', 409, 'The same request is still being answered')
export const Unavailable = problem(
  'unavailable',
  503,
  'Not available right now',
  'Repeat the request after Retry-After seconds.',
)
export const Internal = problem('internal', 500, 'Something went wrong on our side')

/** A refusal of single fields that only the operation could judge. Pointers are RFC 6901, into the body. */
export function invalid(errors: Record<string, string>): Refusal {
  const list = Object.entries(errors).map(([pointer, detail]) => ({ pointer, detail }))
  return Invalid(list.map((error) => error.detail).join(' '), { errors: list })
}
