import type { Ctx } from './ctx.ts'

/** What a worker can be bound to: messages are not to wait behind what takes long. */
export const QUEUES = ['notifications', 'periodic'] as const
export type Queue = (typeof QUEUES)[number]

/** Work by the clock: one line each in a module's jobs.ts. Runs on one machine at a time, at least once. */
export type Job = {
  /** Small letters, digits and dashes; the same for ever, because schedules and runs are kept under it. */
  name: string
  /** Five fields of a crontab, in UTC, until an admin says otherwise. */
  cron: string
  /** `periodic` unless it says otherwise. */
  queue?: Queue
  /**
   * What it returns is kept with the run, if it is a plain object and small. Rejecting is a failed try. `signal` is aborted
   * when its worker stops: what takes longer than that is waited for ends early, or another does it again.
   */
  run: (ctx: Ctx, signal: AbortSignal) => Promise<unknown>
}
