import type { Job } from '#kernel/jobs'
import { extendAll } from './horizon.ts'

export const seriesJobs: readonly Job[] = [{ name: 'extend-series', cron: '* * * * *', run: extendAll }]
