import { isIP, isIPv6 } from 'node:net'
import type { FastifyRequest } from 'fastify'
import type { Config } from '#config'
import { countHere, type Limiter, type Verdict } from '#kernel/limiter'
import { problem } from '#kernel/problem'
import type { App } from './app.ts'

export const TooManyRequests = problem(
  'too-many-requests',
  429,
  'Too many requests',
  'Wait as many seconds as Retry-After says.',
)

const MINUTE = 60

/** Whether an anonymous read may pass; counts it and adds what is left to the head of its answer. */
export type AdmitRead = (req: FastifyRequest, head: string[]) => boolean

/**
 * Keeps one address, or one account, from asking more than its share: log-ins and writes are counted for all processes
 * together where there is a Redis, reads in this process. What is left is told in the headers of
 * draft-ietf-httpapi-ratelimit-headers.
 */
export function limitRates(app: App, shared: Limiter, { rateLimits }: Pick<Config, 'rateLimits'>): AdmitRead {
  if (!rateLimits) return () => true
  const readsHere = countHere()
  app.addHook('onClose', () => readsHere.close())
  const limits = {
    reads: { most: rateLimits.reads, seconds: MINUTE },
    writes: { most: rateLimits.writes, seconds: MINUTE },
    logins: { most: rateLimits.logins, seconds: MINUTE },
  }

  app.addHook('preHandler', (req, reply, done) => {
    const isRead = req.method === 'GET' || req.method === 'HEAD' || req.method === 'OPTIONS'
    const what = req.routeOptions.config.limit ?? (isRead ? 'reads' : 'writes')
    const limit = limits[what]
    const answer = (verdict: Verdict) => {
      reply.header('ratelimit-policy', `"${what}";q=${limit.most};w=${limit.seconds}`)
      reply.header('ratelimit', left(what, verdict))
      if (verdict.allowed) done()
      else done(TooManyRequests(undefined, { retryAfter: verdict.resetSeconds }))
    }
    const key = `${what}:${what === 'logins' ? addressOf(req.ip) : whoIs(req)}`
    const verdict = (isRead ? readsHere : shared).take(key, limit)
    if (verdict instanceof Promise) void verdict.then(answer)
    else answer(verdict)
  })

  return (req, head) => {
    const verdict = readsHere.take(`reads:${addressOf(req.ip)}`, limits.reads) as Verdict
    head.push('ratelimit', left('reads', verdict))
    return verdict.allowed
  }
}

function left(what: string, { remaining, resetSeconds }: Verdict): string {
  return `"${what}";r=${remaining};t=${resetSeconds}`
}

function whoIs(req: FastifyRequest): string {
  const { actor } = req.ctx
  return actor.kind === 'account' ? actor.id : addressOf(req.ip)
}

/** An address as one household has it: all of IPv4, the first half of IPv6, which is what one customer is given. */
export function addressOf(ip: string): string {
  if (!isIP(ip)) return 'unreadable' // what a proxy passes on is any text
  if (!ip.includes(':')) return ip
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1]
  if (mapped) return mapped
  if (!isIPv6(ip)) return ip
  const [head = '', tail] = ip.split('%')[0]!.toLowerCase().split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail ? tail.split(':') : []
  const groups =
    tail === undefined ? left : [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right]
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}
