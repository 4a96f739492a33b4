import type { Job } from '#kernel/jobs'
import { retain } from './retention.ts'

export const privacyJobs: readonly Job[] = [{ name: 'apply-retention', cron: '52 3 * * *', run: (ctx) => retain(ctx) }]
