import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

// Those who announce events, as real servers on loopback, with the forms of request and answer that their documents describe.

type Trick = (req: IncomingMessage, res: ServerResponse) => unknown
export type Announcer = {
  url: string
  /** Addresses that were asked for, oldest first. */
  asked: string[]
  /** What is done with the next requests instead of answering them, each once. */
  tricks: Trick[]
  stop(): Promise<void>
}

async function announce(
  answer: (url: URL, req: IncomingMessage, res: ServerResponse) => unknown,
  port = 0,
): Promise<Announcer> {
  const asked: string[] = []
  const tricks: Trick[] = []
  const server = createServer((req, res) => {
    asked.push(req.url ?? '')
    const trick = tricks.shift()
    if (trick) trick(req, res)
    else answer(new URL(req.url ?? '/', 'http://provider'), req, res)
  }).listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    tricks,
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const json = (res: ServerResponse, value: unknown, status = 200) =>
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))

export type FeedItem = { id: string | number; changed_at?: string } & Record<string, unknown>
/** What it announces. With a page size, as `{ count, next, results }`; without, as a bare list. */
export type FeedState = {
  items: FeedItem[]
  pageSize: number | null
  token: string | null
  /** The first page that is answered with a 500. */
  failsFrom: number | null
}

/** A system with a list of events. Tests change what it announces. */
export async function startFeed(): Promise<Announcer & FeedState> {
  const state: FeedState = { items: [], pageSize: null, token: null, failsFrom: null }
  const server = await announce((url, req, res) => {
    if (feed.token && req.headers.authorization !== `Bearer ${feed.token}`) return json(res, { detail: 'who?' }, 401)
    const since = url.searchParams.get('changed_at')
    const items = feed.items.filter(({ changed_at }) => !since || (changed_at ?? '') >= since)
    if (!feed.pageSize) return json(res, items)
    const page = Number(url.searchParams.get('page') ?? 1)
    if (feed.failsFrom !== null && page >= feed.failsFrom) return json(res, { detail: 'oh' }, 500)
    const end = page * feed.pageSize
    url.searchParams.set('page', String(page + 1))
    const next = end < items.length ? `http://${req.headers.host}${url.pathname}${url.search}` : null
    return json(res, { count: items.length, next, previous: null, results: items.slice(end - feed.pageSize, end) })
  })
  const feed = Object.assign(server, state)
  return feed
}

/** A calendar at an address. */
export async function startCalendar(): Promise<Announcer & { text: string }> {
  const server = await announce((_url, _req, res) =>
    res.writeHead(200, { 'content-type': 'text/calendar; charset=utf-8' }).end(calendar.text),
  )
  const calendar = Object.assign(server, { text: '' })
  return calendar
}

const TICKETMASTER_KEY = 'a-key-of-ticketmaster'

/** An event in the form of Ticketmaster's Discovery API. */
export function aTicketmasterEvent(
  id: string,
  name: string,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    name,
    type: 'event',
    id,
    test: false,
    url: `https://www.ticketmaster.com/event/${id}`,
    locale: 'en-us',
    dates: {
      start: {
        localDate: '2030-05-04',
        localTime: '19:30:00',
        dateTime: '2030-05-04T23:30:00Z',
        dateTBD: false,
        dateTBA: false,
        timeTBA: false,
        noSpecificTime: false,
      },
      timezone: 'America/New_York',
      status: { code: 'onsale' },
    },
    classifications: [{ primary: true, segment: { id: 'KZFzniwnSyZfZ7v7nJ', name: 'Music' } }],
    priceRanges: [{ type: 'standard', currency: 'USD', min: 49.5, max: 120 }],
    _embedded: {
      venues: [
        {
          name: 'Madison Square Garden',
          type: 'venue',
          postalCode: '10001',
          timezone: 'America/New_York',
          city: { name: 'New York' },
          state: { name: 'New York', stateCode: 'NY' },
          address: { line1: '7th Ave & 32nd Street' },
        },
      ],
    },
    ...more,
  }
}

/** Ticketmaster's Discovery API, as far as we ask it. */
export async function startTicketmaster(
  port?: number,
): Promise<Announcer & { events: Record<string, unknown>[]; key: string }> {
  const server = await announce((url, _req, res) => {
    if (url.searchParams.get('apikey') !== fake.key)
      return json(
        res,
        { fault: { faultstring: 'Invalid ApiKey', detail: { errorcode: 'oauth.v2.InvalidApiKey' } } },
        401,
      )
    const [, id] = /^\/discovery\/v2\/events\/([^/]+)\.json$/.exec(url.pathname) ?? []
    if (id) {
      const event = fake.events.find((each) => each.id === decodeURIComponent(id))
      return event ? json(res, event) : json(res, { errors: [{ code: 'DIS1004', status: '404' }] }, 404)
    }
    if (url.pathname !== '/discovery/v2/events.json') return json(res, {}, 404)
    const size = Number(url.searchParams.get('size') ?? 20)
    const number = Number(url.searchParams.get('page') ?? 0)
    if (size * (number + 1) > 1_000) return json(res, { errors: [{ code: 'DIS1035', status: '400' }] }, 400)
    const keyword = url.searchParams.get('keyword')?.toLowerCase() ?? ''
    const found = fake.events.filter((each) => String(each.name).toLowerCase().includes(keyword))
    const some = found.slice(number * size, (number + 1) * size)
    json(res, {
      ...(some.length > 0 ? { _embedded: { events: some } } : {}),
      page: { size, totalElements: found.length, totalPages: Math.ceil(found.length / size), number },
    })
  }, port)
  const fake = Object.assign(server, { events: [] as Record<string, unknown>[], key: TICKETMASTER_KEY })
  return fake
}

/** An event in the form of SeatGeek's API. */
export function aSeatGeekEvent(id: number, title: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id,
    title,
    short_title: title,
    type: 'concert',
    status: 'normal',
    url: `https://seatgeek.com/e/${id}`,
    description: '',
    datetime_local: '2030-06-01T20:00:00',
    datetime_utc: '2030-06-02T00:00:00',
    enddatetime_utc: null,
    datetime_tbd: false,
    time_tbd: false,
    date_tbd: false,
    stats: { lowest_price: 35, highest_price: 210, average_price: 90, listing_count: 12 },
    taxonomies: [{ id: 2000000, name: 'concert', parent_id: null }],
    performers: [{ id: 1, name: title }],
    venue: {
      id: 814,
      name: 'Fenway Park',
      address: '4 Jersey St',
      extended_address: 'Boston, MA 02215',
      display_location: 'Boston, MA',
      city: 'Boston',
      state: 'MA',
      timezone: 'America/New_York',
    },
    ...more,
  }
}

/** SeatGeek's API, as far as we ask it. */
export async function startSeatGeek(): Promise<Announcer & { events: Record<string, unknown>[]; clientId: string }> {
  const server = await announce((url, _req, res) => {
    if (url.searchParams.get('client_id') !== fake.clientId) return json(res, { status: 'error', code: 403 }, 403)
    const [, id] = /^\/2\/events\/(\d+)$/.exec(url.pathname) ?? []
    if (id) {
      const event = fake.events.find((each) => String(each.id) === id)
      return event ? json(res, event) : json(res, { status: 'error', message: 'Not Found' }, 404)
    }
    if (url.pathname !== '/2/events') return json(res, {}, 404)
    const per_page = Number(url.searchParams.get('per_page') ?? 10)
    const page = Number(url.searchParams.get('page') ?? 1)
    const text = url.searchParams.get('q')?.toLowerCase() ?? ''
    const found = fake.events.filter((each) => String(each.title).toLowerCase().includes(text))
    json(res, {
      events: found.slice((page - 1) * per_page, page * per_page),
      meta: { total: found.length, took: 3, page, per_page, geolocation: null },
      in_hand: {},
    })
  })
  const fake = Object.assign(server, { events: [] as Record<string, unknown>[], clientId: 'a-client-of-seatgeek' })
  return fake
}
