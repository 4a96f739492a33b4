import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { anAccount, aRegistration, openKit } from '../../../test/kit/kit.ts'
import { startCalendar, startFeed, type FeedItem } from '../../../test/kit/providers.ts'
import * as schedules from '#schedules'
import { runDue } from '#schedules/runner'
import { declare } from '#schedules/scheduler'
import { syncJobs } from './jobs.ts'
import { begin, run, type Wish } from './sync.ts'

const [feed, calendar] = await Promise.all([startFeed(), startCalendar()])
const kit = await openKit({
  EVENTS_PROVIDER_URL: `${feed.url}/api/events/`,
  SYNC_ORGANIZER: 'Curator',
  SYNC_ZONE: 'Europe/Berlin',
})
afterAll(() => Promise.all([feed.stop(), calendar.stop()]))
const curator = await anAccount(kit.ctx, { role: 'organizer', username: 'curator' })
let hers = await kit.signIn(curator)
/** Tokens do not live as long as these tests wait. */
const wait = async (time: { days?: number; seconds?: number }) => {
  await kit.clock.advance(time)
  hers = await kit.signIn(curator)
}
const system = kit.as('system')

const inDays = (days: number) => new Date(kit.ctx.now().getTime() + days * 86_400_000).toISOString()
const today = () => kit.ctx.now().toISOString()
const anItem = (id: string | number, more: object = {}): FeedItem => ({
  id,
  title: `Gathering ${id}`,
  starts_at: inDays(10),
  ends_at: inDays(10.1),
  venue: { name: 'Old Mill', address: '3 River Road' },
  url: `https://elsewhere.example/${id}`,
  changed_at: today(),
  ...more,
})
const synced = async (wish: Wish = { full: true }) => {
  const done = await run(system, 'feed', wish)
  const { newEventsCount: created, updatedEventsCount: updated, withdrawnEventsCount: withdrawn } = done
  const { unchangedEventsCount: unchanged, skippedCount: skipped, keptCount: kept, error } = done
  return { created, updated, withdrawn, unchanged, skipped, kept, error }
}
const clean = { created: 0, updated: 0, withdrawn: 0, unchanged: 0, skipped: 0, kept: 0, error: null }
const eventOf = async (externalId: string | number) => {
  const { rows } = await kit.database.query(
    `select e.id from external_events x join events e on e.id = x.event_id where x.external_id = $1`,
    [String(externalId)],
  )
  return (await kit.call('GET', `/events/${String(rows[0]!.id)}`, { headers: hers })).body
}
/** What is here of what came from there, to compare. */
const everything = async () =>
  (
    await kit.database.query(
      `select e.*, x.digest, x.synced, x.withdrawn_at, x.event_id from events e join external_events x on x.event_id = e.id order by e.id`,
      [],
    )
  ).rows

beforeEach(async () => {
  feed.items = []
  feed.pageSize = null
  feed.tricks.length = 0
  await kit.database.query(`delete from sync_runs; delete from sync_cursors; delete from external_events`)
})

describe('a run', () => {
  // S1-07 S1-48 S1-49 S1-84
  test('brings in what is new, published and with its source, and the same again changes nothing', async () => {
    feed.items = [anItem(1, { capacity: 3 }), anItem(2), { ...anItem(3), starts_at: 'soon' }]
    expect(await synced()).toEqual({ ...clean, created: 2, skipped: 1 })
    const first = await eventOf(1)
    expect(first).toMatchObject({
      title: 'Gathering 1',
      status: 'open',
      capacity: 3,
      zone: 'Europe/Berlin',
      place: 'Old Mill, 3 River Road',
      organizer: { id: curator.id },
      source: { provider: 'feed', ticketUrl: 'https://elsewhere.example/1', priceRange: null },
      version: 1,
    })
    const before = await everything()
    expect(await synced()).toEqual({ ...clean, unchanged: 2, skipped: 1 })
    feed.items.reverse()
    expect(await synced()).toEqual({ ...clean, unchanged: 2, skipped: 1 })
    expect(await everything()).toEqual(before)
    await aRegistration(kit.ctx, first.id)
    expect(await eventOf(1)).toMatchObject({ taken: 1 })
  })

  // S1-47 S1-84
  test('asks for what changed since the last one, a page at a time; the first asks for everything', async () => {
    feed.pageSize = 2
    feed.items = [1, 2, 3, 4, 5].map((id) => anItem(`p${id}`, id < 5 ? { changed_at: inDays(-5) } : {}))
    feed.asked.length = 0
    expect(await synced({})).toEqual({ ...clean, created: 5 })
    expect(feed.asked.map((url) => url.replace('/api/events/', ''))).toEqual(['', '?page=2', '?page=3'])
    await wait({ days: 3 })
    feed.items[1] = anItem('p2', { title: 'Another title' })
    feed.items.splice(3, 1) // gone, which this run cannot know
    feed.asked.length = 0
    expect(await synced({})).toEqual({ ...clean, updated: 1, unchanged: 1 })
    const since = new Date(kit.ctx.now().getTime() - 4 * 86_400_000).toISOString().slice(0, 10) // the day before the first run
    expect(feed.asked).toEqual([`/api/events/?changed_at=${since}`])
    expect(await eventOf('p2')).toMatchObject({ title: 'Another title', version: 2 })
    const { rows } = await kit.database.query(`select mode, last_synced_changed_at from sync_runs order by id`, [])
    expect(rows.map(({ mode }) => mode)).toEqual(['full', 'incremental'])
    expect(rows[1]!.last_synced_changed_at).toEqual(new Date(feed.items[1].changed_at!))
  })

  test('says to who has a place where an event has moved to, and closes what is closed there', async () => {
    feed.items = [anItem('m', { capacity: 5 })]
    await synced()
    const event = await eventOf('m')
    await aRegistration(kit.ctx, event.id, { name: 'Mo', email: 'mo@example.com' })
    await kit.settle()
    kit.mails.length = 0
    feed.items = [anItem('m', { starts_at: inDays(11), ends_at: inDays(11.1), capacity: 7, status: 'closed' })]
    expect(await synced()).toEqual({ ...clean, updated: 1 })
    await kit.settle()
    expect(kit.mails.map((mail) => mail.to.address)).toEqual(['mo@example.com'])
    expect(await eventOf('m')).toMatchObject({
      startsAt: feed.items[0]!.starts_at,
      capacity: 7,
      status: 'closed',
      taken: 1,
    })
    feed.items = [{ ...feed.items[0]!, status: 'open', capacity: null }]
    expect(await synced()).toEqual({ ...clean, updated: 1 })
    expect(await eventOf('m')).toMatchObject({ capacity: null, status: 'open' })
    expect(await synced()).toEqual({ ...clean, unchanged: 1 })
  })

  // reliability R26
  test('keeps what was edited here, says so, and goes on writing the rest', async () => {
    feed.items = [anItem('k'), anItem('other')]
    await synced()
    const { id } = await eventOf('k')
    const mine = { title: 'A better title', endsAt: inDays(10.2) }
    expect((await kit.call('PATCH', `/events/${id}`, { headers: hers, payload: mine })).status).toBe(200)
    expect(await synced()).toEqual({ ...clean, unchanged: 2 })
    feed.items[0] = anItem('k', { title: 'Their new title', description: 'Their new words', starts_at: inDays(9) })
    const done = await run(system, 'feed', { full: true })
    expect(done.kept).toEqual([{ externalId: 'k', eventId: id, fields: ['title', 'startsAt', 'endsAt'] }])
    expect(await eventOf('k')).toMatchObject({ ...mine, description: 'Their new words', version: 3 })
    expect(await synced()).toEqual({ ...clean, unchanged: 2 })
    // Where both say the same again, nobody's edit is left to keep.
    feed.items[0] = { ...feed.items[0], title: mine.title }
    expect(await synced()).toMatchObject({ kept: 1 })
    feed.items[0] = { ...feed.items[0], title: 'Followed again' }
    await synced()
    expect(await eventOf('k')).toMatchObject({ title: 'Followed again', endsAt: mine.endsAt })
  })

  test('withdraws what is gone from the whole, and takes it back when it returns', async () => {
    feed.items = [anItem('stays'), anItem('goes'), anItem('over', { starts_at: inDays(1), ends_at: inDays(1.1) })]
    await synced()
    const { id } = await eventOf('goes')
    await aRegistration(kit.ctx, id, { name: 'Wil', email: 'wil@example.com' })
    await kit.settle()
    kit.mails.length = 0
    await wait({ days: 2 })
    const gone = feed.items.splice(1)
    expect(await synced({})).toEqual({ ...clean, unchanged: 1 })
    expect(await synced()).toEqual({ ...clean, withdrawn: 1, unchanged: 1 })
    await kit.settle()
    expect(kit.mails.map((mail) => mail.to.address)).toEqual(['wil@example.com'])
    expect(await eventOf('goes')).toMatchObject({ status: 'cancelled', taken: 0 })
    expect(await eventOf('over')).toMatchObject({ status: 'past' })
    expect(await synced()).toEqual({ ...clean, unchanged: 1 })

    feed.items.push({ ...gone[0]!, title: 'Back again' })
    expect(await synced()).toEqual({ ...clean, updated: 1, unchanged: 1 })
    expect(await eventOf('goes')).toMatchObject({ id, status: 'open', title: 'Back again' })
    await aRegistration(kit.ctx, id, { name: 'Wil', email: 'wil@example.com' })
    feed.items[1] = { ...feed.items[1]!, status: 'cancelled' }
    expect(await synced({})).toEqual({ ...clean, withdrawn: 1, unchanged: 1 })
    expect(await synced({})).toEqual({ ...clean, unchanged: 2 })
  })

  test('takes nothing back of which a part is refused', async () => {
    feed.items = [anItem('stays'), anItem('full')]
    await synced()
    const { id } = await eventOf('full')
    const [item] = feed.items.splice(1)
    await synced()
    await kit.database.query('update seat_pools set taken = 3 where event_id = $1', [id])
    feed.items.push({ ...item!, capacity: 2 })
    expect(await synced()).toEqual({ ...clean, unchanged: 1, skipped: 1 })
    expect(await eventOf('full')).toMatchObject({ status: 'cancelled', capacity: null })
    feed.items[1] = { ...item!, capacity: 3 }
    expect(await synced()).toEqual({ ...clean, updated: 1, unchanged: 1 })
    expect(await eventOf('full')).toMatchObject({ capacity: 3 })
  })

  test('does not believe that most of it is gone unless it is told to', async () => {
    feed.items = Array.from({ length: 30 }, (_, n) => anItem(`w${n}`))
    await synced()
    const before = await everything()
    feed.items.length = 12
    expect(await synced()).toEqual({ ...clean, error: '18 of 30 events to come are gone there.' })
    expect(await everything()).toEqual(before)
    expect(await synced({ full: true, acceptWithdrawals: true })).toEqual({ ...clean, withdrawn: 18, unchanged: 12 })
  })

  test('leaves alone what somebody here has deleted or called off', async () => {
    feed.items = [anItem('deleted'), anItem('called-off')]
    await synced()
    const [deleted, calledOff] = [await eventOf('deleted'), await eventOf('called-off')]
    await kit.call('DELETE', `/events/${deleted.id}`, { headers: hers })
    await kit.call('PUT', `/events/${calledOff.id}/cancellation`, { headers: hers, payload: {} })
    feed.items = feed.items.map((item) => ({ ...item, title: 'New words' }))
    expect(await synced()).toEqual({ ...clean, unchanged: 2 })
    expect(await synced()).toEqual({ ...clean, unchanged: 2 })
    expect((await kit.call('GET', `/events/${calledOff.id}`)).body).toMatchObject({
      status: 'cancelled',
      title: calledOff.title,
    })
  })

  test('passes over what makes no sense, with the reason, and what comes twice counts once', async () => {
    let deep: unknown = 'end'
    for (let n = 0; n < 3_000; n++) deep = [deep]
    feed.items = [
      anItem('good', { title: 'Old' }),
      anItem('good', { title: 'New', changed_at: inDays(1) }),
      anItem('good', { title: 'Older', changed_at: inDays(-1) }),
      anItem('odd', {
        title: 'N\u0000UL \ud800',
        description: 7,
        capacity: -3,
        zone: 'Mars/Base',
        url: 'javascript:alert(1)',
      }),
      anItem('deep', { more: deep, 'key\u0000': 1 }),
      anItem('past', { starts_at: inDays(-3), ends_at: inDays(-2) }),
      anItem('far', { starts_at: '2090-01-01T00:00:00Z', ends_at: '2090-01-02T00:00:00Z' }),
      anItem('untitled', { title: ' ' }),
      anItem('called off', { status: 'canceled' }),
      { ...anItem('x'), id: undefined } as never,
      'rubbish' as never,
    ]
    const done = await run(system, 'feed', { full: true })
    expect(done).toMatchObject({ newEventsCount: 3, skippedCount: 6, error: null })
    expect(done.skipped).toEqual(
      expect.arrayContaining([
        { externalId: 'past', reason: 'The start has passed.' },
        { externalId: 'far', reason: 'No more than 10 years ahead.' },
        { externalId: 'untitled', reason: 'It has no title.' },
        { externalId: 'called off', reason: 'It is cancelled there.' },
        { externalId: null, reason: 'It has no id.' },
        { externalId: null, reason: 'It is no object.' },
      ]),
    )
    expect(await eventOf('good')).toMatchObject({ title: 'New' })
    expect(await eventOf('odd')).toMatchObject({
      title: 'NUL \ufffd',
      zone: 'Europe/Berlin',
      capacity: null,
      source: { ticketUrl: null },
    })
    // Their clock is ahead of ours: what comes between now and then is not passed over.
    expect(done.lastSyncedChangedAt!.getTime()).toBeLessThanOrEqual(kit.ctx.now().getTime())
  })
})

describe('a calendar', () => {
  test('read less far, or with a rule that cannot be read, takes no date of what repeats away', async () => {
    const stamp = (time: string) => time.replace(/[-:]|\.\d+/g, '')
    const [start, second] = [inDays(1), inDays(8)]
    const choir = (...more: string[]) =>
      (calendar.text = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', 'UID:choir', 'SUMMARY:Choir', `DTSTART:${stamp(start)}`, ...more, 'END:VEVENT', 'END:VCALENDAR'].join('\r\n')) // prettier-ignore
    const within = async (seriesHorizonDays: number) => {
      const { config } = system
      const sync = { ...config.sync, ics: { url: `${calendar.url}/club.ics` } }
      return run({ ...system, config: { ...config, sync, seriesHorizonDays } }, 'ics', { full: true })
    }
    choir('RRULE:FREQ=WEEKLY')
    const { newEventsCount: all } = await within(90)
    expect(all).toBeGreaterThan(6)
    expect(await within(40)).toMatchObject({ error: null, withdrawnEventsCount: 0 })
    choir('RRULE:FREQ=WEEKLY;BYMONTHDAY=1')
    expect(await within(90)).toMatchObject({ error: null, withdrawnEventsCount: 0, skippedCount: 1 })
    choir('RRULE:FREQ=WEEKLY', `EXDATE:${stamp(second)}`)
    expect(await within(40)).toMatchObject({ withdrawnEventsCount: 1 })
    expect(await within(90)).toMatchObject({ withdrawnEventsCount: 0, unchangedEventsCount: all - 1 })
  })
})

describe('a provider that fails', () => {
  const page = (items: FeedItem[], more: object = {}) => JSON.stringify({ count: 4, results: items, ...more })
  const send =
    (status: number, body: string, headers: Record<string, string> = {}) =>
    (_req: IncomingMessage, res: ServerResponse) =>
      res.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
  const cut = (_req: IncomingMessage, res: ServerResponse) => {
    const body = JSON.stringify(feed.items)
    res.writeHead(200, { 'content-length': String(body.length) })
    res.write(body.slice(0, body.length / 2), () => res.destroy())
  }
  const slow = (_req: IncomingMessage, res: ServerResponse) => {
    res.writeHead(200)
    const timer = setInterval(() => res.write(' '), 1_000)
    res.on('close', () => clearInterval(timer))
  }

  test.each<[name: string, tricks: () => ((req: IncomingMessage, res: ServerResponse) => unknown)[], error: RegExp]>([
    ['breaks off in the middle of its answer, each time', () => [cut, cut, cut], /broke off/],
    ['breaks off without having said how long it is', () => [send(200, '[{"id": 1, "tit')], /not JSON/],
    ['gives half of its pages', () => [send(200, page(feed.items.slice(0, 2), { next: '?page=2' })), ...Array(3).fill(send(500, ''))], /^Page 2: It answered 500/], // prettier-ignore
    ['says that there is more than it gives', () => [send(200, page(feed.items.slice(0, 2), { next: null }))], /says 4 and gave 2/], // prettier-ignore
    ['leads round in circles', () => [send(200, page([], { next: '?page=2' })), send(200, page([], { next: '?page=2' }))], /lead back/], // prettier-ignore
    [
      'has its next page elsewhere',
      () => [send(200, page([], { next: 'https://elsewhere.example/2' }))],
      /another host/,
    ],
    ['answers 500 each time', () => Array(3).fill(send(500, 'oh')), /answered 500/],
    ['wants a longer pause than we have', () => [send(429, '', { 'retry-after': '3600' })], /too often/],
    ['does not know our key', () => [send(401, '{}')], /key: 401/],
    ['answers something else', () => [send(200, '<html>hello</html>')], /not JSON/],
    ['answers another object', () => [send(200, '{"events": []}')], /neither a list/],
    [
      'sends us to a private address',
      () => [send(302, '', { location: 'http://127.0.0.2:1/secrets' })],
      /not asked: port 1/,
    ],
    ['sends us to a private address of the usual port', () => [send(302, '', { location: 'http://169.254.169.254/latest' })], /not asked: the address is not public/], // prettier-ignore
    [
      'sends us round in circles',
      () => Array(4).fill(send(302, '', { location: '/again' })),
      /one address to the next/,
    ],
    ['gives a byte a second', () => [slow], /too long/],
  ])('and %s has changed nothing', { timeout: 30_000 }, async (_name, tricks, error) => {
    feed.items = [anItem('f1'), anItem('f2')]
    await synced()
    const { rows: cursor } = await kit.database.query('select * from sync_cursors', [])
    const before = await everything()
    feed.items = [anItem('f2', { title: 'Changed' }), anItem('f3')]
    feed.tricks.push(...tricks())
    const done = await run(system, 'feed', { full: true })
    expect(done.error).toMatch(error)
    expect(done.endedAt).not.toBeNull()
    expect(await everything()).toEqual(before)
    expect((await kit.database.query('select * from sync_cursors', [])).rows).toEqual(cursor)
    feed.tricks.length = 0
    expect(await synced()).toEqual({ ...clean, created: 1, updated: 1, withdrawn: 1 })
  })

  describe('that changes between two of its pages', () => {
    const four = () => ['f1', 'f2', 'f3', 'f4'].map((id) => anItem(id))
    /** Answers its first page, with or without their count, and changes then. */
    const first =
      (count: number | undefined, change: () => void) =>
      (_req: IncomingMessage, res: ServerResponse): void => {
        send(200, JSON.stringify({ count, results: feed.items.slice(0, 2), next: '?page=2' }))(_req, res)
        change()
      }
    beforeEach(async () => {
      feed.pageSize = 2
      feed.items = four()
      await synced()
    })

    test('by losing one of the first says so, and no event is called off for it', async () => {
      feed.tricks.push(first(4, () => feed.items.shift()))
      expect(await synced()).toEqual({ ...clean, error: 'It changed while it was read.' })
      expect(await synced()).toEqual({ ...clean, withdrawn: 1, unchanged: 3 })
    })

    test('by moving one to the first is not taken for the whole', async () => {
      feed.tricks.push(first(4, () => feed.items.unshift(feed.items.pop()!)))
      expect(await synced()).toEqual({ ...clean, unchanged: 3 })
      expect(await eventOf('f4')).toMatchObject({ status: 'open' })
      expect(await synced()).toEqual({ ...clean, unchanged: 4 })
    })

    test('without saying how many there are never takes an event away', async () => {
      const last = (_req: IncomingMessage, res: ServerResponse) =>
        send(200, JSON.stringify({ results: feed.items.slice(2), next: null }))(_req, res)
      feed.items.pop()
      feed.tricks.push(
        first(undefined, () => {}),
        last,
      )
      expect(await synced()).toEqual({ ...clean, unchanged: 3 })
    })
  })

  test('for a moment is asked again, when it says or a little later', async () => {
    feed.items = [anItem('again')]
    feed.tricks.push(send(429, '', { 'retry-after': '1' }), send(503, ''))
    const begun = performance.now()
    expect(await synced()).toEqual({ ...clean, created: 1 })
    expect(performance.now() - begun).toBeGreaterThan(1_900) // a second that it asked for, and one of ours
  })
})

describe('one run at a time', () => {
  const alive = () =>
    kit.database.query(
      `insert into sync_runs (id, provider, mode, lease_until, held_by)
       select gen_random_uuid(), 'feed', 'full', app_now() + interval '60 seconds', held_by from sync_runs limit 1`,
      [],
    )

  test('a second is refused while the first is alive, and not when that has died', async () => {
    await synced()
    await alive()
    await expect(run(system, 'feed')).rejects.toMatchObject({ slug: 'sync/run-under-way' })
    await wait({ seconds: 61 })
    expect(await synced()).toEqual(clean)
    const { rows } = await kit.database.query(`select error from sync_runs order by began_at, id`, [])
    expect(rows.filter(({ error }) => String(error).includes('without an end'))).toHaveLength(1)
  })

  test('one that was given up while it waited writes nothing', async () => {
    feed.items = [anItem('late')]
    let answer = () => {}
    feed.tricks.push((_req, res) => (answer = () => res.writeHead(200).end(JSON.stringify(feed.items))))
    const { done } = await begin(system, 'feed')
    await expect.poll(() => feed.asked.length).toBeGreaterThan(0)
    await kit.database.query(`update sync_runs set ended_at = app_now(), error = 'given up' where ended_at is null`, [])
    await expect.poll(() => answer.length === 0 && feed.tricks.length).toBe(0)
    answer()
    expect((await done).error).toMatch(/another run began/)
    expect((await kit.database.query('select from external_events', [])).rows).toEqual([])
  })
})

describe('admins', () => {
  let admin: { authorization: string }
  beforeAll(async () => (admin = await kit.signIn(await anAccount(kit.ctx, { role: 'admin' }))))

  // S1-49 S1-85
  test('begin runs, and see how they went', async () => {
    feed.items = [anItem('seen')]
    const { status, body } = await kit.call('POST', '/admin/sync-runs', {
      headers: admin,
      payload: { provider: 'feed', full: true },
    })
    expect([status, body.state]).toEqual([202, 'running'])
    const first = async () => (await kit.call('GET', '/admin/sync-runs?limit=1', { headers: admin })).body.items[0]
    await expect.poll(async () => (await first()).state).toBe('done')
    expect(await first()).toMatchObject({
      id: body.id,
      mode: 'full',
      newEventsCount: 1,
      updatedEventsCount: 0,
      lastSyncedChangedAt: feed.items[0]!.changed_at,
      durationMs: expect.any(Number),
    })
    const providers = (await kit.call('GET', '/admin/sync-providers', { headers: admin })).body.items
    expect(providers).toMatchObject([
      {
        name: 'feed',
        isSet: true,
        runs: true,
        missing: null,
        changedAt: feed.items[0]!.changed_at,
        lastRun: { id: body.id },
      },
      { name: 'ics', isSet: false, missing: 'ICS_URL', lastRun: null },
      { name: 'ticketmaster', isSet: false, isSearched: true, missing: 'TICKETMASTER_API_KEY' },
      { name: 'seatgeek', isSet: false, isSearched: true, missing: 'SEATGEEK_CLIENT_ID' },
    ])
    expect((await kit.call('GET', '/audit?kind=sync.finished', { headers: admin })).body.items[0].sentence).toBe(
      'Synchronised with feed: 1 new, 0 updated, 0 withdrawn.',
    )
  })

  test('are told which setting is missing', async () => {
    const { status, body, headers } = await kit.call('POST', '/admin/sync-runs', {
      headers: admin,
      payload: { provider: 'ics' },
    })
    expect([status, body.type, body.detail, body.setting]).toEqual([
      503,
      '/problems/sync/provider-not-set',
      'Set ICS_URL.',
      'ICS_URL',
    ])
    expect(headers['retry-after']).toBe('3600')
    await kit.database.query(`update accounts set role = 'attendee' where id = $1`, [curator.id])
    const none = await kit.call('POST', '/admin/sync-runs', { headers: admin, payload: { provider: 'feed' } })
    expect([none.status, none.body.detail]).toEqual([503, 'SYNC_ORGANIZER names Curator, who is no organizer here.'])
    await kit.database.query(`update accounts set role = 'organizer' where id = $1`, [curator.id])
  })
})

describe('by the clock', () => {
  test('runs are forgotten after thirty days, but for the last with each provider', async () => {
    await synced()
    await wait({ days: 29 })
    const { id } = await run(system, 'feed', { full: true })
    const [job, ...others] = syncJobs({ ...kit.ctx.config, sync: { ...kit.ctx.config.sync, feed: null } })
    expect([job!.name, others]).toEqual(['forget-sync-runs', []])
    const forget = () => job!.run(system, new AbortController().signal)
    expect(await forget()).toEqual({ forgotten: 0 })
    await wait({ days: 2 })
    expect(await forget()).toEqual({ forgotten: 1 })
    await wait({ days: 60 })
    expect(await forget()).toEqual({ forgotten: 0 })
    expect((await kit.database.query('select id from sync_runs', [])).rows).toEqual([{ id }])
  })

  test('every provider that is set up is read, and the job says what became of it', async () => {
    feed.items = [anItem('j')]
    const jobs = syncJobs(kit.ctx.config)
    expect(jobs.slice(1).map(({ name, cron }) => [name, cron])).toEqual([['sync-events', '*/30 * * * *'], ['sync-all-events', '12 4 * * *']]) // prettier-ignore
    await declare(system, jobs)
    const runOf = async (name: string) => {
      await schedules.ask(system, name)
      await runDue(system, jobs)
      return (await kit.database.query('select result, last_error from job_runs where name = $1', [name])).rows[0]
    }
    const counts = { newEventsCount: 1, updatedEventsCount: 0, withdrawnEventsCount: 0, skippedCount: 0 }
    expect(await runOf('sync-events')).toEqual({
      result: { providers: [{ provider: 'feed', ...counts }] },
      last_error: null,
    })
    feed.tricks.push((_req, res) => res.writeHead(403).end())
    expect((await runOf('sync-all-events'))!.last_error).toBe('feed: It does not know our key: 403.')
  })
})
