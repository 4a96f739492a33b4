import { sql } from 'kysely'
import { actingAs, allowSeconds, transaction, type Ctx, type Tx } from '#kernel/ctx'
import { record, unseenByOthers } from '#kernel/facts'
import { newId } from '#kernel/ids'
import { demand } from '#kernel/policy'
import { Refusal } from '#kernel/problem'
import { comparable } from '#kernel/text'
import { may } from './policy.ts'
import { LATER, NoOrganizer, ProviderNotSet, RunUnderWay } from './problems.ts'
import { providersOf } from './providers/open.ts'
import { isFailure, type Gathered, type Provider, type ProviderName } from './providers/provider.ts'
import { reconcile, type Outcome } from './reconcile.ts'
import { COLUMNS, shape, type Run } from './runs.ts'

declare module '#kernel/facts' {
  interface Facts {
    'sync.finished': { runId: string; provider: string; created: number; updated: number; withdrawn: number }
    'sync.failed': { runId: string; provider: string }
  }
}
unseenByOthers('sync.finished', 'sync.failed')

export type Wish = {
  /** Everything, so that what is gone is withdrawn; otherwise what changed since the last time. */
  full?: boolean
  /** Also where most of what was there is gone. */
  acceptWithdrawals?: boolean
}

const LEASE_S = 60
const BEAT_MS = 10_000
const LONGEST_S = 300
const MOST_TOLD = 100
const DAY_MS = 86_400_000

/** Runs to its end. Throws `RunUnderWay` where another is at it; a run that fails says so itself. */
export async function run(ctx: Ctx, name: ProviderName, wish: Wish = {}): Promise<Run> {
  return (await begin(ctx, name, wish)).done
}

/** Begins a run and answers at once; `done` is the same run when it has ended, and never rejects. */
export async function begin(ctx: Ctx, name: ProviderName, wish: Wish = {}): Promise<{ run: Run; done: Promise<Run> }> {
  demand(ctx, may.run, undefined)
  const provider = providersOf(ctx.config)[name]
  if (provider.missingForRuns)
    throw ProviderNotSet(`Set ${provider.missingForRuns}.`, { setting: provider.missingForRuns, retryAfter: LATER })
  const organizerId = await organizerOf(ctx)
  const cursor = await ctx.db
    .selectFrom('sync_cursors')
    .select('changed_at')
    .where('provider', '=', name)
    .executeTakeFirst()
  const isFull = wish.full === true || !cursor || !provider.tellsChanges
  // Nobody says in which zone their days begin, so a day more is asked for: what is read twice changes nothing.
  const since = isFull ? null : new Date(cursor.changed_at.getTime() - DAY_MS).toISOString().slice(0, 10)
  const begun = await open(ctx, name, isFull ? 'full' : 'incremental')
  return { run: begun, done: carryOut(ctx, provider, begun, since, { ...wish, organizerId }) }
}

/** Whose events they are: SYNC_ORGANIZER's, or without it the first admin's. */
async function organizerOf(ctx: Ctx): Promise<string> {
  const { organizer } = ctx.config.sync
  let who = ctx.db.selectFrom('accounts').select('id').where('suspended_at', 'is', null).where('erased_at', 'is', null)
  who = organizer
    ? who.where('username_key', '=', comparable(organizer)).where('role', '<>', 'attendee')
    : who.where('role', '=', 'admin').orderBy('number')
  const account = await who.limit(1).executeTakeFirst()
  if (account) return account.id
  throw NoOrganizer(
    organizer
      ? `SYNC_ORGANIZER names ${organizer}, who is no organizer here.`
      : 'Set SYNC_ORGANIZER to the username of an organizer, or make an admin.',
    { setting: 'SYNC_ORGANIZER', retryAfter: LATER },
  )
}

const thisProcess = newId()

/** One at a time: a run that is alive keeps others out, one that died is given up. The embedded database is one process's, so nobody else is alive. */
async function open(ctx: Ctx, provider: ProviderName, mode: Run['mode']): Promise<Run> {
  const isAlone = ctx.database.engine === 'embedded'
  const row = await transaction(ctx, async (tx) => {
    await sql`
      update sync_runs set ended_at = app_now(), error = 'It stopped without an end: the process was ended.'
      where id in (select id from sync_runs where provider = ${provider} and ended_at is null
        and (lease_until <= app_now() or (${isAlone}::boolean and held_by <> ${thisProcess})) for update skip locked)`.execute(
      tx.db,
    )
    return tx.db
      .insertInto('sync_runs')
      .values({ id: newId(), provider, mode, lease_until: lease, held_by: thisProcess })
      .onConflict((conflict) => conflict.column('provider').where('ended_at', 'is', null).doNothing())
      .returning(COLUMNS)
      .executeTakeFirst()
  })
  if (!row) throw RunUnderWay(undefined, { retryAfter: 10 })
  return shape(row)
}

const lease = sql<Date>`app_now() + make_interval(secs => ${LEASE_S})`

async function carryOut(
  ctx: Ctx,
  provider: Provider,
  begun: Run,
  since: string | null,
  options: { organizerId: string; acceptWithdrawals?: boolean },
): Promise<Run> {
  const beat = setInterval(() => void prolong(ctx, begun.id), BEAT_MS)
  try {
    // Everything is fetched before anything is written: no transaction waits for somebody else's server.
    const gathered = await provider.gather(since)
    if (isFailure(gathered)) return await fail(ctx, begun, gathered.failed)
    ctx.log.info({ provider: provider.name, items: gathered.items.length }, 'reconciling')
    return await settle(actingAs(ctx, { kind: 'system', name: `sync ${provider.name}` }), begun, gathered, options)
  } catch (error) {
    if (!(error instanceof Refusal)) ctx.log.error({ err: error, provider: provider.name }, 'a synchronisation failed')
    const words = error instanceof Refusal ? error.message : 'Something went wrong on our side; the log says what.'
    return await fail(ctx, begun, words).catch((lost: unknown) => {
      ctx.log.error({ err: lost, provider: provider.name }, 'could not write down that a synchronisation failed')
      return { ...begun, error: words }
    })
  } finally {
    clearInterval(beat)
  }
}

/** While it is reconciled, the row is locked, and nobody can give it up. */
async function prolong(ctx: Ctx, runId: string): Promise<void> {
  await ctx.db
    .updateTable('sync_runs')
    .set({ lease_until: lease })
    .where('id', '=', runId)
    .where('ended_at', 'is', null)
    .execute()
    .catch((error: unknown) => ctx.log.debug({ err: error }, 'a lease was not prolonged'))
}

/** All of it in one commit: events, what the run was, and how far the provider was read. */
async function settle(
  ctx: Ctx,
  begun: Run,
  gathered: Gathered,
  options: { organizerId: string; acceptWithdrawals?: boolean },
): Promise<Run> {
  return transaction(ctx, async (tx) => {
    await allowSeconds(tx, LONGEST_S)
    const { rows } = await sql`
      select from sync_runs where id = ${begun.id} and ended_at is null for update`.execute(tx.db)
    if (rows.length === 0) throw RunUnderWay('It took too long, and another run began.')
    const outcome = await reconcile(tx, begun.provider, gathered, options)
    const changedAt = await moveCursor(tx, begun, gathered)
    await record(tx, 'sync.finished', {
      runId: begun.id,
      provider: begun.provider,
      created: outcome.created,
      updated: outcome.updated,
      withdrawn: outcome.withdrawn,
    })
    return close(tx, begun.id, outcome, changedAt)
  })
}

/** The newest change that was read; where they tell none, when the run began. Their clock may be ahead: it does not lead us past what comes. */
async function moveCursor(tx: Tx, { provider, beganAt }: Run, { items }: Gathered): Promise<Date> {
  const newest = items.reduce((latest, { changedAt }) => Math.max(latest, changedAt?.getTime() ?? 0), 0)
  const read = newest > 0 ? new Date(Math.min(newest, beganAt.getTime())) : beganAt
  const { rows } = await sql<{ changed_at: Date }>`
    insert into sync_cursors (provider, changed_at) values (${provider}, ${read})
    on conflict (provider) do update set changed_at = greatest(sync_cursors.changed_at, excluded.changed_at), updated_at = app_now()
    returning changed_at`.execute(tx.db)
  return rows[0]!.changed_at
}

async function close(tx: Tx, runId: string, outcome: Outcome, changedAt: Date): Promise<Run> {
  const row = await tx.db
    .updateTable('sync_runs')
    .set({
      ended_at: sql<Date>`app_now()`,
      new_events_count: outcome.created,
      updated_events_count: outcome.updated,
      withdrawn_events_count: outcome.withdrawn,
      unchanged_events_count: outcome.unchanged,
      skipped_count: outcome.skipped.length,
      skipped: sql`${JSON.stringify(outcome.skipped.slice(0, MOST_TOLD))}::jsonb`,
      kept_count: outcome.kept.length,
      kept: sql`${JSON.stringify(outcome.kept.slice(0, MOST_TOLD))}::jsonb`,
      last_synced_changed_at: changedAt,
    })
    .where('id', '=', runId)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow()
  return shape(row)
}

async function fail(ctx: Ctx, begun: Run, error: string): Promise<Run> {
  return transaction(ctx, async (tx) => {
    const row = await tx.db
      .updateTable('sync_runs')
      .set({ ended_at: sql<Date>`app_now()`, error })
      .where('id', '=', begun.id)
      .where('ended_at', 'is', null)
      .returning(COLUMNS)
      .executeTakeFirst()
    if (!row) return { ...begun, error }
    await record(tx, 'sync.failed', { runId: begun.id, provider: begun.provider })
    return shape(row)
  })
}
