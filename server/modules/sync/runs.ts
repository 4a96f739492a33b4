import { sql } from 'kysely'
import type { Ctx } from '#kernel/ctx'
import { DEFAULT_LIMIT, pageOf, positionOf, type Page, type PageQuery } from '#kernel/paging'
import { demand } from '#kernel/policy'
import { may } from './policy.ts'
import { providersOf } from './providers/open.ts'
import { PROVIDERS, type ProviderName, type Skip } from './providers/provider.ts'
import type { Kept } from './reconcile.ts'

/** One synchronisation: what became of it, so far. */
export type Run = {
  id: string
  provider: ProviderName
  mode: 'full' | 'incremental'
  beganAt: Date
  endedAt: Date | null
  /** Why it failed. */
  error: string | null
  newEventsCount: number
  updatedEventsCount: number
  withdrawnEventsCount: number
  unchangedEventsCount: number
  skippedCount: number
  /** The first of them. */
  skipped: Skip[]
  keptCount: number
  kept: Kept[]
  lastSyncedChangedAt: Date | null
}

/** Runs, the newest first. */
export async function list(ctx: Ctx, query: PageQuery & { provider?: ProviderName }): Promise<Page<Run>> {
  demand(ctx, may.seeRuns, undefined)
  const { limit = DEFAULT_LIMIT, provider } = query
  const name = ['sync runs', provider]
  const from = positionOf(ctx, name, query.cursor)
  let page = ctx.db.selectFrom('sync_runs').select(COLUMNS)
  if (provider) page = page.where('provider', '=', provider)
  if (from) page = page.where('id', '<', String(from[0]))
  const rows = await page.orderBy('id', 'desc').limit(limit + 1).execute() // prettier-ignore
  const { items, nextCursor } = pageOf(ctx, name, rows, limit, (row) => [row.id])
  return { items: items.map(shape), nextCursor }
}

export type ProviderState = {
  name: ProviderName
  /** The setting that it lacks; null: it is set. */
  missing: string | null
  missingForRuns: string | null
  isSearched: boolean
  /** Up to which change it was read. */
  changedAt: Date | null
  lastRun: Run | null
}

/** Every provider: whether it is set, and how its last run went. */
export async function providers(ctx: Ctx): Promise<ProviderState[]> {
  demand(ctx, may.seeRuns, undefined)
  const cursors = await ctx.db.selectFrom('sync_cursors').selectAll().execute()
  const last = await ctx.db.selectFrom('sync_runs').select(COLUMNS).distinctOn('provider').orderBy('provider').orderBy('id', 'desc').execute() // prettier-ignore
  return PROVIDERS.map((name) => {
    const { missing, missingForRuns, search } = providersOf(ctx.config)[name]
    const row = last.find((each) => each.provider === name)
    const changedAt = cursors.find((each) => each.provider === name)?.changed_at ?? null
    return {
      name,
      missing,
      missingForRuns,
      isSearched: search !== undefined,
      changedAt,
      lastRun: row ? shape(row) : null,
    }
  })
}

const DAYS_KEPT = 30

/** Forgets runs that ended so long ago, but the last with each provider. Answers how many. */
export async function forgetOldRuns(ctx: Ctx): Promise<{ forgotten: number }> {
  const { numAffectedRows } = await sql`
    delete from sync_runs r where r.ended_at < (select app_now() - make_interval(days => ${DAYS_KEPT}::int))
      and exists (select from sync_runs later where later.provider = r.provider and later.id > r.id)`.execute(ctx.db)
  return { forgotten: Number(numAffectedRows ?? 0n) }
}

/** The columns that a run is read from. */
export const COLUMNS = [
  'id',
  'provider',
  'mode',
  'began_at',
  'ended_at',
  'error',
  'new_events_count',
  'updated_events_count',
  'withdrawn_events_count',
  'unchanged_events_count',
  'skipped_count',
  'skipped',
  'kept_count',
  'kept',
  'last_synced_changed_at',
] as const

type Row = {
  id: string
  provider: string
  mode: string
  began_at: Date
  ended_at: Date | null
  error: string | null
  new_events_count: number
  updated_events_count: number
  withdrawn_events_count: number
  unchanged_events_count: number
  skipped_count: number
  skipped: unknown
  kept_count: number
  kept: unknown
  last_synced_changed_at: Date | null
}

/** A run as its row has it. */
export function shape(row: Row): Run {
  return {
    id: row.id,
    provider: row.provider as ProviderName,
    mode: row.mode as Run['mode'],
    beganAt: row.began_at,
    endedAt: row.ended_at,
    error: row.error,
    newEventsCount: row.new_events_count,
    updatedEventsCount: row.updated_events_count,
    withdrawnEventsCount: row.withdrawn_events_count,
    unchangedEventsCount: row.unchanged_events_count,
    skippedCount: row.skipped_count,
    skipped: row.skipped as Skip[],
    keptCount: row.kept_count,
    kept: row.kept as Kept[],
    lastSyncedChangedAt: row.last_synced_changed_at,
  }
}
