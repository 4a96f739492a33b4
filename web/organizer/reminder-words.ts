/** How long before: `30 minutes before`, `1 day before`. */
export function before(minutes: number): string {
  const [count, unit] =
    minutes % 1440 === 0 ? [minutes / 1440, 'day'] : minutes % 60 === 0 ? [minutes / 60, 'hour'] : [minutes, 'minute']
  return `${count} ${unit}${count === 1 ? '' : 's'} before`
}

/** What can be ticked, besides what an event has already. */
export const USUAL_REMINDERS = [10080, 1440, 120, 30]
export const DEFAULT_REMINDERS = [1440, 30]
