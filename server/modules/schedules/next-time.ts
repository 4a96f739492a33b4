import { Cron } from 'croner'

/**
 * The first moment after this one that the crontab names on the zone's clock. An hour that the clock leaves out counts as
 * the one after it, and of an hour that comes twice the first. Throws where there is no such zone or moment.
 */
export function nextTime(cron: string, zone: string, after: Date): Date {
  const next = new Cron(cron, { timezone: zone, paused: true }).nextRun(after)
  if (!next) throw new Error('that never comes')
  return next
}
