import { Redis } from 'ioredis'
import { LRUCache } from 'lru-cache'
import type { Logger } from 'pino'
import type { Database } from '#db/connect'
import type { Bucket } from './buckets.ts'
import type { Ctx, Tx } from './ctx.ts'
import { countAhead } from './counting-ahead.ts'
import { problem, Unavailable } from './problem.ts'
import { sign } from './signing.ts'

export const TooManyRequests = problem(
  'too-many-requests',
  429,
  'Too many requests',
  'Wait as many seconds as Retry-After says.',
)

/** So many in so many seconds. */
export type Limit = { most: number; seconds: number; failsClosed?: boolean }
export type Verdict = {
  allowed: boolean
  remaining: number
  resetSeconds: number
  /** How many more than allowed were counted by now. */
  over: number
}

/** Counts what somebody does in a window of time; exact, also for calls side by side. */
export type Limiter = {
  /**
   * Counts one more under `key`, or `times` more: at once where it can. Never rejects; undefined where nobody can count
   * now.
   */
  take(key: string, limit: Limit, times?: number): Verdict | Promise<Verdict | undefined>
  /** Counts in `rate_counts`, so that a statement which needs the database anyway can count along. */
  inDatabase?: true
  close(): Promise<void>
}
type Here = { take(key: string, limit: Limit, times?: number): Verdict; close(): Promise<void> }
type Now = () => number

const MOST_KEYS = 100_000

/** Counts in this process alone. Forgets whoever has been quiet longest when there are too many. */
export function countHere(now: Now = Date.now): Here {
  const windows = new LRUCache<string, { count: number; until: number }>({ max: MOST_KEYS })
  return {
    take(key, limit, times = 1) {
      let window = windows.get(key)
      if (!window || window.until <= now()) {
        window = { count: 0, until: now() + limit.seconds * 1_000 }
        windows.set(key, window)
      }
      window.count += times
      return verdict(window.count, window.until - now(), limit)
    },
    close: async () => {},
  }
}

/**
 * Counts up what `counts (key, times, seconds)` asks at `moment (now)`: a row per key, in the order of keys, so that two
 * processes never wait for each other in a ring. Whether a window is over is judged by one clock for all of them.
 */
export const COUNT_UP = `
insert into rate_counts as c (key, count, until)
select key, times, now + seconds * interval '1 second' from counts, moment order by key
on conflict (key) do update set
  count = case when c.until <= (select now from moment) then excluded.count else c.count + excluded.count end,
  until = case when c.until <= (select now from moment) then excluded.until else c.until end
returning key, count, until`

// Atomic, and one round trip for everybody who asks at a time.
const COUNT_ROWS = `
with moment as materialized (select app_now() as now),
  counts as (select * from unnest($1::text[], $2::int[], $3::int[]) as asked (key, times, seconds)),
  counted as (${COUNT_UP})
select key, count, (date_part('epoch', until - now) * 1000)::int as milliseconds from counted, moment`

type Asked = { limit: Limit; times: number; answers: { times: number; tell: (verdict: Verdict | undefined) => void }[] }

/**
 * Counts in PostgreSQL, for all processes together. Whoever asks while others are being counted is counted with the next,
 * in one statement; whoever is over the limit is not counted again before the window ends, so a flood reaches no database.
 */
export function countInDatabase(database: Database, log: Logger, now: Now = Date.now): Limiter {
  const refused = new LRUCache<string, number>({ max: MOST_KEYS })
  let waiting = new Map<string, Asked>()
  let asking = false

  async function count(): Promise<void> {
    asking = true
    while (waiting.size > 0) {
      const batch = waiting
      waiting = new Map()
      try {
        await answer(batch)
      } catch (error) {
        log.warn({ err: error }, 'the database cannot count for the rate limits')
        for (const { answers } of batch.values()) for (const { tell } of answers) tell(undefined)
      }
    }
    asking = false
  }

  async function answer(batch: Map<string, Asked>): Promise<void> {
    const asked = [...batch]
    const values = [
      asked.map(([key]) => key),
      asked.map(([, { times }]) => String(times)),
      asked.map(([, { limit }]) => String(limit.seconds)),
    ]
    const { rows } = await database.inOneBreath([{ name: 'count', text: COUNT_ROWS, values }])
    for (const row of rows) {
      const { key, count, milliseconds } = row as { key: string; count: number; milliseconds: number }
      const { limit, answers, ...asked } = batch.get(key)!
      if (count >= limit.most) refused.set(key, now() + milliseconds)
      let counted = count - asked.times
      for (const { times, tell } of answers) tell(verdict((counted += times), milliseconds, limit))
    }
  }

  return {
    inDatabase: true,
    take(key, limit, times = 1) {
      const until = refused.get(key)
      if (until !== undefined && until > now()) return verdict(limit.most + times, until - now(), limit)
      return new Promise((tell) => {
        const asked = waiting.get(key) ?? { limit, times: 0, answers: [] }
        asked.times += times
        asked.answers.push({ times, tell })
        waiting.set(key, asked)
        if (!asking) {
          asking = true
          setImmediate(() => void count())
        }
      })
    },
    close: async () => {},
  }
}

// One round trip and atomic: the first in a window starts its time.
const COUNT = `
local count = redis.call('INCRBY', KEYS[1], ARGV[2])
if count == tonumber(ARGV[2]) then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return { count, redis.call('PTTL', KEYS[1]) }`

/** Counts in Redis, for all processes together. While Redis is away or slow, `otherwise` counts. */
export function countInRedis(url: string, log: Logger, otherwise: Limiter): Limiter {
  const redis = new Redis(url, {
    commandTimeout: 200,
    connectTimeout: 1_000,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2_000),
  })
  redis.on('error', (error) => log.debug({ err: error }, 'Redis is not there; limits are counted without it'))
  return {
    async take(key, limit, times = 1) {
      try {
        const answer = await redis.eval(COUNT, 1, `limit:${key}`, limit.seconds * 1_000, times)
        const [count, milliseconds] = answer as [number, number]
        return verdict(count, milliseconds, limit)
      } catch {
        return otherwise.take(key, limit, times)
      }
    },
    async close() {
      redis.disconnect()
      await otherwise.close()
    },
  }
}

/** The limiter of this process: Redis where there is one, then the database where several share it, else this process. */
export function openLimiter(
  { config, database, log }: Pick<Ctx, 'config' | 'database' | 'log'>,
  now: Now = Date.now,
): Limiter {
  const counted = database.engine === 'postgres' ? countInDatabase(database, log, now) : countHere(now)
  if (config.redisUrl) return countAhead(countInRedis(config.redisUrl, log, counted), now)
  return database.engine === 'postgres' ? countAhead(counted, now) : counted
}

/**
 * What `who` is counted under in a bucket: kept where others may read it, so nothing of them is in it. 128 bits tell
 * everybody apart, and a row for each guest of a rush is the smaller for it.
 */
export function keyOf({ secretKey }: Pick<Ctx['config'], 'secretKey'>, bucket: Bucket, ...who: string[]): string {
  const text = JSON.stringify([secretKey, bucket.name, ...who])
  let key = keys.get(text)
  if (!key) keys.set(text, (key = `${bucket.name}:${sign(secretKey, 'rate-limit', JSON.stringify(who)).slice(0, 22)}`))
  return key
}
const keys = new LRUCache<string, string>({ max: 5_000 }) // whoever asks again is not signed again

/**
 * Counts one more for `who`, before what is limited is done and outside of any transaction. Answers how much is left,
 * undefined where nobody could count. Throws TooManyRequests, and Unavailable where nobody can count what must be counted.
 */
export async function admit(ctx: Ctx | Tx, bucket: Bucket, ...who: string[]): Promise<number | undefined> {
  const verdict = await ctx.limiter.take(keyOf(ctx.config, bucket, ...who), bucket)
  if (!verdict && bucket.failsClosed) throw CannotCount()
  if (verdict && !verdict.allowed) throw TooManyRequests(bucket.words, { retryAfter: verdict.resetSeconds })
  return verdict?.remaining
}

/** The refusal of what is let in only when it is counted. */
export function CannotCount() {
  return Unavailable('Nobody can count the requests right now.', { retryAfter: 5 })
}

function verdict(count: number, milliseconds: number, { most }: Limit): Verdict {
  return {
    allowed: count <= most,
    remaining: Math.max(0, most - count),
    resetSeconds: Math.max(1, Math.ceil(milliseconds / 1_000)),
    over: Math.max(0, count - most),
  }
}
