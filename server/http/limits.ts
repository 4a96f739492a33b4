import { isIP, isIPv6 } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { bucketsOf, type Bucket, type BucketName } from '#kernel/buckets'
import type { Ctx } from '#kernel/ctx'
import { CannotCount, countHere, keyOf, TooManyRequests, type Verdict } from '#kernel/limiter'
import type { App } from './app.ts'

/** Whether an anonymous read may pass; counts it and adds what is left to the head of its answer. */
export type AdmitRead = (req: FastifyRequest, head: string[]) => boolean

/** Who shares a bucket: what of a request it is counted by. */
const SHARERS = {
  reads: (req) => [whoIs(req)],
  writes: (req) => [whoIs(req)],
  logins: (req) => [addressOf(req.ip)],
  registrations: (req) => [whoIs(req), whatIs(req)],
  followers: (req) => [whoIs(req), whatIs(req)],
  'event-manager-day': (req) => [addressOf(req.ip)],
  'event-manager-hour': (req) => [addressOf(req.ip)],
} satisfies Partial<Record<BucketName, (req: FastifyRequest) => string[]>>

/** The buckets that a route can name; the others are counted by operations. */
export type RouteBucket = keyof typeof SHARERS

/**
 * Keeps one address, or one account, from asking more than its share. Each route is counted in the buckets that it names,
 * otherwise as a read or a write. What is left is told in the headers of draft-ietf-httpapi-ratelimit-headers. When nobody
 * can count for all processes, what must be counted is refused, and of the rest each process counts for itself.
 */
export function limitRates(app: App, { limiter, config }: Pick<Ctx, 'limiter' | 'config'>): AdmitRead {
  const buckets = bucketsOf(config)
  if (!buckets) return () => true
  const here = countHere()

  app.addHook('preHandler', (req, reply, done) => {
    const isRead = req.method === 'GET' || req.method === 'HEAD' || req.method === 'OPTIONS'
    const { limit = isRead ? 'reads' : 'writes' } = req.routeOptions.config
    if (limit === 'none') return done()
    const named = typeof limit === 'string' ? [limit] : limit
    const names = named.filter((name) => buckets[name].most < Infinity)
    const verdicts = names.map((name) => take(buckets[name], SHARERS[name](req)))
    const answer = (counted: (Verdict | undefined)[]) => {
      const told = names.flatMap((name, at) => (counted[at] ? [{ bucket: buckets[name], verdict: counted[at] }] : []))
      if (told.length < names.length) return done(CannotCount())
      reply.header('ratelimit-policy', told.map(({ bucket }) => policy(bucket)).join(', '))
      reply.header('ratelimit', told.map((each) => left(each.bucket, each.verdict)).join(', '))
      const refused = told.filter((each) => !each.verdict.allowed).map((each) => each.verdict.resetSeconds)
      if (refused.length === 0) done()
      else done(TooManyRequests(undefined, { retryAfter: Math.max(...refused) }))
    }
    if (verdicts.some((each) => each instanceof Promise))
      void Promise.all(verdicts.map(async (each) => each)).then(answer)
    else answer(verdicts as Verdict[])
  })

  function take(bucket: Bucket, who: string[]): Verdict | Promise<Verdict | undefined> {
    if (!bucket.shared) return here.take(`${bucket.name}:${who.join(' ')}`, bucket)
    const key = keyOf(config, bucket, ...who)
    const verdict = limiter.take(key, bucket)
    if (bucket.failsClosed || !(verdict instanceof Promise)) return verdict
    return verdict.then((counted) => counted ?? here.take(key, bucket))
  }

  return (req, head) => {
    const verdict = here.take(`reads:${addressOf(req.ip)}`, buckets.reads)
    head.push('ratelimit', left(buckets.reads, verdict))
    return verdict.allowed
  }
}

function policy({ name, most, seconds }: Bucket): string {
  return `"${name}";q=${most};w=${seconds}`
}

function left({ name }: Bucket, { remaining, resetSeconds }: Verdict): string {
  return `"${name}";r=${remaining};t=${resetSeconds}`
}

function whoIs(req: FastifyRequest): string {
  const { actor } = req.ctx
  return actor.kind === 'account' ? actor.id : addressOf(req.ip)
}

/** What the address names; ids have one spelling. */
function whatIs(req: FastifyRequest): string {
  return Object.values(req.params as Record<string, string>).join(' ')
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
