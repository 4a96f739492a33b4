import type { Config } from '#config'
import type { Job } from '#kernel/jobs'
import { cleanUp } from './clean-up/clean-up.ts'
import { publishDue } from './publishing.ts'

/** Old events are cleaned up only where somebody has said after how many days. */
export function eventJobs(config: Pick<Config, 'cleanUp'>): readonly Job[] {
  return [
    { name: 'publish-due-events', cron: '* * * * *', run: publishDue },
    ...(config.cleanUp
      ? [{ name: 'clean-up-old-events', cron: config.cleanUp.schedule, run: (ctx) => cleanUp(ctx) } satisfies Job]
      : []),
  ]
}
