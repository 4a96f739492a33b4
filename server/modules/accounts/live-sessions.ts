import { LRUCache } from 'lru-cache'
import type { Ctx, Role, Tx } from '#kernel/ctx'
import type { Database } from '#db/connect'

/** A session that was not ended and whose account is not suspended. Whether it has expired is asked at each use. */
export type LiveSession = { accountId: string; role: Role; kind: string; expiresAt: Date }

// Every request asks for its session. What another process ended is believed in here for this long at most.
const SECONDS_KEPT = 5
const SESSIONS_KEPT = 10_000

type Cache = LRUCache<string, Promise<LiveSession | undefined>>
const caches = new WeakMap<Database, Cache>()

/** The session and what its account may do now; undefined when it was ended. */
export function findLiveSession(ctx: Ctx, sessionId: string): Promise<LiveSession | undefined> {
  const cache = cacheOf(ctx)
  const known = cache.get(sessionId)
  if (known) return known
  // The question is kept, not its answer: forgetting also reaches those who are just asking.
  const asked = lookUp(ctx, sessionId)
  cache.set(sessionId, asked)
  asked.catch(() => cache.delete(sessionId))
  return asked
}

/** Looks the session up again at its next request: after it was ended. */
export function forgetSession(ctx: Ctx | Tx, sessionId: string): void {
  cacheOf(ctx).delete(sessionId)
}

/** Looks everybody up again: after a role was granted, which is rare. */
export function forgetSessions(ctx: Ctx | Tx): void {
  cacheOf(ctx).clear()
}

async function lookUp(ctx: Ctx, sessionId: string): Promise<LiveSession | undefined> {
  const row = await ctx.db
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
    .select(['accounts.id', 'accounts.role', 'sessions.kind', 'sessions.expires_at'])
    .where('sessions.id', '=', sessionId)
    .where('sessions.revoked_at', 'is', null)
    .where('accounts.suspended_at', 'is', null)
    .executeTakeFirst()
  return row && { accountId: row.id, role: row.role as Role, kind: row.kind, expiresAt: row.expires_at }
}

function cacheOf(ctx: Ctx | Tx): Cache {
  let cache = caches.get(ctx.database)
  if (!cache) caches.set(ctx.database, (cache = new LRUCache({ max: SESSIONS_KEPT, ttl: SECONDS_KEPT * 1_000 })))
  return cache
}
