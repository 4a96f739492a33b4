import type { Answer, Asked, Method, PathOf } from './operations'
import type { Problem } from './types'

const prefix = '/api/v1'

/** What a GET came to; the server renders with an in-process one, the browser with its own `fetch`. */
export type Get = (path: string) => Promise<{ status: number; body: unknown }>

/** A refusal of the API, or the network's failure to reach it (status 0). */
export class ApiError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title)
    this.problem = problem
  }

  get status() {
    return this.problem.status
  }
}

const unreachable: Problem = {
  type: 'about:blank',
  title: 'Turnout could not be reached',
  detail: 'Check your connection and try again.',
  status: 0,
}

async function request(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  let response: Response
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        // A form names its own boundary.
        ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined || body instanceof FormData ? body : JSON.stringify(body),
    })
  } catch {
    throw new ApiError(unreachable)
  }
  const text = await response.text()
  let parsed: unknown = null
  try {
    parsed = text ? JSON.parse(text) : null
  } catch {
    // A proxy's HTML error page: the status says all we can use.
  }
  return { status: response.status, body: parsed }
}

function refused(status: number, body: unknown): ApiError {
  const problem = (body ?? {}) as Partial<Problem>
  return new ApiError({ type: 'about:blank', title: 'Something went wrong', ...problem, status })
}

/** The browser's way to the API. */
export const browserGet: Get = (path) => request('GET', path)

/** Nothing to be given where nothing must be. */
type Given<Parts> = object extends Parts ? [asked?: Parts] : [asked: Parts]

type Values = { path?: Record<string, string>; query?: Record<string, string | number | boolean | null> }

// `/events/{eventId}` filled in, and the query without what is empty.
function addressOf(path: string, { path: values = {}, query = {} }: Values) {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''))
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') params.set(name, String(value))
  }
  return `${prefix}${filled}${params.size > 0 ? `?${params}` : ''}`
}

/** Reads one resource; a refusal throws. */
export async function read<P extends PathOf<'get'>>(
  get: Get,
  path: P,
  ...[asked]: Given<Asked<'get', P>>
): Promise<Answer<'get', P>> {
  const { status, body } = await get(addressOf(path, asked ?? {}))
  if (status >= 400) throw refused(status, body)
  return body as Answer<'get', P>
}

/** The same of what may be missing, or hidden from this visitor: then null. Where all reading takes a log-in, that is said. */
export async function readIfThere<P extends PathOf<'get'>>(
  get: Get,
  path: P,
  ...asked: Given<Asked<'get', P>>
): Promise<Answer<'get', P> | null> {
  return read(get, path, ...asked).catch((error: unknown) => {
    if (error instanceof ApiError && !error.problem.reading && (error.status === 401 || error.status === 404))
      return null
    throw error
  })
}

/**
 * `idempotencyKey` makes a repeated POST the same POST; `version` refuses when somebody else has changed the thing
 * since it was read.
 */
type Sure = { idempotencyKey?: string; version?: number }

/** Changes something; a refusal throws. */
export async function send<M extends Exclude<Method, 'get'>, P extends PathOf<M>>(
  method: M,
  path: P,
  ...[asked]: Given<Asked<M, P> & Sure>
): Promise<Answer<M, P>> {
  const { body, idempotencyKey, version, ...values } = (asked ?? {}) as Values & Sure & { body?: unknown }
  const headers: Record<string, string> = {}
  if (idempotencyKey) headers['idempotency-key'] = idempotencyKey
  if (version !== undefined) headers['if-match'] = `"${version}"`
  const answer = await request(method.toUpperCase(), addressOf(path, values), body, headers)
  if (answer.status >= 400) throw refused(answer.status, answer.body)
  return answer.body as Answer<M, P>
}
