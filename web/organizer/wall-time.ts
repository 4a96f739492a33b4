/** The calendar and clock of a zone at an instant, as a datetime-local input wants it: "2026-12-04T19:30". */
export function wallTime(instant: string, zone: string) {
  const parts: Record<string, string> = {}
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  for (const { type, value } of format.formatToParts(new Date(instant))) parts[type] = value
  const { year = '', month = '', day = '', hour = '', minute = '' } = parts
  return `${year.padStart(4, '0')}-${month}-${day}T${hour}:${minute}`
}

/**
 * The instant at which clocks in `zone` show `wall`, as ISO 8601 UTC; null when they never do, because they are put
 * forward over it. Of a time that comes twice in autumn it is the first.
 */
export async function instantOf(wall: string, zone: string): Promise<string | null> {
  // Loaded when a form is sent, not with the page.
  const { Temporal } = await import('temporal-polyfill')
  const local = Temporal.PlainDateTime.from(wall)
  const zoned = local.toZonedDateTime(zone, { disambiguation: 'earlier' })
  if (!zoned.toPlainDateTime().equals(local)) return null
  return new Date(zoned.epochMilliseconds).toISOString()
}

/** Two hours on from a wall time, for an end nobody has given yet. */
export function twoHoursAfter(wall: string) {
  const time = Date.parse(`${wall}Z`)
  return Number.isNaN(time) ? '' : new Date(time + 2 * 3_600_000).toISOString().slice(0, 16)
}
