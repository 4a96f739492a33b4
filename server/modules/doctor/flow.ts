import { sql } from 'kysely'
import type { Ctx } from '#kernel/ctx'
import * as schedules from '#schedules'
import { fail, ok, spoken, warn, type Finding } from './finding.ts'

// What is done later: whether it is, and what was given up.

const LATE_SECONDS = 60
const STUCK_SECONDS = 600
const ABSENT_SECONDS = 180

/** How long facts have waited for their reactions. */
export async function relay(ctx: Ctx): Promise<Finding> {
  const { rows } = await sql<{ count: number; failing: number; seconds: number | null; error: string | null }>`
    select count(*) as count, count(*) filter (where attempts > 0) as failing,
      extract(epoch from (select app_now()) - min(at))::float8 as seconds, max(last_error) as error
    from facts where delivered_at is null`.execute(ctx.db)
  const { count, failing, seconds, error } = rows[0]!
  if (!seconds || seconds < LATE_SECONDS) return ok('relay', 'What happened is passed on at once.')
  const says = `${count} facts wait to be passed on, the oldest for ${spoken(seconds)}${failing > 0 ? `; ${failing} failed: ${error}` : ''}.`
  const todo =
    failing > 0
      ? 'The log says which reaction fails; it is tried again by itself.'
      : 'Start a `worker` for the queue notifications.'
  return seconds > STUCK_SECONDS ? fail('relay', says, todo) : warn('relay', says, todo)
}

/** Channels that were told they may not come in: what waits for them waits for an admin, and for no worker. */
export async function pauses(ctx: Ctx): Promise<Finding[]> {
  const { rows } = await sql<{ channel: string; reason: string; seconds: number; due: number }>`
    select channel, reason, extract(epoch from (select app_now()) - since)::float8 as seconds,
      (select count(*) from notifications n where n.channel = p.channel and sent_at is null and failed_at is null) as due
    from channel_pauses p order by channel`.execute(ctx.db)
  return rows.map(({ channel, reason, seconds, due }) =>
    fail(
      `channel ${channel}`,
      `It has been paused for ${spoken(seconds)}, and ${due} messages wait: ${reason}.`,
      `Put right what lets us in there, then POST /api/v1/admin/channels/${channel}/resume.`,
    ),
  )
}

/** How long messages have been due, but for those of paused channels, and which were given up since yesterday. */
export async function messages(ctx: Ctx): Promise<Finding> {
  const { rows } = await sql<{ due: number; seconds: number | null; error: string | null; failed: number }>`
    select count(*) filter (where failed_at is null and due_at <= now.at) as due,
      extract(epoch from now.at - min(due_at) filter (where failed_at is null and due_at <= now.at))::float8 as seconds,
      max(last_error) filter (where failed_at is null) as error,
      count(*) filter (where failed_at > now.at - interval '1 day') as failed
    from (select app_now() as at) now left join notifications n on sent_at is null and erased_at is null
      and (failed_at is not null or not exists (select from channel_pauses p where p.channel = n.channel))
    group by now.at`.execute(ctx.db)
  const { due, seconds, error, failed } = rows[0]!
  if (seconds && seconds > LATE_SECONDS) {
    const says = `${due} messages are due, the oldest for ${spoken(seconds)}${error ? `; the last error: ${error}` : ''}.`
    const todo = ctx.config.smtp
      ? 'Start a `worker` for the queue notifications, and see what is said here of mail.'
      : 'Set SMTP_HOST, SMTP_PORT and MAIL_FROM: messages wait until somebody takes them.'
    return seconds > STUCK_SECONDS ? fail('messages', says, todo) : warn('messages', says, todo)
  }
  if (failed > 0)
    return warn(
      'messages',
      `${failed} messages were given up since yesterday.`,
      'GET /api/v1/notifications?state=failed says why.',
    )
  return ok('messages', 'No message waits longer than it has to.')
}

/** Whether anybody works here at all. */
export async function worker(ctx: Ctx): Promise<Finding> {
  const { rows } = await sql<{ seconds: number | null }>`
    select extract(epoch from (select app_now()) - max(seen_at))::float8 as seconds from schedules`.execute(ctx.db)
  const { seconds } = rows[0]!
  if (seconds === null)
    return fail(
      'worker',
      'No worker has ever been here.',
      'Start `worker`: nothing is sent or done by the clock without.',
    )
  if (seconds > ABSENT_SECONDS)
    return fail(
      'worker',
      `No worker has been here for ${spoken(seconds)}.`,
      'Start `worker`, and see in its log why it ended.',
    )
  return ok('worker', 'A worker is here.')
}

const OVERDUE_SECONDS = 300

/** How many seconds a run of each job has been due that nobody has in hand. */
async function waitingRuns(ctx: Ctx): Promise<Map<string, number>> {
  const { rows } = await sql<{ name: string; seconds: number }>`
    select name, extract(epoch from (select app_now()) - min(due_at))::float8 as seconds from job_runs
    where finished_at is null and failed_at is null and (leased_until is null or leased_until <= (select app_now()))
    group by name`.execute(ctx.db)
  return new Map(rows.map(({ name, seconds }) => [name, seconds]))
}

/** Each job: when it ran, how it went, and when it runs next. */
export async function jobs(ctx: Ctx): Promise<Finding[]> {
  const now = ctx.now().getTime()
  const waiting = await waitingRuns(ctx)
  const { rows } = await sql<{ name: string; failed: number }>`
    select name, count(*) as failed from job_runs where failed_at > (select app_now() - interval '1 day') group by name`.execute(
    ctx.db,
  )
  const failures = new Map(rows.map(({ name, failed }) => [name, failed]))
  return (await schedules.list(ctx)).map((schedule) => {
    const { name, last, paused_at, next_run_at } = schedule
    const what = `job ${name}`
    const ago = (date: Date) => spoken((now - date.getTime()) / 1_000)
    const ran = last?.ended_at
      ? `${last.state === 'done' ? 'Ran' : 'Failed'} ${ago(last.ended_at)} ago`
      : 'Has not run yet'
    const failed = failures.get(name) ?? 0
    if (last?.state === 'failed')
      return fail(
        what,
        `${ran}: ${last.last_error}.`,
        `The log says more; POST /api/v1/admin/job-runs/${last.id}/retries tries it again.`,
      )
    const due = waiting.get(name) ?? 0
    if (due > OVERDUE_SECONDS)
      return fail(
        what,
        `${ran}; a run has waited for ${spoken(due)}.`,
        `Start a \`worker\` for the queue ${schedule.queue}.`,
      )
    if (paused_at)
      return warn(what, `${ran}; it has been paused for ${ago(paused_at)}.`, 'Resume it when it may run again.')
    const overdue = (now - next_run_at.getTime()) / 1_000
    if (overdue > OVERDUE_SECONDS)
      return fail(
        what,
        `${ran}; it has been due for ${spoken(overdue)}.`,
        `Start a \`worker\` for the queue ${schedule.queue}.`,
      )
    if (failed > 0)
      return warn(
        what,
        `${ran}, after ${failed} runs were given up since yesterday.`,
        'GET /api/v1/admin/job-runs?state=failed says why.',
      )
    const took =
      last?.started_at && last.ended_at ? ` and took ${last.ended_at.getTime() - last.started_at.getTime()} ms` : ''
    return ok(what, `${ran}${took}; next ${overdue > 0 ? 'at once' : `in ${spoken(-overdue)}`}.`)
  })
}
