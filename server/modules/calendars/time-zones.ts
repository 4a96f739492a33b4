import { LRUCache } from 'lru-cache'
import { Temporal } from 'temporal-polyfill'

// A calendar brings the offsets of its zones along (RFC 5545, 3.6.5): who reads it may know other ones, or none.

/** The moment on the wall clock of its zone; in UTC where this machine does not know the zone. */
export function wallClock(moment: Date, zone: string): Temporal.ZonedDateTime {
  const instant = Temporal.Instant.fromEpochMilliseconds(moment.getTime())
  try {
    return instant.toZonedDateTimeISO(zone)
  } catch {
    return instant.toZonedDateTimeISO('UTC')
  }
}

/** Whether the clocks show this time twice, because they are set back in between. */
export function isShownTwice(time: Temporal.ZonedDateTime): boolean {
  const meant = (disambiguation: 'earlier' | 'later') =>
    time.toPlainDateTime().toZonedDateTime(time.timeZoneId, { disambiguation }).epochNanoseconds
  return meant('earlier') !== meant('later')
}

const described = new LRUCache<string, string>({ max: 1_000 })

/** The VTIMEZONE of a zone for what lies in these years: each change of the clocks by itself, which no rule can get wrong. */
export function describeZone(zone: string, firstYear: number, lastYear: number): string {
  const key = `${zone} ${firstYear} ${lastYear}`
  let text = described.get(key)
  if (text === undefined) described.set(key, (text = describe(zone, firstYear, lastYear)))
  return text
}

function describe(zone: string, firstYear: number, lastYear: number): string {
  const startOf = (year: number) => Temporal.ZonedDateTime.from({ timeZone: zone, year, month: 1, day: 1 })
  const begin = startOf(firstYear)
  const end = startOf(lastYear + 1)
  // What holds at the beginning came with the change before it. Where the clocks were never changed it has always held.
  let change = begin.add({ nanoseconds: 1 }).getTimeZoneTransition('previous')
  const parts = change ? [] : [observance('STANDARD', '19700101T000000', begin.offset, begin.offset)]
  change ??= begin.getTimeZoneTransition('next')
  for (; change && change.epochNanoseconds < end.epochNanoseconds; change = change.getTimeZoneTransition('next')) {
    const before = change.subtract({ nanoseconds: 1 })
    const standard = Math.min(...[1, 7].map((month) => change!.with({ month, day: 1 }).offsetNanoseconds))
    const kind = change.offsetNanoseconds > standard ? 'DAYLIGHT' : 'STANDARD'
    // It begins at the time that the clocks show when they have not yet been changed.
    const shown = before.toPlainDateTime().add({ nanoseconds: 1 })
    parts.push(
      observance(kind, shown.toString({ smallestUnit: 'second' }).replace(/[-:]/g, ''), before.offset, change.offset),
    )
  }
  return `BEGIN:VTIMEZONE\r\nTZID:${zone}\r\n${parts.join('')}END:VTIMEZONE\r\n`
}

function observance(kind: 'STANDARD' | 'DAYLIGHT', from: string, before: string, after: string): string {
  const offset = (text: string) => text.replaceAll(':', '')
  return `BEGIN:${kind}\r\nDTSTART:${from}\r\nTZOFFSETFROM:${offset(before)}\r\nTZOFFSETTO:${offset(after)}\r\nEND:${kind}\r\n`
}
