import { Temporal } from 'temporal-polyfill'

/** A day or a month, and the moments between which it lies. */
export type Period = { name: string; from: string; until: string }

/** The days of a zone from one moment to another, the latest `most` of them; in UTC where this machine does not know the zone. */
export function daysBetween(first: Date, last: Date, zone: string, most: number): Period[] {
  const known = zoneOr(zone)
  const dayOf = (moment: Date) => at(moment).toZonedDateTimeISO(known).toPlainDate()
  const startOf = (day: Temporal.PlainDate) => day.toZonedDateTime(known).toInstant().toString()
  const end = dayOf(last)
  let day = dayOf(first)
  if (day.until(end).days >= most) day = end.subtract({ days: most - 1 })
  const days: Period[] = []
  for (let from = startOf(day); Temporal.PlainDate.compare(day, end) <= 0;) {
    const next = day.add({ days: 1 })
    const until = startOf(next)
    days.push({ name: day.toString(), from, until })
    day = next
    from = until
  }
  return days
}

/** The last so many months in UTC, this one included. */
export function lastMonths(now: Date, count: number): Period[] {
  const current = at(now).toZonedDateTimeISO('UTC').toPlainDate().toPlainYearMonth()
  const startOf = (month: Temporal.PlainYearMonth) => `${month.toString()}-01T00:00:00Z`
  return Array.from({ length: count }, (_, index) => {
    const month = current.subtract({ months: count - 1 - index })
    return { name: month.toString(), from: startOf(month), until: startOf(month.add({ months: 1 })) }
  })
}

function zoneOr(zone: string): string {
  try {
    return at(new Date(0)).toZonedDateTimeISO(zone).timeZoneId
  } catch {
    return 'UTC'
  }
}

function at(moment: Date): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(moment.getTime())
}
