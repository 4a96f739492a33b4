import { sql } from 'kysely'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { canonicalZone } from '#kernel/dates'
import { describe, record, unseenByOthers } from '#kernel/facts'
import { newId } from '#kernel/ids'
import { demand } from '#kernel/policy'
import { invalid, NotFound } from '#kernel/problem'
import { cron as readCron } from '#kernel/setting-values'
import { nextTime } from './next-time.ts'
import { may } from './policy.ts'
import { AlreadyOpen } from './problems.ts'
import { RUN, type Run } from './run.ts'
import { clockOf } from './scheduler.ts'

declare module '#kernel/facts' {
  interface Facts {
    /** What it is now, of what was changed. */
    'schedule.changed': { schedule: string; cron?: string; zone?: string; paused?: boolean }
    'job.asked': { job: string; runId: string }
  }
}
unseenByOthers('schedule.changed', 'job.asked')

export type Schedule = {
  name: string
  queue: string
  cron: string
  zone: string
  default_cron: string
  next_run_at: Date
  paused_at: Date | null
  changed_at: Date | null
  /** The run that waits or is under way, of which there is one at most. */
  open: 'waiting' | 'running' | null
  /** The last that has ended. */
  last: Run | null
}

export type Change = {
  /** Null: what the program says. */
  cron?: string | null
  zone?: string
  paused?: boolean
}

/** Every job that there is, when it ran last and when it runs next. */
export async function list(ctx: Ctx | Tx): Promise<Schedule[]> {
  demand(ctx, may.see, undefined)
  return read(ctx, sql`true`)
}

/** Changes when a job runs; workers follow within a second. What was missed while it was paused is not made up for. */
export async function change(ctx: Ctx, name: string, wanted: Change): Promise<Schedule> {
  demand(ctx, may.change, undefined)
  return transaction(ctx, async (tx) => {
    const old = await hold(tx, name)
    const cron = wanted.cron === undefined ? old.cron : wanted.cron === null ? old.default_cron : cronOf(wanted.cron)
    const zone = wanted.zone === undefined ? old.zone : zoneOf(wanted.zone)
    const paused = wanted.paused ?? old.paused_at !== null
    const changed = {
      ...(cron === old.cron ? {} : { cron }),
      ...(zone === old.zone ? {} : { zone }),
      ...(paused === (old.paused_at !== null) ? {} : { paused }),
    }
    if (Object.keys(changed).length > 0) {
      await sql`
        update schedules set cron = ${cron}, zone = ${zone}, next_run_at = ${nextTime(cron, zone, await clockOf(tx))},
          next_for = ${`${cron} ${zone}`}, paused_at = case when ${paused} then coalesce(paused_at, app_now()) end,
          changed_at = app_now(), changed_by = ${JSON.stringify(describe(tx))}
        where name = ${name}`.execute(tx.db)
      await record(tx, 'schedule.changed', { schedule: name, ...changed })
    }
    const [schedule] = await read(tx, sql`s.name = ${name}`)
    return schedule!
  })
}

/** Has a job run once as soon as a worker is free, also where it is paused. Throws AlreadyOpen; answers the run's id. */
export async function ask(ctx: Ctx, name: string): Promise<string> {
  demand(ctx, may.ask, undefined)
  return transaction(ctx, async (tx) => {
    const { queue } = await hold(tx, name)
    const open = await openRunOf(tx, name)
    if (open) throw AlreadyOpen(undefined, { runId: open })
    const id = newId()
    await sql`
      insert into job_runs (id, name, queue, asked_by) values (${id}, ${name}, ${queue}, ${JSON.stringify(describe(tx))})`.execute(
      tx.db,
    )
    await record(tx, 'job.asked', { job: name, runId: id })
    return id
  })
}

type Held = Pick<Schedule, 'queue' | 'cron' | 'zone' | 'default_cron' | 'paused_at'>

/** The schedule, and nobody else writes a run of it before the transaction ends. */
export async function hold(tx: Tx, name: string): Promise<Held> {
  const { rows } = await sql<Held>`
    select queue, cron, zone, default_cron, paused_at from schedules where name = ${name} for no key update`.execute(
    tx.db,
  )
  if (!rows[0]) throw NotFound()
  return rows[0]
}

/** The run that waits or is under way. */
export async function openRunOf(tx: Tx, name: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from job_runs where name = ${name} and finished_at is null and failed_at is null`.execute(tx.db)
  return rows[0]?.id
}

async function read(ctx: Ctx | Tx, which: ReturnType<typeof sql>): Promise<Schedule[]> {
  const { rows } = await sql<Omit<Schedule, 'last'>>`
    select s.name, s.queue, s.cron, s.zone, s.default_cron, s.next_run_at, s.paused_at, s.changed_at,
      case when r.leased_until > (select app_now()) then 'running' when r.id is not null then 'waiting' end as open
    from schedules s left join job_runs r on r.name = s.name and r.finished_at is null and r.failed_at is null
    where ${which} order by s.name`.execute(ctx.db)
  const { rows: runs } = await sql<Run>`
    select l.* from schedules s cross join lateral (
      select ${RUN} from job_runs r where r.name = s.name and (r.finished_at is not null or r.failed_at is not null)
      order by r.id desc limit 1) l
    where ${which}`.execute(ctx.db)
  const last = new Map(runs.map((run) => [run.name, run]))
  return rows.map((row) => ({ ...row, last: last.get(row.name) ?? null }))
}

function cronOf(words: string): string {
  try {
    return readCron(words)
  } catch (error) {
    throw invalid({ '/cron': `It ${(error as Error).message}.` })
  }
}

function zoneOf(words: string): string {
  const zone = canonicalZone(words)
  if (!zone) throw invalid({ '/zone': 'This is not a time zone of the IANA database, like Europe/Berlin.' })
  return zone
}
