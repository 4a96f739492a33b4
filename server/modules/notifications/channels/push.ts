import { createHash } from 'node:crypto'
import webPush from 'web-push'
import type { Config } from '#config'
import { FetchFailed, safeFetch, type SafeFetchOptions } from '#kernel/safe-fetch'
import { vapidOf } from '#kernel/vapid'
import type { browsersIn } from '#subscriptions/browsers'
import { oneLine } from '#notifications/templates/layout'
import type { Channel, Message, Outcome } from './channel.ts'

type Limits = Pick<SafeFetchOptions, 'allowHttp' | 'ports' | 'privateHosts' | 'timeout'> & { now?: () => number }

/** Seconds that a push service keeps a message for, at most: what they all take. */
const LONGEST_KEPT = 28 * 86_400
/** Seconds to leave alone a service that does not believe who we are. */
const REFUSED_PAUSE = 900
const SIDE_BY_SIDE = 8
/** Milliseconds for all of a request. */
const TIMEOUT_MS = 5_000

/**
 * Pushes to browsers, each at the address that it gave us: public, by https, and read no further than it must be. Push
 * services are many and anybody can name one, so none of them, however it answers, keeps the others waiting.
 */
export function openPush(
  config: Pick<Config, 'baseUrl' | 'mailFrom' | 'secretKey' | 'vapid'>,
  browsers: ReturnType<typeof browsersIn>,
  { now = Date.now, ...limits }: Limits = {},
): Channel {
  const vapidDetails = { subject: subjectOf(config), ...vapidOf(config) }

  async function push(message: Message): Promise<Outcome> {
    const browser = await browsers.find(message.to.address)
    if (!browser) return { sent: false, final: true, error: 'the browser is gone' }
    const { glance } = message
    const left = glance ? Math.floor((glance.until.getTime() - now()) / 1_000) : LONGEST_KEPT
    const { endpoint, method, headers, body } = webPush.generateRequestDetails(browser, payloadOf(message, config), {
      vapidDetails,
      contentEncoding: 'aes128gcm',
      TTL: Math.max(60, Math.min(left, LONGEST_KEPT)),
      urgency: 'high',
      // A later one about the same event takes the place of what has not arrived.
      ...(glance && { topic: createHash('sha256').update(glance.about).digest('base64url').slice(0, 32) }),
    })
    const plain = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
    await message.beforeEnd?.()
    const answer = await safeFetch(endpoint, {
      ...{ method: method as 'POST', headers: plain, body: body ?? '', maxBytes: 16_384, timeout: TIMEOUT_MS },
      ...limits,
    })
    if (answer.status === 404 || answer.status === 410) await browsers.drop(message.to.address, browser.endpoint)
    return outcomeOf(answer.status, secondsOf(answer.headers['retry-after'], now()))
  }

  return {
    sideBySide: SIDE_BY_SIDE, // the topic has a double take the place of the first
    send: (message) => push(message).catch((error: unknown) => failure(error)),
    close: () => undefined,
  }
}

/** At most 3 KB, of the 4 that push services take: the words are cut, the address is not. */
function payloadOf({ subject, glance }: Message, { baseUrl }: Pick<Config, 'baseUrl'>): string {
  const { body = '', url = baseUrl, about } = glance ?? {}
  const said = { title: oneLine(subject, 120), body: oneLine(body, 300), url, tag: about }
  const text = JSON.stringify(said)
  return Buffer.byteLength(text) <= 3_072 ? text : JSON.stringify({ ...said, body: '', url: baseUrl })
}

function outcomeOf(status: number, retryAfter: number | undefined): Outcome {
  if (status >= 200 && status < 300) return { sent: true }
  const error = `the push service answered ${status}`
  if (status === 404 || status === 410) return { sent: false, final: true, error: `${error}: the browser has ended it` }
  if (status === 401 || status === 403)
    return { sent: false, final: false, error: `${error}: it does not take our key`, retryAfter: REFUSED_PAUSE }
  const final = status < 500 && status !== 408 && status !== 425 && status !== 429
  return { sent: false, final, error, ...(retryAfter === undefined ? {} : { retryAfter }) }
}

function failure(error: unknown): Outcome {
  if (error instanceof FetchFailed)
    return { sent: false, final: error.reason === 'refused', error: `the push service: ${error.message}` }
  const reason = (error as Error).message
  return { sent: false, final: /p256dh|auth|public key|endpoint/i.test(reason), error: `it was not pushed: ${reason}` }
}

/** `Retry-After` in seconds: a number of them, or a date. */
function secondsOf(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - now) / 1_000
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 86_400) : undefined
}

/** Whom a push service writes to when we do something wrong. */
function subjectOf({ baseUrl, mailFrom }: Pick<Config, 'baseUrl' | 'mailFrom'>): string {
  if (baseUrl.startsWith('https:')) return baseUrl
  return `mailto:${/<([^>]+)>/.exec(mailFrom)?.[1] ?? mailFrom}`
}
