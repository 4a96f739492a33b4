import { sql } from 'kysely'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { newId } from '#kernel/ids'
import type { Job } from '#kernel/jobs'
import { startLoop, type Loop } from '#kernel/loop'
import { nextTime } from './next-time.ts'

/*
 * When a job is due is a row, so that it can be read and changed while everything runs. Every worker looks each second;
 * whoever finds a schedule due writes its run and its next time in one transaction under the row's lock, so that of many
 * who look one does it. A time that passed while nobody looked is made up for once, however often it passed.
 */

const LOOK_MS = 1_000
const DECLARE_MS = 60_000

/** Says which jobs there are and fires them when they are due, until stopped. `fired` is called when there is something to run. */
export async function startScheduler(ctx: Ctx, jobs: readonly Job[], fired: () => void = () => {}): Promise<Loop> {
  await declare(ctx, jobs)
  let declared = performance.now()
  return startLoop('scheduler', ctx.log, LOOK_MS, async () => {
    if (performance.now() - declared > DECLARE_MS) {
      await declare(ctx, jobs)
      declared = performance.now()
    }
    if ((await fireDue(ctx, jobs)) > 0) fired()
    return 0
  })
}

/**
 * Gives each job its row. A schedule that nobody changed follows the program's; one that somebody changed stays as it is.
 * What no worker has declared for an hour is gone, and so are the runs that waited for it.
 */
export async function declare(ctx: Ctx, jobs: readonly Job[]): Promise<void> {
  await transaction(ctx, async (tx) => {
    const now = await clockOf(tx)
    const names = jobs.map((job) => job.name)
    const queues = jobs.map((job) => job.queue ?? 'periodic')
    const crons = jobs.map((job) => job.cron)
    const times = jobs.map((job) => nextTime(job.cron, 'UTC', now).toISOString())
    await sql`
      insert into schedules as s (name, queue, cron, default_cron, next_run_at, next_for)
      select name, queue, cron, cron, next_at::timestamptz, cron || ' UTC'
      from unnest(${names}::text[], ${queues}::text[], ${crons}::text[], ${times}::text[]) as declared(name, queue, cron, next_at)
      order by name
      on conflict (name) do update set seen_at = app_now(), queue = excluded.queue, default_cron = excluded.default_cron,
        cron = case when s.cron = s.default_cron then excluded.default_cron else s.cron end
      where s.seen_at < app_now() - interval '50 seconds'
        or (s.queue, s.default_cron) is distinct from (excluded.queue, excluded.default_cron)`.execute(tx.db)
    await sql`
      with gone as (
        delete from schedules where seen_at < (select app_now() - interval '1 hour') and name <> all(${names}::text[]) returning name
      )
      update job_runs r set failed_at = app_now(), last_error = 'there is no such job any more', lease = null, leased_until = null
      from gone where r.name = gone.name and r.finished_at is null and r.failed_at is null`.execute(tx.db)
  })
}

type Due = { name: string; queue: string; cron: string; zone: string; next_run_at: Date; next_for: string; now: Date }

/** Writes a run for every one of these jobs that is due, and answers for how many. Of a job that has one open it pulls that forward. */
export async function fireDue(ctx: Ctx, jobs: readonly Job[]): Promise<number> {
  const names = jobs.map((job) => job.name)
  return transaction(ctx, async (tx) => {
    const { rows } = await sql<Due>`
      select name, queue, cron, zone, next_run_at, next_for, app_now() as now from schedules
      where name = any(${names}::text[]) and paused_at is null
        and (next_run_at <= (select app_now()) or next_for <> cron || ' ' || zone)
      order by name for update skip locked`.execute(tx.db)
    let fired = 0
    for (const due of rows) {
      // Who edited the row in the database itself has not reckoned when that is.
      const isEdited = due.next_for !== `${due.cron} ${due.zone}`
      if (!isEdited) {
        await sql`
          insert into job_runs as r (id, name, queue, asked_by)
          values (${newId()}, ${due.name}, ${due.queue}, '{"kind": "system", "name": "scheduler"}')
          on conflict (name) where finished_at is null and failed_at is null
          do update set due_at = app_now() where r.lease is null and r.due_at > app_now()`.execute(tx.db)
        fired++
      }
      await sql`
        update schedules set next_run_at = ${nextOf(ctx, due)}, next_for = cron || ' ' || zone where name = ${due.name}`.execute(
        tx.db,
      )
    }
    return fired
  })
}

const UNREADABLE_MS = 3_600_000

/** When it is due after now. One that cannot be read, which only the database's own tools can write, holds up no other. */
function nextOf(ctx: Ctx, { name, cron, zone, now }: Due): Date {
  try {
    return nextTime(cron, zone, now)
  } catch (error) {
    ctx.log.error({ err: error, job: name, cron, zone }, 'this schedule cannot be read; looking again in an hour')
    return new Date(now.getTime() + UNREADABLE_MS)
  }
}

/** What time it is for the database. */
export async function clockOf(tx: Tx): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select app_now() as now`.execute(tx.db)
  return rows[0]!.now
}
