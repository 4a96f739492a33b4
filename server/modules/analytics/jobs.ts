import type { Job } from '#kernel/jobs'
import { countMonths } from './counted-months.ts'

export const analyticsJobs: readonly Job[] = [{ name: 'count-registrations', cron: '7 * * * *', run: countMonths }]
