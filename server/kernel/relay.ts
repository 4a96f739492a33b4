import { sql } from 'kysely'
import { actingAs, transaction, type Ctx, type Tx } from './ctx.ts'
import { aboutOf, type Fact, type FactKind, type Reactions } from './facts.ts'
import { sqlState } from './database-errors.ts'
import { startLoop, type Loop } from './loop.ts'

const BATCH = 200
// Any number that nobody else in the database uses.
const REACTING = 8876690
const PATIENCE_MS = 10_000

/**
 * No reaction is under way anywhere, and none begins, until the transaction ends: for what takes away words that a
 * reaction may just have read and be about to write down elsewhere. Comes before every other lock, because reactions take some.
 */
export async function pauseReactions(tx: Tx): Promise<void> {
  await sql.raw(`set local lock_timeout = ${PATIENCE_MS}`).execute(tx.db)
  await sql`select pg_advisory_xact_lock(${REACTING})`.execute(tx.db)
}

/** Reactions are paused for longer than we wait for it: no fault of any fact, and there is nothing to do for now. */
class ReactionsPaused extends Error {}

/**
 * Hands up to 200 facts to the reactions that come later, each at least once and together with the note that it was
 * delivered: a reaction that only writes to the database therefore happens exactly once. A fact whose reaction fails
 * is tried again by itself after a while and does not hold up the others. Answers how many were taken up.
 */
export async function relayFacts(ctx: Ctx): Promise<number> {
  try {
    return await deliver(ctx, BATCH)
  } catch (error) {
    if (error instanceof ReactionsPaused) return 0
    ctx.log.warn({ err: error }, 'a reaction failed; delivering its facts one by one')
    let delivered = 0
    for (; delivered < BATCH && (await deliverOne(ctx)); delivered++);
    return delivered
  }
}

/**
 * Relays for as long as there is something, then waits to be woken; looks by itself every second. `delivered` is
 * called when reactions have run, because they may have left something to do for others.
 */
export function startRelay(ctx: Ctx, delivered: () => void = () => {}): Loop {
  const relaying = actingAs(ctx, { kind: 'system', name: 'relay' })
  return startLoop('relay', ctx.log, 1_000, async () => {
    const taken = await relayFacts(relaying)
    if (taken > 0) delivered()
    return taken
  })
}

async function deliver(ctx: Ctx, most: number): Promise<number> {
  return transaction(ctx, async (tx) => {
    const facts = await claim(tx, most)
    await react(tx, facts)
    return facts.length
  })
}

/** The next fact alone. When its reaction fails, that is written down with the time of the next try. */
async function deliverOne(ctx: Ctx): Promise<boolean> {
  let taken: Fact | undefined
  try {
    return await transaction(ctx, async (tx) => {
      const facts = await claim(tx, 1)
      taken = facts[0]
      await react(tx, facts)
      return taken !== undefined
    })
  } catch (error) {
    if (error instanceof ReactionsPaused) return false
    if (!taken) throw error
    ctx.log.error({ err: error, factId: taken.id, kind: taken.kind }, 'the reaction to a fact failed')
    await ctx.db
      .updateTable('facts')
      .set({
        attempts: sql`attempts + 1`,
        retry_at: sql`app_now() + least(interval '1 hour', interval '1 second' * power(2, least(attempts, 12)))`,
        last_error: String((error as Error).message).slice(0, 500),
      })
      .where('id', '=', taken.id)
      .execute()
    return true
  }
}

async function claim(tx: Tx, most: number): Promise<Fact[]> {
  const rows = await tx.db
    .selectFrom('facts')
    .select(['id', 'kind', 'data', 'at'])
    .where('delivered_at', 'is', null)
    .where((or) => or.or([or('retry_at', 'is', null), or('retry_at', '<=', sql<Date>`app_now()`)]))
    .orderBy('id')
    .limit(most)
    .forUpdate()
    .skipLocked()
    .execute()
  return rows as unknown as Fact[]
}

async function react(tx: Tx, facts: Fact[]): Promise<void> {
  if (facts.length === 0) return
  // A statement of its own: what is read after it is what was committed before whoever pauses us was done.
  await sql`select pg_advisory_xact_lock_shared(${REACTING})`.execute(tx.db).catch((error: unknown) => {
    throw sqlState(error) === '55P03' ? new ReactionsPaused() : error
  })
  // Whoever wrote these down may have died before telling that they happened, so it is told again, after the commit.
  for (const { kind, data } of facts) tx.recorded.push(aboutOf(kind, data))
  for (const kind of new Set(facts.map((fact) => fact.kind))) {
    const later = (tx.reactions as Record<string, Reactions[FactKind]>)[kind]?.later ?? []
    const ofKind = facts.filter((fact) => fact.kind === kind) as never
    for (const reaction of later) await reaction(tx, ofKind)
  }
  const ids = facts.map((fact) => fact.id)
  await sql`update facts set delivered_at = app_now() where id = any(${ids}::bigint[])`.execute(tx.db)
}
