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

/** Query values without the empty ones, as `?a=b` or nothing. */
export function queryString(query: Record<string, string | number | boolean | null | undefined>) {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') params.set(name, String(value))
  }
  const text = params.toString()
  return text ? `?${text}` : ''
}

async function request(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  let response: Response
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
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

/** Reads one resource; a refusal throws. */
export async function read<T>(get: Get, path: string): Promise<T> {
  const { status, body } = await get(prefix + path)
  if (status >= 400) throw refused(status, body)
  return body as T
}

/** Reads what may be missing, or hidden from this visitor: then null. */
export async function readIfThere<T>(get: Get, path: string): Promise<T | null> {
  const { status, body } = await get(prefix + path)
  if (status === 401 || status === 404) return null
  if (status >= 400) throw refused(status, body)
  return body as T
}

/**
 * Changes something; a refusal throws. `idempotencyKey` makes a repeated POST the same POST; `version` refuses when
 * somebody else has changed the thing since it was read.
 */
export async function send<T>(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  sure: { idempotencyKey?: string; version?: number } = {},
): Promise<T> {
  const headers: Record<string, string> = {}
  if (sure.idempotencyKey) headers['idempotency-key'] = sure.idempotencyKey
  if (sure.version !== undefined) headers['if-match'] = `"${sure.version}"`
  const answer = await request(method, prefix + path, body, headers)
  if (answer.status >= 400) throw refused(answer.status, answer.body)
  return answer.body as T
}
