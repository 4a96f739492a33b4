import { sql } from 'kysely'
import * as events from '#events'
import { actingAs, transaction, type Ctx, type Tx } from '#kernel/ctx'
import { record } from '#kernel/facts'
import { hold, timesOf, type Series } from './plan.ts'
import { may } from './policy.ts'
import { occurrences, withInstants } from './recurrence.ts'
import { DAY, isoOf, wallOfText, type Wall } from './wall-clock.ts'

const MOST_YEARS = 10 // no event is further ahead
/** As many are made in one transaction: others wait for its locks meanwhile. */
const AT_ONCE = 60

/**
 * Makes the occurrences up to the horizon that are not there yet, and always the next one; published where the series
 * is. Sixty at most: the job makes the others. The series is held, so whoever else is at it waits and finds them made.
 * Answers how many.
 */
export async function fill(tx: Tx, series: Series): Promise<number> {
  if (series.endedAt) return 0
  const { plan, id: seriesId, organizerId } = series
  const now = tx.now()
  const horizon = new Date(now.getTime() + tx.config.seriesHorizonDays * DAY)
  const tooFar = Date.UTC(now.getUTCFullYear() + MOST_YEARS + 1, 0)
  const there = await wallsThere(tx, seriesId)
  const missing: Wall[] = []
  let ahead = 0
  let hasMore = false
  let reached = horizon
  for (const { wall, startsAt } of withInstants(occurrences(plan.rule, plan.start), plan.zone, now)) {
    if (startsAt <= now) continue
    hasMore = startsAt.getTime() >= tooFar || (startsAt > horizon && ahead > 0)
    if (hasMore) break
    ahead++
    if (there.has(wall)) continue
    if (missing.length === AT_ONCE) {
      hasMore = true
      reached = now // the job sees that it lags behind
      break
    }
    missing.push(wall)
  }
  const fields = await fieldsOf(tx, series)
  for (const wall of missing) {
    const { startsAt, endsAt, zone, deadline } = timesOf(plan, wall)
    const times = { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), zone }
    const eventId = await events.create(
      tx,
      { ...fields, ...times, registrationDeadline: deadline?.toISOString() ?? null },
      { seriesId, at: isoOf(wall), organizerId },
    )
    if (series.publishedAt) await events.publish(tx, eventId)
  }
  await tx.db
    .updateTable('series')
    .set({ horizon_at: hasMore ? reached : null })
    .where('id', '=', seriesId)
    .execute()
  return missing.length
}

/**
 * Extends every series whose horizon has come nearer by a day, or that was too long to be made at once, a few occurrences
 * in a transaction; one that cannot be extended does not keep the others. Answers how many occurrences were made.
 */
export async function extendAll(ctx: Ctx): Promise<number> {
  const system = actingAs(ctx, { kind: 'system', name: 'series' })
  let made = 0
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    // Whoever may no longer organize gets no new events.
    const { rows } = await sql<{ id: string }>`
      select s.id from series s join accounts a on a.id = s.organizer_id
      where s.ended_at is null and s.horizon_at < app_now() + make_interval(days => ${ctx.config.seriesHorizonDays - 1}::int)
        and s.id > ${after}
        and a.suspended_at is null and a.role <> 'attendee'
      order by s.id limit 500`.execute(ctx.db)
    for (const { id } of rows)
      for (let batch = AT_ONCE; batch === AT_ONCE; made += batch) batch = await extend(system, id)
    if (rows.length < 500) return made
    after = rows.at(-1)!.id
  }
}

async function extend(ctx: Ctx, seriesId: string): Promise<number> {
  try {
    return await transaction(ctx, async (tx) => {
      const series = await hold(tx, seriesId, may.edit)
      const occurrences = await fill(tx, series)
      if (occurrences > 0) await record(tx, 'series.extended', { seriesId, occurrences })
      return occurrences
    })
  } catch (error) {
    ctx.log.error(
      { err: error, seriesId },
      'the occurrences of a series could not be made; they are tried again in a minute',
    )
    return 0
  }
}

async function wallsThere(tx: Tx, seriesId: string): Promise<Set<Wall>> {
  const rows = await tx.db.selectFrom('events').select('occurrence_at').where('series_id', '=', seriesId).execute()
  return new Set(rows.flatMap(({ occurrence_at: at }) => (at === null ? [] : [wallOfText(at)!])))
}

async function fieldsOf(tx: Tx, { template: { tagIds, ...fields } }: Series) {
  const { rows } = await sql<{ name: string }>`
    select name from tags where id = any(${tagIds}::uuid[]) order by name_key`.execute(tx.db)
  return { ...fields, tags: rows.map((row) => row.name) }
}
