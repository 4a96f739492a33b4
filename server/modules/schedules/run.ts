import { sql } from 'kysely'

export const STATES = ['waiting', 'running', 'done', 'failed'] as const
export type State = (typeof STATES)[number]

/** One run of a job, as it stands. */
export type Run = {
  id: string
  name: string
  queue: string
  state: State
  asked_by: { kind: string; id?: string; name?: string }
  asked_at: Date
  due_at: Date
  attempts: number
  /** Of the last try. */
  started_at: Date | null
  ended_at: Date | null
  last_error: string | null
  result: unknown
}

/** Which state a row of job_runs, called r, is in. */
export const STATE = sql`case when r.finished_at is not null then 'done' when r.failed_at is not null then 'failed'
  when r.leased_until > (select app_now()) then 'running' else 'waiting' end`

/** A row of job_runs, which is called r, as a run. */
export const RUN = sql`r.id, r.name, r.queue, ${STATE} as state, r.asked_by, r.asked_at, r.due_at, r.attempts, r.started_at,
  coalesce(r.finished_at, r.failed_at) as ended_at, r.last_error, r.result`
