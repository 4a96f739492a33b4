import type { Job } from '#kernel/jobs'
import { faultsOfPayments } from './audit.ts'

export const paymentJobs: readonly Job[] = [
  {
    name: 'audit-payments',
    cron: '*/10 * * * *',
    // Should a payment ever be without its seat, people must know, not a script.
    async run(ctx) {
      for (const fault of await faultsOfPayments(ctx)) ctx.log.error({ fault }, 'a payment is not what it should be')
    },
  },
]
