import { Redis } from 'ioredis'
import { LRUCache } from 'lru-cache'
import type { Logger } from 'pino'

/** So many in so many seconds. */
export type Limit = { most: number; seconds: number }
export type Verdict = { allowed: boolean; remaining: number; resetSeconds: number }

/** Counts what somebody does in a window of time; exact, also for calls side by side. */
export type Limiter = {
  /** Counts one more under `key`: at once where it can. Never rejects. */
  take(key: string, limit: Limit): Verdict | Promise<Verdict>
  close(): Promise<void>
}

/** Counts in this process alone. Forgets whoever has been quiet longest when there are too many. */
export function countHere(now: () => number = Date.now): Limiter {
  const windows = new LRUCache<string, { count: number; until: number }>({ max: 100_000 })
  return {
    take(key, limit) {
      let window = windows.get(key)
      if (!window || window.until <= now()) {
        window = { count: 0, until: now() + limit.seconds * 1_000 }
        windows.set(key, window)
      }
      window.count++
      return verdict(window.count, window.until - now(), limit)
    },
    close: async () => {},
  }
}

// One round trip and atomic: the first in a window starts its time.
const COUNT = `
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return { count, redis.call('PTTL', KEYS[1]) }`

/** Counts in Redis, for all processes together. While Redis is away or slow, each process counts for itself. */
export function countInRedis(url: string, log: Logger): Limiter {
  const here = countHere()
  const redis = new Redis(url, {
    commandTimeout: 200,
    connectTimeout: 1_000,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2_000),
  })
  redis.on('error', (error) => log.debug({ err: error }, 'Redis is not there; limits are counted in this process'))
  return {
    async take(key, limit) {
      try {
        const [count, milliseconds] = (await redis.eval(COUNT, 1, `limit:${key}`, limit.seconds * 1_000)) as [
          number,
          number,
        ]
        return verdict(count, milliseconds, limit)
      } catch {
        return here.take(key, limit)
      }
    },
    async close() {
      redis.disconnect()
    },
  }
}

function verdict(count: number, milliseconds: number, { most }: Limit): Verdict {
  return {
    allowed: count <= most,
    remaining: Math.max(0, most - count),
    resetSeconds: Math.max(1, Math.ceil(milliseconds / 1_000)),
  }
}
