import type { Job } from '#kernel/jobs'
import { drainOutbox } from './outbox.ts'

/** Messages leave at once, by themselves; this sees every minute that none is left lying, whatever became of the loops. */
export const notificationJobs: readonly Job[] = [
  {
    name: 'process-notifications-outbox',
    cron: '* * * * *',
    queue: 'notifications',
    run: (ctx, signal) => drainOutbox(ctx, { signal }),
  },
]
