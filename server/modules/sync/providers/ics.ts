import ICAL from 'ical.js'
import type { Config } from '#config'
import { ask } from '#sync/asking'
import { isFailure, type Failure, type Gathered, type Item, type Provider, type Skip } from './provider.ts'
import { itemOf, timeOf, zoneOf, type Day, type Draft } from './reading.ts'

const MOST_EVENTS = 20_000
/** Of one that repeats: what is taken, and how many of its dates are looked at to find them. */
const MOST_DATES = 366
const MOST_LOOKED_AT = 10_000
const DAY_MS = 86_400_000

/** A calendar at an address, as calendar programs share it. It is there as a whole each time. */
export function icsProvider({ ics, zone }: Config['sync'], daysAhead: number): Provider {
  const missing = ics ? null : 'ICS_URL'
  return {
    name: 'ics',
    missing,
    missingForRuns: missing,
    tellsChanges: false,
    gather: () => gather(ics!.url, zone, daysAhead),
  }
}

async function gather(url: string, zone: string, daysAhead: number): Promise<Gathered | Failure> {
  const home = new URL(url)
  const body = await ask(home, { home })
  if (isFailure(body)) return body
  const text = new TextDecoder().decode(body).trim()
  // A calendar that breaks off between two events reads well.
  if (!/^BEGIN:VCALENDAR\r?\n/i.test(text) || !/\nEND:VCALENDAR$/i.test(text))
    return { failed: 'The answer is no whole calendar.' }
  try {
    return readCalendar(text, zone, daysAhead)
  } catch {
    return { failed: 'The calendar cannot be read.' }
  }
}

/** Every event of a calendar, each date of one that repeats by itself. */
export function readCalendar(text: string, defaultZone: string, daysAhead: number, now = new Date()): Gathered {
  const parsed = ICAL.parse(text) as unknown[]
  const calendars = (typeof parsed[0] === 'string' ? [parsed] : parsed).map((each) => new ICAL.Component(each as []))
  const horizon = new Date(now.getTime() + daysAhead * DAY_MS)
  const items: Item[] = []
  const skipped: Skip[] = []
  let count = 0
  let isWhole = true
  let readTo: Date | null = null
  for (const calendar of calendars) {
    const zone = zoneOf(calendar.getFirstPropertyValue('x-wr-timezone')) ?? defaultZone
    const events = calendar.getAllSubcomponents('vevent')
    if ((count += events.length) > MOST_EVENTS) throw new Error('too long')
    const changed = new Map<string, ICAL.Component[]>()
    for (const each of events.filter(isException)) changed.set(uidOf(each), [...(changed.get(uidOf(each)) ?? []), each])
    const masters = new Set(events.filter((each) => !isException(each)).map(uidOf))
    for (const component of events) {
      const uid = uidOf(component)
      if (isException(component) && masters.has(uid)) continue
      try {
        const event = new ICAL.Event(component, { strictExceptions: true, exceptions: changed.get(uid) ?? [] })
        const repeats = event.isRecurring() && datesOf(event, zone, now, horizon)
        if (repeats && repeats.until && (!readTo || repeats.until < readTo)) readTo = repeats.until
        for (const draft of repeats ? repeats.drafts : [draftOf(event, zone)]) {
          const read = itemOf(draft, draft.zone as string)
          if ('item' in read) items.push(read.item)
          else skipped.push(read.skip)
        }
      } catch {
        skipped.push({ externalId: uid || null, reason: 'It cannot be read.' })
        isWhole = false // its dates are known by ids that nobody can tell now
      }
    }
  }
  // A day less: a date without a zone is read in another here than it is there.
  return { items, skipped, isWhole, ...(readTo && { until: new Date(readTo.getTime() - DAY_MS) }) }
}

function isException(component: ICAL.Component): boolean {
  return component.hasProperty('recurrence-id')
}

function uidOf(component: ICAL.Component): string {
  return String(component.getFirstPropertyValue('uid') ?? '')
}

/**
 * The dates to come of an event that repeats, and until when it was looked at; null: to its end. Each has the id of its place
 * in the repetition, which it keeps when it is moved.
 */
function datesOf(event: ICAL.Event, zone: string, now: Date, horizon: Date): { drafts: Draft[]; until: Date | null } {
  const dates = event.iterator()
  const drafts: Draft[] = []
  for (let looked = 0; ; looked++) {
    const next = dates.next() as ICAL.Time | null
    if (!next) return { drafts, until: null }
    const at = next.toJSDate()
    if (at > horizon) return { drafts, until: horizon }
    if (drafts.length === MOST_DATES || looked === MOST_LOOKED_AT) return { drafts, until: at }
    const { recurrenceId, item, startDate, endDate } = event.getOccurrenceDetails(next)
    if (endDate.toJSDate() > now)
      drafts.push(draftOf(item, zone, { startDate, endDate, place: recurrenceId.toString() }))
  }
}

function draftOf(
  event: ICAL.Event,
  calendarZone: string,
  at: { startDate: ICAL.Time; endDate: ICAL.Time; place?: string } = {
    startDate: event.startDate,
    endDate: event.endDate,
  },
): Draft {
  const { component } = event
  const zone = zoneOf(component.getFirstProperty('dtstart')?.getFirstParameter('tzid')) ?? calendarZone
  const changed = component.getFirstPropertyValue('last-modified') as ICAL.Time | null
  const word = (name: string) => component.getFirstPropertyValue(name)?.toString()
  const place = at.place ? `#${at.place}` : event.recurrenceId ? `#${event.recurrenceId.toString()}` : ''
  const hasEnd = component.hasProperty('dtend') || component.hasProperty('duration')
  return {
    externalId: event.uid && `${event.uid}${place}`,
    title: event.summary,
    description: event.description,
    startsAt: at.startDate && momentOf(at.startDate, zone),
    endsAt: hasEnd ? endOf(at.startDate, at.endDate, zone) : undefined,
    zone,
    venueName: event.location,
    category: word('categories'),
    cancelled: word('status')?.toUpperCase() === 'CANCELLED',
    ticketUrl: word('url'),
    changedAt: changed ? changed.toJSDate() : undefined,
    // Who is invited and who invites is nobody's business here.
    raw: Object.fromEntries(
      [
        'uid',
        'summary',
        'description',
        'location',
        'status',
        'url',
        'dtstart',
        'dtend',
        'duration',
        'rrule',
        'last-modified',
      ].flatMap((name) => (component.hasProperty(name) ? [[name, word(name)]] : [])),
    ),
  }
}

/** By the zone's name where it is one, by the calendar's own table of offsets otherwise. */
function momentOf(time: ICAL.Time, zone: string): Date | Day | undefined {
  if (time.isDate) return { day: time.toString() }
  const { zone: own } = time
  const isFixed = own === ICAL.Timezone.utcTimezone || (own !== ICAL.Timezone.localTimezone && !zoneOf(own?.tzid))
  return isFixed ? time.toJSDate() : timeOf(time.toString().replace(/Z$/, ''), zoneOf(own?.tzid) ?? zone)
}

/** A calendar's last day is the one after it. */
function endOf(start: ICAL.Time, end: ICAL.Time, zone: string): Date | Day | undefined {
  if (!end.isDate) return momentOf(end, zone)
  const last = end.clone()
  last.adjust(-1, 0, 0, 0)
  return { day: (last.compare(start) < 0 ? start : last).toString() }
}
