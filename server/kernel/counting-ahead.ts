import { LRUCache } from 'lru-cache'
import type { Limit, Limiter, Verdict } from './limiter.ts'

/*
 * Whoever asks a second time while most of their window is left has several counted at once, and this process lets the
 * next ones through without asking anybody. What is counted ahead is counted: all processes together never let more
 * through than the limit. Near it, where it matters to the one who asks, each is counted by itself again; what another
 * process has counted ahead and not used by then is refused early, which is at most seven for each process.
 */

const MOST_AHEAD = 8
const MOST_KEYS = 20_000

type Known = { remaining: number; until: number; ahead: number; asking: boolean }

/** Answers from what was counted ahead, and asks `shared` for the rest. */
export function countAhead(shared: Limiter, now: () => number = Date.now): Limiter {
  const known = new LRUCache<string, Known>({ max: MOST_KEYS })

  function told(key: string, at: Known | undefined, verdict: Verdict, times: number, asked: number): Verdict {
    const given = Math.max(0, Math.min(times, times - verdict.over))
    const until = asked + (verdict.resetSeconds - 1) * 1_000 // never late: what is left of a window is not of the next
    const ahead = Math.max(0, given - 1) + (at && at.until > now() ? at.ahead : 0)
    known.set(key, { remaining: verdict.remaining, until, ahead, asking: times > 1 ? false : (at?.asking ?? false) })
    return { ...verdict, allowed: given > 0, remaining: verdict.remaining + ahead }
  }

  return {
    ...(shared.inDatabase && { inDatabase: true }),
    take(key, limit) {
      if (limit.failsClosed) return shared.take(key, limit) // what must be counted is counted each time
      const at = known.get(key)
      if (at && at.until > now() && at.ahead > 0) {
        at.ahead--
        const resetSeconds = Math.max(1, Math.ceil((at.until - now()) / 1_000))
        return { allowed: true, remaining: at.remaining + at.ahead, resetSeconds, over: 0 }
      }
      const times = at && !at.asking && at.until > now() ? worth(limit, at.remaining) : 1
      if (at && times > 1) at.asking = true // others who ask meanwhile are counted one by one
      const asked = now()
      const verdict = shared.take(key, limit, times)
      if (!(verdict instanceof Promise)) return told(key, at, verdict, times, asked)
      return verdict.then((counted) => {
        if (counted) return told(key, known.get(key), counted, times, asked)
        known.delete(key)
        return undefined
      })
    },
    close: () => shared.close(),
  }
}

/** How many to count at once: several while at least half of the window is left, and never more than a sixteenth of it. */
function worth({ most }: Limit, remaining: number): number {
  return remaining < most / 2 ? 1 : Math.max(1, Math.min(MOST_AHEAD, Math.floor(most / 16)))
}
