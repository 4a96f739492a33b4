import { sql, type RawBuilder } from 'kysely'
import { amend, hold } from '#events/event'
import { may } from '#events/policy'
import { USED } from '#events/use'
import { allowSeconds, attempt, transaction, type Ctx, type Tx } from '#kernel/ctx'
import { isTemporary, sqlState } from '#kernel/database-errors'
import { record, unseenByOthers } from '#kernel/facts'
import { demand } from '#kernel/policy'
import { invalid } from '#kernel/problem'

declare module '#kernel/facts' {
  interface Facts {
    /** `now`: its pictures go. All that is left of it is in here. */
    'event.erased': { eventId: string; title: string; organizerId: string }
    'event.archived': { eventId: string }
    'events.cleaned-up': { days: number; erased: number; archived: number; left: number }
  }
}
// Each event's own fact is what others hear of.
unseenByOthers('events.cleaned-up')

/** An event that was over for long enough, and what was (or would be) done with it. */
export type Cleaned = { id: string; title: string; endsAt: Date; outcome: 'erased' | 'archived' }

/** What came of it. `left`: could not be cleaned now; the log says why. `more`: there were more than `most`. */
export type CleanedUp = {
  days: number
  dryRun: boolean
  erased: number
  archived: number
  left: number
  more: boolean
}

/** `each` hears of every event, in the order of their ends. */
export type Wanted = { days?: number; dryRun?: boolean; most?: number; each?: (cleaned: Cleaned) => void }

const TOGETHER = 50
const NOW_AND_THEN_SECONDS = 60

/**
 * Erases the events that have been over for `days` and that nobody ever used, and archives the others, whose
 * registrations and reviews stay as they are. A few at a time, each batch a transaction: stopped in between, the next
 * run goes on. A dry run changes nothing and tells exactly what a run would do now.
 */
export async function cleanUp(
  ctx: Ctx,
  { dryRun = false, most = Infinity, each, ...wanted }: Wanted = {},
): Promise<CleanedUp> {
  demand(ctx, may.cleanUp, undefined)
  const days = wanted.days ?? ctx.config.cleanUp?.afterDays
  if (days === undefined) throw invalid({ '/days': 'Say after how many days: CLEANUP_EVENTS_AFTER_DAYS is not set.' })
  const done: CleanedUp = { days, dryRun, erased: 0, archived: 0, left: 0, more: false }
  let after: Candidate | undefined
  for (let seen = 0; ;) {
    const want = Math.min(TOGETHER, most - seen)
    const batch = dryRun ? await foresee(ctx, days, after, want) : await cleanBatch(ctx, days, after, want)
    for (const { candidate, outcome } of batch) {
      if (!outcome) done.left++
      else {
        done[outcome]++
        each?.({ id: candidate.id, title: candidate.title, endsAt: candidate.ends_at, outcome })
      }
    }
    seen += batch.length
    after = batch.at(-1)?.candidate
    if (batch.length < want) break
    if (seen >= most) {
      done.more = (await candidates(ctx, days, after, 1)).length > 0
      break
    }
  }
  const { dryRun: _, more: __, ...counts } = done
  if (!dryRun && done.erased + done.archived > 0)
    await transaction(ctx, (tx) => record(tx, 'events.cleaned-up', counts))
  ctx.log.info({ ...done }, dryRun ? 'old events that would be cleaned up' : 'old events cleaned up')
  return done
}

type Candidate = {
  id: string
  title: string
  ends_at: Date
  ends_key: string
  organizer_id: string
  deleted_at: Date | null
  used: boolean
}
type Judged = { candidate: Candidate; outcome: Cleaned['outcome'] | null }

/** The next events that have been over for long enough. Deleted ones only as long as they can be erased. */
async function candidates(
  ctx: Ctx | Tx,
  days: number,
  after: Candidate | undefined,
  most: number,
  lock: RawBuilder<unknown> = sql``,
): Promise<Candidate[]> {
  const behind = after ? sql`(e.ends_at, e.id) > (${after.ends_key}::timestamptz, ${after.id}::uuid)` : sql`true`
  const { rows } = await sql<Candidate>`
    select e.id, e.title, e.ends_at, e.ends_at::text as ends_key, e.organizer_id, e.deleted_at, ${USED} as used from events e
    where e.ends_at <= (select app_now() - make_interval(days => ${days}::int)) and e.archived_at is null
      and (e.deleted_at is null or not ${USED}) and ${behind}
    order by e.ends_at, e.id limit ${most} ${lock}`.execute(ctx.db)
  return rows
}

async function foresee(ctx: Ctx, days: number, after: Candidate | undefined, most: number): Promise<Judged[]> {
  const found = await candidates(ctx, days, after, most)
  return found.map((candidate) => ({ candidate, outcome: candidate.used ? 'archived' : 'erased' }))
}

async function cleanBatch(ctx: Ctx, days: number, after: Candidate | undefined, most: number): Promise<Judged[]> {
  return transaction(ctx, async (tx) => {
    await allowSeconds(tx, NOW_AND_THEN_SECONDS)
    // What somebody else has in hand, another cleaning or an organizer, is left to them; the next run finds it again.
    const locked = await candidates(tx, days, after, most, sql`for update of e skip locked`)
    // Nobody can begin to use them now. Who had begun before has finished, and is seen by a statement that starts here.
    const { rows } = await sql<{ id: string; used: boolean }>`
      select e.id, ${USED} as used from events e where e.id = any(${locked.map(({ id }) => id)}::uuid[])`.execute(tx.db)
    const used = new Map(rows.map((row) => [row.id, row.used]))
    const batch: Judged[] = []
    for (const candidate of locked)
      batch.push({ candidate, outcome: await cleanOne(tx, { ...candidate, used: used.get(candidate.id) ?? true }) })
    return batch
  })
}

/** Erases it or archives it; null when neither could be done, which stops nothing else. */
async function cleanOne(tx: Tx, event: Candidate): Promise<Cleaned['outcome'] | null> {
  try {
    if (!event.used && (await erased(tx, event))) return 'erased'
    if (event.deleted_at) return null
    await attempt(tx, () => archive(tx, event.id))
    return 'archived'
  } catch (error) {
    if (isTemporary(error)) throw error
    tx.log.error({ err: error, eventId: event.id }, 'an old event could not be cleaned up')
    return null
  }
}

const STILL_REFERENCED = ['23001', '23503']

/** Whether it could be erased: what still points to it keeps it, also what USED does not know of. */
async function erased(tx: Tx, { id, title, organizer_id }: Candidate): Promise<boolean> {
  try {
    await attempt(tx, async () => {
      await record(tx, 'event.erased', { eventId: id, title, organizerId: organizer_id })
      await tx.db.deleteFrom('events').where('id', '=', id).execute()
    })
    return true
  } catch (error) {
    if (STILL_REFERENCED.includes(sqlState(error) ?? '')) return false
    throw error
  }
}

async function archive(tx: Tx, eventId: string): Promise<void> {
  const event = await hold(tx, eventId, may.cleanUp)
  await amend(tx, event, { archived_at: sql<Date>`app_now()` })
  await record(tx, 'event.archived', { eventId })
}
