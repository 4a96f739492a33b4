import { setTimeout as delay } from 'node:timers/promises'
import { FetchFailed, safeFetch, type SafeFetchResult } from '#kernel/safe-fetch'
import { isFailure, type Failure } from './providers/provider.ts'

// How a provider is asked: by the guarded fetch, with patience that ends. What is not an answer comes back as a Failure.

export const LARGEST_PAGE = 32 * 1_048_576
const REDIRECTS = 3
/** Pauses before another try, in ms. A provider may ask for a longer one. */
const PAUSES = [500, 2_000]
const LONGEST_PAUSE_S = 30

export type Asking = {
  /** What the operator named: it may have a private address, and is the only one to hear our token. */
  home: URL
  headers?: Record<string, string>
  /** Whether somebody waits for the answer: then it is asked once. */
  hurried?: boolean
  timeout?: number
}

/** The body of a 200, or why there is none. */
export async function ask(url: URL, asking: Asking): Promise<Buffer | Failure> {
  for (const pause of [...(asking.hurried ? [] : PAUSES), null]) {
    const answer = await follow(url, asking)
    if (!('failed' in answer)) return answer
    const wait = answer.retryAfter ?? 0
    if (pause === null || !answer.again || wait > LONGEST_PAUSE_S) return failureOf(answer)
    await delay(Math.max(wait * 1_000, pause * (0.5 + Math.random() / 2)))
  }
  throw new Error('unreachable')
}

/** The same, read as JSON. */
export async function askJson(url: URL, asking: Asking): Promise<{ json: unknown; bytes: number } | Failure> {
  const body = await ask(url, asking)
  if (isFailure(body)) return body
  try {
    return { json: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)), bytes: body.length }
  } catch {
    return { failed: 'The answer is not JSON.' }
  }
}

/** An object below an API's address, by a query whose empty parts are left out. */
export async function askObject(
  asking: Asking,
  path: string,
  query: Record<string, string>,
): Promise<Record<string, unknown> | Failure> {
  const target = new URL(`${asking.home.pathname.replace(/\/$/, '')}${path}`, asking.home)
  for (const [name, value] of Object.entries(query)) if (value) target.searchParams.set(name, value)
  const answer = await askJson(target, asking)
  if (isFailure(answer)) return answer
  const { json } = answer
  const isObject = typeof json === 'object' && json !== null && !Array.isArray(json)
  return isObject ? (json as Record<string, unknown>) : { failed: 'The answer is no object.' }
}

type Miss = Failure & { again: boolean }

async function follow(url: URL, asking: Asking): Promise<Buffer | Miss> {
  let target = url
  for (let hops = 0; hops <= REDIRECTS; hops++) {
    const answer = await request(target, asking)
    if ('failed' in answer) return answer
    const { status, headers, body } = answer
    if (status === 200) return body
    if ([301, 302, 303, 307, 308].includes(status) && headers.location) {
      if (!URL.canParse(headers.location, target)) return { failed: 'It sends us to no address.', again: false }
      target = new URL(headers.location, target)
      continue
    }
    return missOf(status, headers['retry-after'])
  }
  return { failed: 'It sends us from one address to the next.', again: false }
}

async function request(target: URL, { home, headers = {}, timeout }: Asking): Promise<SafeFetchResult | Miss> {
  const isHome = target.host === home.host
  try {
    return await safeFetch(target, {
      headers: { accept: 'application/json, text/calendar;q=0.9, */*;q=0.1', 'user-agent': 'Turnout', ...(isHome ? headers : {}) }, // prettier-ignore
      privateHosts: isHome ? [home.hostname.replace(/^\[|\]$/g, '')] : [],
      allowHttp: home.protocol === 'http:',
      ports: home.port ? [Number(home.port)] : [],
      maxBytes: LARGEST_PAGE,
      timeout,
    })
  } catch (error) {
    if (!(error instanceof FetchFailed)) throw error
    const words = {
      refused: `It was not asked: ${error.message}.`,
      timeout: `It took too long: ${error.message}.`,
      'too-large': `Its answer is too large: ${error.message}.`,
      unreachable: 'It could not be reached, or broke off.',
    }
    return { failed: words[error.reason], again: error.reason === 'unreachable' }
  }
}

function missOf(status: number, retryAfter: string | undefined): Miss {
  const seconds = Number(retryAfter)
  const wait = retryAfter === undefined ? undefined : Number.isFinite(seconds) ? seconds : (Date.parse(retryAfter) - Date.now()) / 1_000 // prettier-ignore
  const pause = wait !== undefined && Number.isFinite(wait) ? { retryAfter: Math.max(0, Math.ceil(wait)) } : {}
  if (status === 401 || status === 403) return { failed: `It does not know our key: ${status}.`, again: false }
  if (status === 404) return { failed: 'It has nothing there: 404.', isMissing: true, again: false }
  if (status === 429) return { failed: 'It is asked too often: 429.', again: true, ...pause }
  return { failed: `It answered ${status}.`, again: status >= 500, ...(status >= 500 ? pause : {}) }
}

function failureOf({ again: _, ...failure }: Miss): Failure {
  return failure
}
