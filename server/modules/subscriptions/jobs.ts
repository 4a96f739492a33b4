import type { Job } from '#kernel/jobs'
import { forgetPast } from './erasing.ts'

export const subscriptionJobs: readonly Job[] = [{ name: 'subscriptions-past', cron: '17 3 * * *', run: forgetPast }]
