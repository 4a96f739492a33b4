import { Temporal } from 'temporal-polyfill'

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const

/** When an example is, as people there say it; the same whenever the examples are made, daylight saving or not. */
export type When = {
  /** At least so many days from today, … */
  ahead: number
  /** … on the first such weekday then. */
  on: (typeof WEEKDAYS)[number]
  /** On the wall clock: `19:30`. */
  from: string
  until: string
  /** How many nights lie between the start and the end; none when nothing is said. */
  nights?: number
}

/** Until when one may register: so many days before the start, at this time on the wall clock there. */
export type Deadline = { daysBefore: number; at: string }

/** The instants of an event in a zone, in ISO 8601. */
export function schedule(now: Date, zone: string, when: When, deadline?: Deadline) {
  const soonest = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .add({ days: when.ahead })
  const day = soonest.add({ days: (WEEKDAYS.indexOf(when.on) + 1 - soonest.dayOfWeek + 7) % 7 })
  const instant = (date: Temporal.PlainDate, time: string) =>
    date.toZonedDateTime({ timeZone: zone, plainTime: time }).toInstant().toString()
  return {
    startsAt: instant(day, when.from),
    endsAt: instant(day.add({ days: when.nights ?? 0 }), when.until),
    registrationDeadline: deadline ? instant(day.subtract({ days: deadline.daysBefore }), deadline.at) : null,
  }
}
