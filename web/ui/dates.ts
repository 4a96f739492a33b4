import { useSyncExternalStore } from 'react'

const formats = new Map<string, Intl.DateTimeFormat>()

function format(zone: string) {
  let known = formats.get(zone)
  if (!known) {
    known = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
    formats.set(zone, known)
  }
  return known
}

/** One instant on the calendar and clock of a zone. */
export type Moment = Record<'weekday' | 'day' | 'month' | 'year' | 'time', string>

/** Reads the parts and puts them together ourselves: Node's and the browser's ICU disagree about commas. */
export function momentIn(zone: string, instant: string): Moment {
  const parts: Record<string, string> = {}
  for (const part of format(zone).formatToParts(new Date(instant))) parts[part.type] = part.value
  const { weekday = '', day = '', month = '', year = '', hour = '', minute = '' } = parts
  return { weekday, day, month, year, time: `${hour}:${minute}` }
}

/** The first three letters, "Dec" and "Fri". */
export const short = (word: string) => word.slice(0, 3)

const date = ({ weekday, day, month, year }: Moment) => `${weekday} ${day} ${month} ${year}`
const shortDate = ({ weekday, day, month }: Moment) => `${short(weekday)} ${day} ${short(month)}`

/** "Fri 4 Dec, 19:30" in the event's zone. */
export function briefly(event: { startsAt: string; zone: string }) {
  const start = momentIn(event.zone, event.startsAt)
  return `${shortDate(start)}, ${start.time}`
}

/** The date and the time of day of an event, each a line: "Friday 4 December 2026" and "19:30–22:00". */
export function whenLines(event: { startsAt: string; endsAt: string; zone: string }, zone = event.zone) {
  const start = momentIn(zone, event.startsAt)
  const end = momentIn(zone, event.endsAt)
  // An evening that ends after midnight is still one evening.
  const oneEvening = Date.parse(event.endsAt) - Date.parse(event.startsAt) < 16 * 3_600_000
  if (oneEvening || date(start) === date(end)) return [date(start), `${start.time}–${end.time}`] as const
  return [`${shortDate(start)} – ${shortDate(end)} ${end.year}`, `from ${start.time}, until ${end.time}`] as const
}

/** "Fri 4 Dec 2026, 19:30 (Berlin time)" for one instant. */
export function exactly(instant: string, zone: string) {
  const moment = momentIn(zone, instant)
  return `${shortDate(moment)} ${moment.year}, ${moment.time} (${zoneName(zone)})`
}

/** "Berlin time" for Europe/Berlin. */
export function zoneName(zone: string) {
  if (zone === 'UTC' || zone === 'Etc/UTC') return 'UTC'
  return `${zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')} time`
}

const never = () => () => undefined
const visitorZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

/** The visitor's zone once we are in a browser; null on the server, where nobody knows it. */
export function useVisitorZone() {
  return useSyncExternalStore(never, visitorZone, () => null)
}

/** True once we are in a browser and the page has been taken over; false in the server's HTML. */
export function useInBrowser() {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}
