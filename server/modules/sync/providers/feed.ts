import type { Config } from '#config'
import { askJson, type Asking } from '#sync/asking'
import { CHANGED, countPages } from './counting.ts'
import { isFailure, type Failure, type Gathered, type Item, type Provider, type Skip } from './provider.ts'
import { firstOf, itemOf, objectOf, timeOf, zoneOf, type Raw } from './reading.ts'

const MOST_PAGES = 2_000
const MOST_ITEMS = 50_000
const MOST_BYTES = 64 * 1_048_576

/**
 * Any system that answers with a list of events, or with `{ results, next }` a page at a time; `?changed_at=YYYY-MM-DD`
 * asks for what changed since. Fields are known by the names they usually have.
 */
export function feedProvider({ feed, zone }: Config['sync']): Provider {
  const missing = feed ? null : 'EVENTS_PROVIDER_URL'
  return {
    name: 'feed',
    missing,
    missingForRuns: missing,
    tellsChanges: true,
    gather: (since) => gather(feed!, zone, since),
  }
}

async function gather(
  { url, token }: NonNullable<Config['sync']['feed']>,
  zone: string,
  since: string | null,
): Promise<Gathered | Failure> {
  const home = new URL(url)
  const asking: Asking = { home, headers: token ? { authorization: `Bearer ${token}` } : {} }
  const first = new URL(home)
  if (since) first.searchParams.set('changed_at', since)
  const items: Item[] = []
  const skipped: Skip[] = []
  const asked = new Set<string>()
  const counted = countPages()
  let bytes = 0
  for (let next: URL | null = first; next;) {
    if (asked.has(next.href)) return { failed: 'Its pages lead back to one that was read.' }
    asked.add(next.href)
    const answer = await askJson(next, asking)
    if (isFailure(answer))
      return asked.size === 1 ? answer : { ...answer, failed: `Page ${asked.size}: ${answer.failed}` }
    const page = pageOf(answer.json)
    if (!page) return { failed: 'The answer is neither a list nor an object with `results`.' }
    const read = page.rows.map((row) => readRow(row, zone))
    const found = read.flatMap((each) => ('item' in each ? [each.item] : []))
    const unread = read.flatMap((each) => ('skip' in each ? [each.skip] : []))
    if (!counted.take({ items: found, skipped: unread }, page.count)) return CHANGED
    items.push(...found)
    skipped.push(...unread)
    bytes += answer.bytes
    if (asked.size > MOST_PAGES || counted.rows() > MOST_ITEMS || bytes > MOST_BYTES)
      return { failed: 'It is too long to be read.' }
    const following = nextOf(page.next, next, home)
    if (following === 'elsewhere') return { failed: 'Its next page is at another host.' }
    // Better the whole again than a part for the whole.
    const lacking = following ? null : counted.lacking()
    if (lacking) return { failed: lacking }
    next = following
  }
  return { items, skipped, isWhole: since === null && counted.isWhole() }
}

function pageOf(json: unknown): { rows: unknown[]; next: unknown; count: number | null } | undefined {
  if (Array.isArray(json)) return { rows: json, next: null, count: null }
  const { results, next, count } = objectOf(json) ?? {}
  return Array.isArray(results)
    ? { rows: results, next, count: Number.isInteger(count) ? (count as number) : null }
    : undefined
}

/** A system behind a proxy may not know its own scheme, so that of the setting counts. */
function nextOf(next: unknown, page: URL, home: URL): URL | 'elsewhere' | null {
  if (typeof next !== 'string' || next === '') return null
  if (!URL.canParse(next, page)) return 'elsewhere'
  const url = new URL(next, page)
  if (url.hostname !== home.hostname) return 'elsewhere'
  return new URL(`${url.pathname}${url.search}`, home)
}

function readRow(row: unknown, defaultZone: string): { item: Item } | { skip: Skip } {
  const raw = objectOf(row)
  if (!raw) return { skip: { externalId: null, reason: 'It is no object.' } }
  const zone = zoneOf(firstOf(raw, 'zone', 'timezone', 'time_zone', 'timeZone')) ?? defaultZone
  const time = (...names: string[]) => timeOf(firstOf(raw, ...names), zone)
  const changedAt = timeOf(firstOf(raw, 'changed_at', 'changedAt', 'updated_at', 'updatedAt', 'modified'), 'UTC')
  const said = firstOf(raw, 'status', 'state')
  const status = typeof said === 'string' ? said.toLowerCase() : ''
  return itemOf(
    {
      externalId: firstOf(raw, 'id', 'uuid', 'external_id', 'externalId'),
      title: firstOf(raw, 'title', 'name'),
      description: firstOf(raw, 'description', 'summary'),
      startsAt: time(
        'starts_at',
        'startsAt',
        'event_time',
        'event_datetime',
        'start_time',
        'start',
        'datetime',
        'date',
      ),
      endsAt: time('ends_at', 'endsAt', 'end_time', 'end'),
      zone,
      ...whereOf(raw),
      category: nameOf(raw['category']),
      capacity: firstOf(raw, 'capacity', 'max_attendees', 'seats'),
      registrationDeadline: time('registration_deadline', 'registrationDeadline'),
      closed: status === 'closed',
      cancelled:
        /^(cancell?ed|deleted|withdrawn)$/.test(status) || raw['cancelled'] === true || raw['canceled'] === true,
      ticketUrl: firstOf(raw, 'ticket_url', 'ticketUrl', 'url', 'link'),
      priceRange: typeof raw['price_range'] === 'string' ? raw['price_range'] : null,
      changedAt: changedAt instanceof Date ? changedAt : changedAt && new Date(changedAt.day),
      raw,
    },
    zone,
  )
}

function whereOf(raw: Raw): { venueName: unknown; place: unknown[] } {
  const where = firstOf(raw, 'venue', 'place', 'area', 'location', 'event_area')
  const venue = objectOf(where)
  return {
    venueName: firstOf(raw, 'venue_name', 'venueName') ?? (venue ? venue['name'] : where),
    place: venue ? [venue['address'], venue['city']] : [raw['address'], raw['city']],
  }
}

function nameOf(value: unknown): unknown {
  return objectOf(value)?.['name'] ?? value
}
