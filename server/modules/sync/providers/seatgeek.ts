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
import { itemOf, objectOf, priceRangeOf, timeOf, zoneOf } from './reading.ts'

// SeatGeek's API, version 2.

const PAGE = 20
const RUN_PAGE = 100
const MOST_ITEMS = 10_000

/** Events that SeatGeek sells tickets for. */
export function seatgeek({ seatgeek: { url, clientId, query: runQuery }, zone }: Config['sync']): Provider {
  const missing = clientId ? null : 'SEATGEEK_CLIENT_ID'
  const home = new URL(url)

  const askFor = (path: string, query: Record<string, string>, hurried: boolean) =>
    askObject({ home, hurried }, path, { ...query, client_id: clientId! })

  /** One page; its rows, how many there are in all, and what could be read. */
  async function pageOf(query: Record<string, string>, page: number, size: number, hurried: boolean) {
    const answer = await askFor('/2/events', { ...query, page: String(page + 1), per_page: String(size) }, hurried)
    if (isFailure(answer)) return answer
    const { total } = objectOf(answer['meta']) ?? {}
    const rows = answer['events']
    if (!Array.isArray(rows) || typeof total !== 'number')
      return { failed: 'The answer has no `events`, or no `meta`.' }
    const read = rows.map((row) => readRow(row, zone))
    return {
      total,
      rows: rows.length,
      items: read.flatMap((each) => ('item' in each ? [each.item] : [])),
      skipped: read.flatMap((each) => ('skip' in each ? [each.skip] : [])),
    }
  }

  return {
    name: 'seatgeek',
    missing,
    missingForRuns: missing ?? (runQuery ? null : 'SEATGEEK_SYNC'),
    tellsChanges: false,
    async gather(): Promise<Gathered | Failure> {
      const gathered: Gathered = { items: [], skipped: [], isWhole: false }
      const counted = countPages()
      const query = Object.fromEntries(new URLSearchParams(runQuery!))
      for (let page = 0; ; page++) {
        const answer = await pageOf(query, page, RUN_PAGE, false)
        if (isFailure(answer)) return answer
        if (answer.total > MOST_ITEMS)
          return {
            failed: `SEATGEEK_SYNC finds ${answer.total} events, and no more than ${MOST_ITEMS} are read: narrow it.`,
          }
        if (!counted.take(answer, answer.total)) return CHANGED
        gathered.items.push(...answer.items)
        gathered.skipped.push(...answer.skipped)
        const lacking = counted.lacking()
        if (!lacking) return { ...gathered, isWhole: counted.isWhole() }
        if (answer.rows === 0) return { failed: lacking }
      }
    },
    async search({ text, location, page }: Query): Promise<Found | Failure> {
      const answer = await pageOf({ q: text, ...where(location) }, page, PAGE, true)
      if (isFailure(answer)) return answer
      return { items: answer.items, hasMore: (page + 1) * PAGE < answer.total }
    },
    async find(externalId) {
      const answer = await askFor(`/2/events/${encodeURIComponent(externalId)}`, {}, true)
      if (isFailure(answer)) return answer.isMissing ? null : answer
      const one = readRow(answer, zone)
      return 'item' in one ? one.item : { failed: one.skip.reason }
    },
  }
}

/** `NY` is a state, `10001` a postal code, anything else a city. */
function where(location: string): Record<string, string> {
  if (/^[A-Z]{2}$/.test(location)) return { 'venue.state': location }
  return /^\d{4,}$/.test(location) ? { 'venue.postal_code': location } : { 'venue.city': location }
}

function readRow(row: unknown, defaultZone: string): { item: Item } | { skip: Skip } {
  const raw = objectOf(row)
  if (!raw) return { skip: { externalId: null, reason: 'It is no object.' } }
  const venue = objectOf(raw['venue']) ?? {}
  const stats = objectOf(raw['stats']) ?? {}
  const zone = zoneOf(venue['timezone']) ?? defaultZone
  const day = typeof raw['datetime_local'] === 'string' ? raw['datetime_local'].slice(0, 10) : undefined
  const startsAt =
    raw['time_tbd'] === true ? timeOf(day, zone) : (utc(raw['datetime_utc']) ?? timeOf(raw['datetime_local'], zone))
  const kind = objectOf((raw['taxonomies'] as unknown[] | undefined)?.[0])?.['name'] ?? raw['type']
  const status = typeof raw['status'] === 'string' ? raw['status'].toLowerCase() : ''
  return itemOf(
    {
      externalId: raw['id'],
      title: raw['title'] ?? raw['short_title'],
      description: raw['description'],
      startsAt: raw['date_tbd'] === true ? undefined : startsAt,
      endsAt: utc(raw['enddatetime_utc']),
      zone,
      venueName: venue['name'],
      place: [venue['address'], venue['display_location'] ?? venue['city']],
      category: typeof kind === 'string' ? kind.replaceAll('_', ' ') : null,
      cancelled: status === 'cancelled' || status === 'canceled',
      ticketUrl: raw['url'],
      priceRange: priceRangeOf(stats['lowest_price'], stats['highest_price'], 'USD'),
      raw,
    },
    zone,
  )
}

/** Their UTC is written without saying so. */
function utc(written: unknown): Date | undefined {
  const time = timeOf(written, 'UTC')
  return time instanceof Date ? time : undefined
}
