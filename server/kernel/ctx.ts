import { sql, type Kysely, type Transaction } from 'kysely'
import type { Logger } from 'pino'
import type { Config } from '#config'
import type { Database } from '#db/connect'
import type { DB } from '#db/schema'
import type { Reactions } from './facts.ts'
import type { Limiter } from './limiter.ts'
import { isCertain, isRetryable } from './database-errors.ts'

/** On whose behalf something is done. */
export type Actor =
  | { kind: 'anonymous' }
  | {
      kind: 'account'
      id: string
      role: Role
      /** Of an API key, which is no session: the key's own id. */
      sessionId: string
      /** Only for an API key: what it reaches. */
      scopes?: readonly string[]
    }
  | { kind: 'guest'; registrationId: string; /** Of the link; none is the first. */ generation?: number }
  | { kind: 'system'; name: string }

export type Role = 'attendee' | 'organizer' | 'admin'

/** The doors to the outside and to what batches across requests; each module adds its own beside its code. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by declaration merging
export interface Ports {}

type Surroundings = {
  actor: Actor
  /** The same clock that SQL reads as app_now(). */
  now: () => Date
  log: Logger
  config: Config
  database: Database
  reactions: Reactions
  limiter: Limiter
  /** Tells everybody, here at once and in other processes soon, that facts were written down, and what they are about. */
  wake: (about: About) => void
  /** What `wake` calls in this process. */
  wakers: Set<(about: About) => void>
} & Ports

/** Everything an operation may touch, passed first, always under the name `ctx`. */
export type Ctx = Surroundings & { db: Kysely<DB> }

/** A `Ctx` inside an open transaction. Operations that must be atomic ask for this type. */
export type Tx = Surroundings & {
  db: Transaction<DB>
  /** What was recorded so far is about; it is told after the commit. */
  recorded: About
}

/** The ids of the events that facts are about; '*' where a fact is about something else. */
export type About = string[]
/** Stands among them for a fact after which everybody sees what they saw before. */
export const NOTHING_SHOWN = '-'

const ATTEMPTS = 4

/**
 * Runs `work` in one transaction: all of it happens or none. Joins the transaction that is already open.
 * A serialization failure or deadlock is tried again from the start, so `work` touches nothing but `tx`.
 */
export async function transaction<T>(ctx: Ctx | Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (isTx(ctx)) return work(ctx)
  for (let attempt = 1; ; attempt++) {
    const recorded: About = []
    let committing = false
    try {
      const result = await ctx.db.transaction().execute(async (db) => {
        const done = await work({ ...ctx, db, recorded })
        committing = true
        return done
      })
      if (recorded.length > 0) ctx.wake(recorded)
      return result
    } catch (error) {
      if (committing && recorded.length > 0 && !isCertain(error)) ctx.wake(recorded) // it may have been committed
      if (attempt === ATTEMPTS || !isRetryable(error)) throw error
    }
  }
}

/**
 * Runs a part of a transaction that can fail by itself: what it did is then undone and told to nobody, and the
 * transaction goes on. Whoever calls decides what the failure means; a lost connection or a deadlock ends them all.
 */
export async function attempt<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  const told = tx.recorded.length
  await sql`savepoint attempt`.execute(tx.db)
  try {
    const result = await work()
    await sql`release savepoint attempt`.execute(tx.db)
    return result
  } catch (error) {
    tx.recorded.length = told
    await sql`rollback to savepoint attempt`.execute(tx.db).catch(() => {
      throw error // the connection is gone, and with it the transaction; this is why
    })
    await sql`release savepoint attempt`.execute(tx.db)
    throw error
  }
}

/** Lets the statements of this transaction take longer than others may, where their work grows with the data. */
export async function allowSeconds(tx: Tx, seconds: number): Promise<void> {
  await sql.raw(`set local statement_timeout = ${Math.round(seconds * 1_000)}`).execute(tx.db)
}

/** The same surroundings, on behalf of somebody else. */
export function actingAs<C extends Ctx | Tx>(ctx: C, actor: Actor): C {
  return { ...ctx, actor }
}

function isTx(ctx: Ctx | Tx): ctx is Tx {
  return ctx.db.isTransaction
}
