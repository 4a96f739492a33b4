import { Type, type Static } from 'typebox'
import { Fields, Instant, instant, instantOrNull, Nullable, OneOf, Uuid } from '#http/wire'
import { QUEUES, type Queue } from '#kernel/jobs'
import { STATES, type Run } from './run.ts'
import type { Schedule } from './schedules.ts'

export const JobName = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,99}$', examples: ['publish-due-events'] })

export const RunWire = Fields({
  id: Uuid,
  name: JobName,
  queue: OneOf(QUEUES),
  state: OneOf(STATES, {
    description: 'waiting: for its time, a worker or the next try. failed: given up after the last try.',
  }),
  askedBy: OneOf(['schedule', 'account', 'program'], { description: 'program: the command line, or we ourselves.' }),
  askedByAccountId: Nullable(Uuid),
  askedAt: Instant,
  dueAt: Type.Unsafe<string>({ ...Instant, description: 'When it may begin, or be tried again.' }),
  attempts: Type.Integer(),
  startedAt: Nullable(Type.Unsafe<string>({ ...Instant, description: 'Of the last try.' })),
  endedAt: Nullable(Instant),
  durationMs: Nullable(Type.Integer({ description: 'How long the last try took.' })),
  lastError: Nullable(Type.String()),
  result: Nullable(Type.Record(Type.String(), Type.Unknown(), { description: 'What the job says of it.' })),
})

export const ScheduleWire = Fields({
  name: JobName,
  queue: OneOf(QUEUES),
  cron: Type.String({ description: 'Minute, hour, day, month and weekday, as in a crontab.' }),
  zone: Type.String({ description: 'On whose clock.' }),
  defaultCron: Type.String({ description: 'What the program says.' }),
  pausedAt: Nullable(Instant),
  changedAt: Nullable(Type.Unsafe<string>({ ...Instant, description: 'When somebody changed it last.' })),
  nextRunAt: Nullable(Type.Unsafe<string>({ ...Instant, description: 'Null while it is paused.' })),
  openRun: Nullable(OneOf(['waiting', 'running'])),
  lastRun: Nullable(RunWire),
})

export const ScheduleBody = Fields({
  cron: Type.Optional(
    Nullable(Type.String({ maxLength: 200, description: 'Null: what the program says.', examples: ['42 2 * * *'] })),
  ),
  zone: Type.Optional(Type.String({ maxLength: 100, examples: ['Europe/Berlin'] })),
  paused: Type.Optional(Type.Boolean()),
})

export function presentRun(run: Run): Static<typeof RunWire> {
  const { id, name, state, attempts } = run
  const { kind } = run.asked_by
  return {
    id,
    name,
    queue: run.queue as Queue,
    state,
    askedBy: kind === 'account' ? 'account' : run.asked_by.name === 'scheduler' ? 'schedule' : 'program',
    askedByAccountId: kind === 'account' ? (run.asked_by.id ?? null) : null,
    askedAt: instant(run.asked_at),
    dueAt: instant(run.due_at),
    attempts,
    startedAt: instantOrNull(run.started_at),
    endedAt: instantOrNull(run.ended_at),
    durationMs: run.started_at && run.ended_at ? Math.max(0, run.ended_at.getTime() - run.started_at.getTime()) : null,
    lastError: run.last_error,
    result: (run.result ?? null) as Record<string, unknown> | null,
  }
}

export function presentSchedule(schedule: Schedule): Static<typeof ScheduleWire> {
  const { name, cron, zone, open, last } = schedule
  return {
    name,
    queue: schedule.queue as Queue,
    cron,
    zone,
    defaultCron: schedule.default_cron,
    pausedAt: instantOrNull(schedule.paused_at),
    changedAt: instantOrNull(schedule.changed_at),
    nextRunAt: schedule.paused_at ? null : instant(schedule.next_run_at),
    openRun: open,
    lastRun: last && presentRun(last),
  }
}
