import type { Job } from '#kernel/jobs'
import { removeDiscarded } from './cleaning.ts'

export const pictureJobs: readonly Job[] = [{ name: 'clean-files', cron: '*/10 * * * *', run: removeDiscarded }]
