import type { Config } from '#config'
import type { Job } from '#kernel/jobs'
import { runAll } from './everything.ts'
import { providersOf } from './providers/open.ts'
import { forgetOldRuns } from './runs.ts'
import type { Wish } from './sync.ts'

const forgetting: Job = { name: 'forget-sync-runs', cron: '37 3 * * *', run: forgetOldRuns }

/** Nothing is asked by the clock where nothing is set up; what was once is forgotten all the same. */
export function syncJobs(config: Pick<Config, 'sync' | 'seriesHorizonDays'>): readonly Job[] {
  if (Object.values(providersOf(config)).every(({ missingForRuns }) => missingForRuns)) return [forgetting]
  return [
    forgetting,
    { name: 'sync-events', cron: config.sync.schedule, run: all({}) },
    { name: 'sync-all-events', cron: config.sync.fullSchedule, run: all({ full: true }) },
  ]
}

/** What became of it, as the job's result; fails with the words of whatever failed. */
function all(wish: Wish): Job['run'] {
  return async (ctx) => {
    const went = await runAll(ctx, wish)
    const failed = went.flatMap(({ provider, failed: why }) => (why === null ? [] : [`${provider}: ${why}`]))
    if (failed.length > 0) throw new Error(failed.join(' '))
    const providers = went.map(({ provider, run }) => ({
      provider,
      newEventsCount: run!.newEventsCount,
      updatedEventsCount: run!.updatedEventsCount,
      withdrawnEventsCount: run!.withdrawnEventsCount,
      skippedCount: run!.skippedCount,
    }))
    return { providers }
  }
}
