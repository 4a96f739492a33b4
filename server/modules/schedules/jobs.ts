import type { Job } from '#kernel/jobs'
import { forgetOldRuns } from './runs.ts'

export const scheduleJobs: readonly Job[] = [{ name: 'forget-job-runs', cron: '27 3 * * *', run: forgetOldRuns }]
