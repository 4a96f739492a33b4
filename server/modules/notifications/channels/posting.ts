import { FetchFailed, safeFetch, type SafeFetchResult } from '#kernel/safe-fetch'
import type { Outcome } from './channel.ts'

/** Milliseconds for all of a request, from the look-up of the name to the last byte of the answer. */
const TIMEOUT_MS = 5_000
const MOST_BYTES = 64 * 1024
const LONGEST_WAIT_S = 6 * 3_600
const RETRYABLE = [429, 500, 502, 503, 504]

export type Limits = { timeout?: number }
/** What is posted, and when an answer with a 2xx is a confirmation: undefined, or why it is not believed. */
type Posted = {
  headers: Record<string, string>
  body: string
  doubt: (answer: SafeFetchResult) => string | undefined
  /** What the answer of a refusal means where its status alone does not tell. */
  judge?: (answer: SafeFetchResult) => Partial<Extract<Outcome, { sent: false }>> | undefined
  now: number
}

/**
 * Posts one message to a server that the operator named, which may be a private one. Redirects are not followed: they
 * would take the message, and what lets us in, to somebody whom nobody named. Never rejects.
 */
export async function post(url: URL, posted: Posted, { timeout = TIMEOUT_MS }: Limits = {}): Promise<Outcome> {
  let answer: SafeFetchResult
  try {
    answer = await safeFetch(url, {
      method: 'POST',
      headers: { ...posted.headers, 'content-length': String(Buffer.byteLength(posted.body)) },
      body: posted.body,
      allowHttp: url.protocol === 'http:',
      ports: [Number(url.port || (url.protocol === 'http:' ? 80 : 443))],
      privateHosts: [url.hostname.replace(/^\[|\]$/g, '')],
      timeout,
      connectTimeout: Math.min(3_000, timeout),
      maxBytes: MOST_BYTES,
    })
  } catch (error) {
    if (!(error instanceof FetchFailed)) throw error
    const failed = { sent: false, final: false, error: error.message.slice(0, 200) } as const
    // Whoever was never reached has not heard it, and the message is not to blame. Otherwise it may have arrived.
    return error.connected && error.reason !== 'refused'
      ? { ...failed, destinationFailed: true }
      : { ...failed, channelDown: true }
  }
  const { status } = answer
  const failed = (error: string) => ({ sent: false, final: false, error: error.slice(0, 200) }) as const
  if (status >= 200 && status < 300) {
    const doubt = posted.doubt(answer)
    return doubt === undefined ? { sent: true } : { ...failed(`${status}, ${doubt}`), destinationFailed: true }
  }
  const judged = posted.judge?.(answer)
  if (judged) return { ...failed(`it answered ${status}`), ...judged }
  if (status === 401 || status === 403)
    return { ...failed(`it answered ${status}: what lets us in there is not right`), channelDown: true, notLetIn: true }
  if (status >= 300 && status < 400)
    return { ...failed(`it answered ${status}: redirects are not followed`), channelDown: true }
  if (RETRYABLE.includes(status))
    return { ...failed(`it answered ${status}`), destinationFailed: true, ...waitOf(answer, posted.now) }
  // Any other 4xx is about the message, which is the same the next time.
  if (status >= 400 && status < 500) return { ...failed(`it answered ${status}`), final: true }
  return { ...failed(`it answered ${status}`), destinationFailed: true }
}

/** What JSON the answer is, if it says that it is JSON and is. */
export function jsonOf({ headers, body }: SafeFetchResult): unknown {
  if (!/^application\/([\w.+-]+\+)?json\b/i.test(headers['content-type'] ?? '')) return undefined
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

/** Retry-After in seconds or as a date, six hours at most. */
function waitOf({ headers }: SafeFetchResult, now: number): { retryAfter?: number } {
  const said = headers['retry-after']
  if (said === undefined) return {}
  const seconds = /^\d+$/.test(said) ? Number(said) : (Date.parse(said) - now) / 1_000
  return seconds > 0 ? { retryAfter: Math.min(seconds, LONGEST_WAIT_S) } : {}
}
