import { afterAll, expect, test } from 'vitest'
import { aCategory, anAccount, openKit } from '../../../test/kit/kit.ts'
import { aTicketmasterEvent, startSeatGeek, startTicketmaster } from '../../../test/kit/providers.ts'
import { run } from './sync.ts'

const [ticketmaster, seatgeek] = await Promise.all([startTicketmaster(), startSeatGeek()])
afterAll(() => Promise.all([ticketmaster.stop(), seatgeek.stop()]))
const kit = await openKit({
  TICKETMASTER_URL: ticketmaster.url,
  TICKETMASTER_API_KEY: ticketmaster.key,
  TICKETMASTER_SYNC: 'city=Nowhere',
  SEATGEEK_URL: seatgeek.url,
  SYNC_ORGANIZER: 'curator',
})
await anAccount(kit.ctx, { role: 'organizer', username: 'curator' })
const [hers, theirs, nobodys] = await Promise.all([
  kit.signIn(await anAccount(kit.ctx, { role: 'organizer' })),
  kit.signIn(await anAccount(kit.ctx, { role: 'organizer' })),
  kit.signIn(await anAccount(kit.ctx)),
])
const find = (query: Record<string, string>, headers: Record<string, string> = hers) =>
  kit.call('GET', '/external-events', { query, headers })
const bring = (id: string, payload: object = {}, headers: Record<string, string> = hers) =>
  kit.call('POST', `/external-events/ticketmaster/${id}/import`, { payload, headers })

// S3-05 S3-17 S3-62
test('whoever is logged in searches Ticketmaster by words and place, page by page', async () => {
  ticketmaster.events = Array.from({ length: 25 }, (_, n) => aTicketmasterEvent(`s${n}`, `Concert ${n}`))
  const query = { provider: 'ticketmaster', query: 'concert', location: 'NY' }
  const first = await find(query)
  expect(first.body.items[0]).toEqual({
    provider: 'ticketmaster',
    externalId: 's0',
    title: 'Concert 0',
    description: '',
    startsAt: '2030-05-04T23:30:00.000Z',
    endsAt: '2030-05-05T01:30:00.000Z',
    zone: 'America/New_York',
    place: 'Madison Square Garden, 7th Ave & 32nd Street, New York, NY',
    venueName: 'Madison Square Garden',
    priceRange: '49.5–120 USD',
    ticketUrl: 'https://www.ticketmaster.com/event/s0',
    isImported: false,
    eventId: null,
  })
  const second = await find({ ...query, cursor: first.body.nextCursor })
  expect([first.body.items.length, second.body.items.length, second.body.nextCursor]).toEqual([20, 5, null])
  expect((await find({ ...query, query: 'other', cursor: first.body.nextCursor })).status).toBe(422)
  expect((await find({ query: 'concert 24' })).body).toMatchObject({
    provider: 'ticketmaster',
    items: [{ externalId: 's24' }],
  })
  expect((await find(query, nobodys)).body).toEqual(first.body)
  expect((await find(query, {})).status).toBe(401)
  expect((await find({ provider: 'feed' })).status).toBe(422)
})

// S3-63 S3-18 S3-73
test('an event is imported as a draft, with what is said instead, and once', async () => {
  const music = await aCategory(kit.ctx, 'MUSIC')
  ticketmaster.events = [aTicketmasterEvent('one', 'Night of strings')]
  const { status, body } = await bring('one', { title: 'Strings, with an introduction', capacity: 40 })
  expect(status).toBe(201)
  expect(body).toMatchObject({
    title: 'Strings, with an introduction',
    status: 'draft',
    capacity: 40,
    startsAt: '2030-05-04T23:30:00.000Z',
    category: music,
    source: {
      provider: 'ticketmaster',
      ticketUrl: 'https://www.ticketmaster.com/event/one',
      priceRange: '49.5–120 USD',
    },
  })
  ticketmaster.asked.length = 0
  expect(await bring('one', { title: 'Ignored' })).toMatchObject({
    status: 200,
    body: { id: body.id, title: body.title },
  })
  expect(ticketmaster.asked).toEqual([])
  expect((await find({ query: 'strings' })).body.items[0]).toMatchObject({ isImported: true, eventId: body.id })
  const { rows } = await kit.database.query(`select raw, price_range, venue_name, listed_at from external_events where external_id = 'one'`, []) // prettier-ignore
  expect(rows).toMatchObject([{ raw: { id: 'one', locale: 'en-us' }, price_range: '49.5–120 USD', venue_name: 'Madison Square Garden', listed_at: null }]) // prettier-ignore

  // Somebody else's draft is nobody's business; published, it is named.
  expect((await find({ query: 'strings' }, theirs)).body.items[0]).toMatchObject({ isImported: true, eventId: null })
  const refused = await bring('one', {}, theirs)
  expect([refused.status, refused.body.type, refused.body.eventId]).toEqual([
    409,
    '/problems/sync/imported-already',
    undefined,
  ])
  await kit.call('PUT', `/events/${body.id}/publication`, { headers: hers })
  expect((await bring('one', {}, theirs)).body.eventId).toBe(body.id)

  // Deleted here, it can be imported anew.
  await kit.call('DELETE', `/events/${body.id}`, { headers: hers })
  expect(await bring('one', {}, theirs)).toMatchObject({ status: 201, body: { title: 'Night of strings' } })
})

test('the same request again has one effect, and what is wrong with a field is said of it', async () => {
  ticketmaster.events = [aTicketmasterEvent('again', 'Again'), aTicketmasterEvent('off', 'Off', { dates: { start: { dateTime: '2030-05-04T23:30:00Z' }, status: { code: 'canceled' } } })] // prettier-ignore
  const headers = { ...hers, 'idempotency-key': 'import-1' }
  const first = await bring('again', {}, headers)
  expect([first.status, (await bring('again', {}, headers)).status]).toEqual([201, 201])
  ticketmaster.events.push(
    aTicketmasterEvent('past', 'Past', { dates: { start: { dateTime: '2020-05-04T23:30:00Z' } } }),
  )
  expect((await bring('past')).body.errors).toEqual([{ pointer: '/startsAt', detail: 'The start has passed.' }])
  expect((await bring('nowhere')).status).toBe(404)
  expect((await bring('off')).status).toBe(404)
  expect((await bring('again', {}, nobodys)).status).toBe(403)
})

test('a provider that is not set or does not answer is told apart, and neither tells a key', async () => {
  const unset = await find({ provider: 'seatgeek' })
  expect([unset.status, unset.body]).toMatchObject([503, { type: '/problems/sync/provider-not-set', setting: 'SEATGEEK_CLIENT_ID', detail: 'Set SEATGEEK_CLIENT_ID.' }]) // prettier-ignore
  ticketmaster.tricks.push((_req, res) => res.writeHead(429, { 'retry-after': '17' }).end())
  const busy = await find({ query: 'x' })
  expect([busy.status, busy.body.type, busy.headers['retry-after']]).toEqual([
    503,
    '/problems/sync/provider-failed',
    '17',
  ])
  ticketmaster.tricks.push((_req, res) => res.writeHead(401).end(`{"fault": "${ticketmaster.key}"}`))
  const refused = await bring('unheard-of')
  expect(refused.body).toMatchObject({
    type: '/problems/sync/provider-failed',
    detail: 'It does not know our key: 401.',
  })
  expect(JSON.stringify([unset, busy, refused])).not.toContain(ticketmaster.key)
})

test('a run follows what was imported, keeps what was said instead, and takes away nothing that it never found', async () => {
  ticketmaster.events = [aTicketmasterEvent('mine', 'Theirs'), aTicketmasterEvent('far', 'Elsewhere')]
  const mine = (await bring('mine', { title: 'Mine' })).body
  const far = (await bring('far')).body
  for (const { id } of [mine, far]) await kit.call('PUT', `/events/${id}/publication`, { headers: hers })
  ticketmaster.events = [aTicketmasterEvent('mine', 'Theirs, renamed', { info: 'Doors at seven.' })]
  expect(await run(kit.as('system'), 'ticketmaster', { full: true })).toMatchObject({ newEventsCount: 0, updatedEventsCount: 1, withdrawnEventsCount: 0, kept: [{ fields: ['title'] }] }) // prettier-ignore
  expect((await kit.call('GET', `/events/${mine.id}`)).body).toMatchObject({
    title: 'Mine',
    description: 'Doors at seven.',
  })
  expect((await kit.call('GET', `/events/${far.id}`)).body).toMatchObject({ status: 'open' })
})
