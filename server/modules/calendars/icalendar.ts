import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import { LRUCache } from 'lru-cache'
import { setImmediate } from 'node:timers/promises'
import { describeZone, isShownTwice, wallClock } from './time-zones.ts'

/** What a calendar says of one event. */
export type Entry = {
  uid: string
  title: string
  description: string
  place: string
  url: string | null
  startsAt: Date
  endsAt: Date
  zone: string
  version: number
  updatedAt: Date
  status: 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED'
}

/** Programs that subscribe are asked to come back so often, in seconds. */
const REFRESH = 3_600
/** Entries written in one go: the library takes some tenths of a millisecond for each, and others are waiting. */
const AT_ONCE = 20

/** Writes a calendar as RFC 5545 has it. */
export async function write(name: string, entries: Entry[]): Promise<string> {
  const shell = ical({
    prodId: { company: 'Turnout', product: 'Turnout' },
    method: ICalCalendarMethod.PUBLISH,
    name: escape(oneLine(name)), // the library writes it as it is
    ttl: REFRESH,
  }).toString()
  const parts = [shell.slice(0, shell.lastIndexOf('END:VCALENDAR'))]
  parts.push(...zonesOf(entries))
  for (let at = 0; at < entries.length; at += AT_ONCE) {
    if (at > 0) await setImmediate()
    for (const entry of entries.slice(at, at + AT_ONCE)) parts.push(eventOf(entry))
  }
  return `${parts.join('')}END:VCALENDAR\r\n`
}

/** The zones that the entries name, each for the years that it is needed for. */
function zonesOf(entries: Entry[]): string[] {
  const years = new Map<string, [first: number, last: number]>()
  for (const { startsAt, endsAt, zone } of entries) {
    const { timeZoneId, year } = wallClock(startsAt, zone)
    if (isUtc(timeZoneId)) continue
    const until = wallClock(endsAt, zone).year
    const [first, last] = years.get(timeZoneId) ?? [year, until]
    years.set(timeZoneId, [Math.min(first, year), Math.max(last, until)])
  }
  return [...years].sort().map(([zone, [first, last]]) => describeZone(zone, first, last))
}

// Feeds are made anew whenever something happens to any event, and most of their entries are as they were.
const written = new LRUCache<string, string>({
  maxSize: 16 * 1024 * 1024,
  sizeCalculation: (text, key) => text.length + key.length,
})

function eventOf(entry: Entry): string {
  const key = JSON.stringify(entry)
  let text = written.get(key)
  if (text === undefined) written.set(key, (text = writeEvent(entry)))
  return text
}

function writeEvent(entry: Entry): string {
  const start = wallClock(entry.startsAt, entry.zone)
  const end = wallClock(entry.endsAt, entry.zone)
  // Readers do not agree on which of the two is meant by a time that the clocks show twice: it is said in UTC.
  const inUtc = isUtc(start.timeZoneId) || isShownTwice(start) || isShownTwice(end)
  const calendar = ical()
  calendar.createEvent({
    id: entry.uid,
    sequence: entry.version,
    stamp: entry.updatedAt,
    lastModified: entry.updatedAt,
    start,
    end,
    timezone: inUtc ? null : start.timeZoneId,
    summary: oneLine(entry.title),
    description: lines(entry.description),
    location: oneLine(entry.place),
    url: entry.url,
    status: ICalEventStatus[entry.status],
  })
  const text = calendar.toString()
  return text.slice(text.indexOf('BEGIN:VEVENT'), text.lastIndexOf('END:VCALENDAR'))
}

function isUtc(zone: string): boolean {
  return zone === 'UTC' || zone === 'Etc/UTC'
}

/** Without what may not be in a calendar's text, which is all controls, and without ends of lines. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
}

function lines(text: string): string {
  return text
    .replace(/\r\n?|[\x85\p{Zl}\p{Zp}]/gu, '\n')
    .replace(/(?!\n)\p{Cc}/gu, ' ')
    .trim()
}

function escape(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&')
}
