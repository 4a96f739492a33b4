import { randomBytes } from 'node:crypto'
import { Redis } from 'ioredis'
import type { Ctx } from '#kernel/ctx'
import { FetchFailed, safeFetch } from '#kernel/safe-fetch'
import { isSignedBy } from '#kernel/signing'
import { fail, ok, warn, type Finding } from './finding.ts'

// What we reach, and how we are reached.

const PATIENCE_MS = 8_000

/** Whether the mail server lets us in. */
export async function mail(ctx: Ctx): Promise<Finding> {
  const { smtp } = ctx.config
  if (!smtp)
    return warn(
      'mail',
      'No mail server is set up.',
      'Set SMTP_HOST, SMTP_PORT and MAIL_FROM: messages wait until then.',
    )
  const fault = (await ctx.channels.email?.reach?.()) ?? null
  const where = `${smtp.host}:${smtp.port}`
  if (fault !== null)
    return fail(
      'mail',
      `The mail server ${where} does not let us in: ${fault}.`,
      'Compare SMTP_HOST, SMTP_PORT, SMTP_TLS and the log-in with what your provider says.',
    )
  if (smtp.password && smtp.tls === 'off')
    return warn(
      'mail',
      `The mail server ${where} gets our password in the clear.`,
      'Set SMTP_TLS to starttls or implicit.',
    )
  return ok('mail', `The mail server ${where} lets us in.`)
}

/**
 * Whether people reach us by BASE_URL, through whatever stands in front. What answers has to show that it has our key:
 * any of our processes may, and nobody else's.
 */
export async function reach({ config }: Ctx): Promise<Finding> {
  const { baseUrl } = config
  const base = new URL(baseUrl)
  const nonce = randomBytes(16).toString('base64url')
  const port = Number(base.port || (base.protocol === 'https:' ? 443 : 80))
  try {
    const answer = await safeFetch(`${baseUrl}/health/live?nonce=${nonce}`, {
      privateHosts: [base.hostname.replace(/^\[|\]$/g, '')],
      allowHttp: true,
      ports: [port],
      timeout: PATIENCE_MS,
      maxBytes: 64 * 1024,
    })
    if (answer.status >= 300 && answer.status < 400)
      return fail(
        'base url',
        `${baseUrl} sends people on to another address.`,
        'Set BASE_URL to the address that they end up at.',
      )
    if (answer.status === 421)
      return fail(
        'base url',
        `What answers at ${baseUrl} does not know that name.`,
        'Have the proxy pass `Host` on, or name what it sends in ALLOWED_HOSTS.',
      )
    const { proof } = read(answer.body)
    if (typeof proof !== 'string' || !isSignedBy(config.secretKey, 'health', nonce, proof))
      return fail(
        'base url',
        `Something else answers at ${baseUrl} (${answer.status}).`,
        'Point BASE_URL, its DNS and the proxy at this instance; all its processes have one SECRET_KEY.',
      )
  } catch (error) {
    if (!(error instanceof FetchFailed)) throw error
    return fail(
      'base url',
      `Nobody answers at ${baseUrl}: ${error.message}.`,
      'Is `serve` running, does the proxy pass to it, and does this machine reach its own name?',
    )
  }
  if (config.mode === 'production' && base.protocol === 'http:')
    return warn(
      'base url',
      `We answer at ${baseUrl}, without encryption.`,
      'Put a proxy with TLS in front and set BASE_URL to https.',
    )
  return ok('base url', `We answer at ${baseUrl}.`)
}

function read(body: Buffer): { proof?: unknown } {
  try {
    const value: unknown = JSON.parse(body.toString())
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

/** Whether Redis answers, where there is to be one. */
export async function redis({ config }: Ctx): Promise<Finding> {
  if (!config.redisUrl) return ok('redis', 'There is to be no Redis; the database counts.')
  const client = new Redis(config.redisUrl, {
    lazyConnect: true,
    connectTimeout: 2_000,
    commandTimeout: 2_000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  })
  let reason = ''
  client.on('error', (error: Error & { code?: string }) => (reason = error.code ?? error.message))
  try {
    await client.connect()
    const began = performance.now()
    await client.ping()
    return ok('redis', `Redis answers in ${Math.round(performance.now() - began)} ms.`)
  } catch (error) {
    return warn(
      'redis',
      `Redis does not answer: ${reason || (error as Error).message}.`,
      'Compare REDIS_URL with where it runs; meanwhile the database counts.',
    )
  } finally {
    client.disconnect()
  }
}
