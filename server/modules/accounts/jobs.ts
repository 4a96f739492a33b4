import type { Job } from '#kernel/jobs'
import { forgetLinks } from './addresses/account-links.ts'
import { forgetCodes } from './phone/phone.ts'

export const accountJobs: readonly Job[] = [
  { name: 'forget-account-links', cron: '37 3 * * *', run: forgetLinks },
  { name: 'forget-phone-codes', cron: '39 3 * * *', run: forgetCodes },
]
