import { sql } from 'kysely'
import { LRUCache } from 'lru-cache'
import type { Ctx, Role, Tx } from '#kernel/ctx'
import type { Database } from '#db/connect'

/** What a request may come with and go on with: a session, or an API key. */
type Live = { expiresAt: Date }

/** A session that was not ended and whose account is not suspended. Whether it has expired is asked at each use. */
export type LiveSession = { accountId: string; role: Role; kind: string; expiresAt: Date }

// Every request asks for its session. What another process ended is believed in here for this long at most.
const SECONDS_KEPT = 5
const SESSIONS_KEPT = 10_000
// People look where they are logged in to the day; a write for each request would tell them no more.
const NOTED_EVERY = sql`interval '5 minutes'`

type Cache = LRUCache<string, Promise<Live | undefined>>
const caches = new WeakMap<Database, Cache>()

/** The session and what its account may do now; undefined when it was ended. */
export function findLiveSession(ctx: Ctx, sessionId: string): Promise<LiveSession | undefined> {
  return remembered(ctx, sessionId, () => lookUp(ctx, sessionId))
}

/** What `lookUp` finds, believed for as long as a session is. Names of kinds other than sessions are no ids. */
export function remembered<L extends Live>(
  ctx: Ctx,
  name: string,
  lookUp: () => Promise<L | undefined>,
): Promise<L | undefined> {
  const cache = cacheOf(ctx)
  const known = cache.get(name)
  if (known) return known as Promise<L | undefined>
  // The question is kept, not its answer: forgetting also reaches those who are just asking.
  const asked = lookUp()
  cache.set(name, asked)
  asked.catch(() => cache.delete(name))
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
    .select(sql<boolean>`sessions.last_used_at < app_now() - ${NOTED_EVERY}`.as('to_note'))
    .where('sessions.id', '=', sessionId)
    .where('sessions.revoked_at', 'is', null)
    .where('accounts.suspended_at', 'is', null)
    .executeTakeFirst()
  if (row?.to_note) await noteUse(ctx, sessionId)
  return row && { accountId: row.id, role: row.role as Role, kind: row.kind, expiresAt: row.expires_at }
}

/** Where nothing can be written at the moment, people are still let in. */
async function noteUse(ctx: Ctx, sessionId: string): Promise<void> {
  await ctx.db
    .updateTable('sessions')
    .set({ last_used_at: sql<Date>`app_now()` })
    .where('id', '=', sessionId)
    .where('last_used_at', '<', sql<Date>`app_now() - ${NOTED_EVERY}`)
    .execute()
    .catch((error: unknown) => ctx.log.debug({ err: error }, 'the use of a session was not noted'))
}

function cacheOf(ctx: Ctx | Tx): Cache {
  let cache = caches.get(ctx.database)
  if (!cache) caches.set(ctx.database, (cache = new LRUCache({ max: SESSIONS_KEPT, ttl: SECONDS_KEPT * 1_000 })))
  return cache
}
