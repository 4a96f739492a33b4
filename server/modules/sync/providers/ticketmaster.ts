import type { Config } from '#config'
import { askObject } from '#sync/asking'
import { CHANGED, countPages } from './counting.ts'
import {
  isFailure,
  type Failure,
  type Found,
  type Gathered,
  type Item,
  type Provider,
  type Query,
  type Skip,
} from './provider.ts'
import { itemOf, objectOf, priceRangeOf, timeOf, zoneOf, type Raw } from './reading.ts'

// Ticketmaster's Discovery API, version 2.

const PAGE = 20
const RUN_PAGE = 200
/** Beyond the thousandth it answers no more. */
const DEEPEST = 1_000

/** Events that Ticketmaster sells tickets for. */
export function ticketmaster({ ticketmaster: { url, apiKey, query: runQuery }, zone }: Config['sync']): Provider {
  const missing = apiKey ? null : 'TICKETMASTER_API_KEY'
  const home = new URL(url)

  const askFor = (path: string, query: Record<string, string>, hurried: boolean) =>
    askObject({ home, hurried }, path, { ...query, apikey: apiKey! })

  return {
    name: 'ticketmaster',
    missing,
    missingForRuns: missing ?? (runQuery ? null : 'TICKETMASTER_SYNC'),
    tellsChanges: false,
    async gather(): Promise<Gathered | Failure> {
      const gathered: Gathered = { items: [], skipped: [], isWhole: false }
      const counted = countPages()
      for (let page = 0, pages = 1; page < pages; page++) {
        const query = {
          ...Object.fromEntries(new URLSearchParams(runQuery!)),
          size: String(RUN_PAGE),
          page: String(page),
        }
        const answer = await askFor('/discovery/v2/events.json', query, false)
        if (isFailure(answer)) return answer
        const { totalElements, totalPages } = objectOf(answer['page']) ?? {}
        if (typeof totalElements !== 'number' || typeof totalPages !== 'number')
          return { failed: 'The answer has no `page`.' }
        if (totalElements > DEEPEST)
          return {
            failed: `TICKETMASTER_SYNC finds ${totalElements} events, and no more than ${DEEPEST} can be read: narrow it.`,
          }
        pages = totalPages
        const found: Gathered = { items: [], skipped: [], isWhole: false }
        for (const row of rowsOf(answer)) sort(read(row, zone), found)
        if (!counted.take(found, totalElements)) return CHANGED
        gathered.items.push(...found.items)
        gathered.skipped.push(...found.skipped)
      }
      const lacking = counted.lacking()
      return lacking ? { failed: lacking } : { ...gathered, isWhole: counted.isWhole() }
    },
    async search({ text, location, page }: Query): Promise<Found | Failure> {
      if ((page + 1) * PAGE > DEEPEST) return { items: [], hasMore: false }
      const query = { keyword: text, ...where(location), size: String(PAGE), page: String(page) }
      const answer = await askFor('/discovery/v2/events.json', query, true)
      if (isFailure(answer)) return answer
      const found: Gathered = { items: [], skipped: [], isWhole: false }
      for (const row of rowsOf(answer)) sort(read(row, zone), found)
      const { totalPages } = objectOf(answer['page']) ?? {}
      return { items: found.items, hasMore: typeof totalPages === 'number' && page + 1 < totalPages }
    },
    async find(externalId) {
      const answer = await askFor(`/discovery/v2/events/${encodeURIComponent(externalId)}.json`, {}, true)
      if (isFailure(answer)) return answer.isMissing ? null : answer
      const one = read(answer, zone)
      return 'item' in one ? one.item : { failed: one.skip.reason }
    },
  }
}

/** `NY` is a state, `10001` a postal code, anything else a city. */
function where(location: string): Record<string, string> {
  if (/^[A-Z]{2}$/.test(location)) return { stateCode: location }
  return /^\d{4,}$/.test(location) ? { postalCode: location } : { city: location }
}

function rowsOf(answer: Raw): unknown[] {
  const events = objectOf(answer['_embedded'])?.['events']
  return Array.isArray(events) ? events : []
}

function sort(one: { item: Item } | { skip: Skip }, into: Gathered): void {
  if ('item' in one) into.items.push(one.item)
  else into.skipped.push(one.skip)
}

function read(row: unknown, defaultZone: string): { item: Item } | { skip: Skip } {
  const raw = objectOf(row)
  if (!raw) return { skip: { externalId: null, reason: 'It is no object.' } }
  const embedded = objectOf(raw['_embedded']) ?? {}
  const venue = objectOf((embedded['venues'] as unknown[] | undefined)?.[0]) ?? {}
  const dates = objectOf(raw['dates']) ?? {}
  const [start, end] = [objectOf(dates['start']) ?? {}, objectOf(dates['end']) ?? {}]
  const zone = zoneOf(dates['timezone'], venue['timezone']) ?? defaultZone
  const price = objectOf((raw['priceRanges'] as unknown[] | undefined)?.[0]) ?? {}
  const segment = objectOf(objectOf((raw['classifications'] as unknown[] | undefined)?.[0])?.['segment'])
  const code = objectOf(dates['status'])?.['code']
  const isOpenEnd = end['noSpecificTime'] === true || end['approximate'] === true
  return itemOf(
    {
      externalId: raw['id'],
      title: raw['name'],
      description: [raw['info'], raw['pleaseNote']].filter((words) => typeof words === 'string').join('\n\n'),
      startsAt: whenOf(start, zone),
      endsAt: isOpenEnd ? undefined : whenOf(end, zone),
      zone,
      venueName: venue['name'],
      place: [
        objectOf(venue['address'])?.['line1'],
        objectOf(venue['city'])?.['name'],
        objectOf(venue['state'])?.['stateCode'],
      ],
      category: segment?.['name'],
      cancelled: code === 'cancelled' || code === 'canceled',
      ticketUrl: raw['url'],
      priceRange: priceRangeOf(price['min'], price['max'], price['currency']),
      raw,
    },
    zone,
  )
}

/** What is not settled yet has a date at most. */
function whenOf(moment: Raw, zone: string) {
  if (moment['dateTBD'] === true || moment['dateTBA'] === true) return undefined
  const isTimed = moment['timeTBA'] !== true && moment['noSpecificTime'] !== true
  const local = [moment['localDate'], isTimed && moment['localTime']].filter(Boolean).join('T')
  return (isTimed ? timeOf(moment['dateTime'], zone) : undefined) ?? timeOf(local, zone)
}
