import { expect, test } from 'vitest'
import { signUp } from '#accounts'
import { PUBLIC } from '#accounts/public-organizer'
import type { Ctx } from '#kernel/ctx'
import { openKit, type Kit } from '../../test/kit/kit.ts'
import { fillWithExamples } from './demo.ts'
import { EXAMPLES, THEMES } from './examples.ts'
import { GUESTS, ORGANIZERS } from './people.ts'
import { VENUES } from './venues.ts'

const empty = await openKit()
const killed = await openKit({ OPEN_ORGANIZER_SIGNUP: 'false' })
const owned = await openKit()

const expected = {
  accounts: 5,
  categories: THEMES.length,
  venues: Object.keys(VENUES).length,
  events: EXAMPLES.length,
  registrations: EXAMPLES.reduce((sum, { guests, joinedBy }) => sum + guests + (joinedBy ? 1 : 0), 0),
}

// S0-01
test('an empty database is filled with what the examples say, and nobody is written to', async () => {
  await fillWithExamples(empty.as('system'))
  await expectExamples(empty)
  await empty.settle()
  expect(empty.mails).toEqual([])
})

test('filling a second time changes nothing and answers the same logins', async () => {
  const logins = await fillWithExamples(empty.as('system'))
  const before = await everything(empty)
  expect(await fillWithExamples(empty.as('system'))).toEqual(logins)
  expect(await everything(empty)).toEqual(before)
})

test('some events have a banner that is drawn, and says what is on it', async () => {
  await fillWithExamples(empty.as('system'))
  const { items } = (await empty.call('GET', '/events?limit=100')).body
  const banners = items.map((event: { banner: object | null }) => event.banner).filter(Boolean)
  expect(banners.length).toBeGreaterThanOrEqual(3)
  for (const { alt, jpeg } of banners) {
    expect(alt).not.toBe('')
    expect((await empty.app.inject(jpeg)).headers['content-type']).toBe('image/jpeg')
  }
})

test('both logins work, and are what they say', async () => {
  const { organizer, admin } = (await fillWithExamples(empty.as('system')))!
  for (const [role, payload] of Object.entries({ organizer, admin })) {
    const { status, body } = await empty.call('POST', '/sessions', { payload })
    expect([status, body.account.role]).toEqual([201, role])
  }
})

// S0-20 S0-29
test('events, categories and venues 1 to 5 are nobody’s in particular, and so everybody’s to try programs on', async () => {
  await fillWithExamples(empty.as('system'))
  for (const [table, owner] of [
    ['events', 'organizer_id'],
    ['categories', 'created_by'],
    ['venues', 'created_by'],
  ]) {
    const { rows } = await empty.database.query(`select number from ${table} where ${owner} = $1 order by 1`, [
      PUBLIC.id,
    ])
    expect(
      rows.map((row) => row.number),
      table,
    ).toEqual([1, 2, 3, 4, 5])
  }
})

test('events 1 to 5 are open, still to come and have seats free, and so do categories and venues 1 to 5 exist', async () => {
  await fillWithExamples(empty.as('system'))
  const { rows } = await empty.database.query(`
    select e.number from events e join seat_pools p on p.event_id = e.id
    where e.number <= 5 and published_at is not null and closed_at is null and cancelled_at is null
      and starts_at > now() + interval '10 days' and registration_deadline is null
      and (capacity is null or capacity - taken >= 30)
    order by 1`)
  expect(rows.map((row) => row.number)).toEqual([1, 2, 3, 4, 5])
  for (const [table, names] of [
    ['categories', THEMES.map((theme) => theme.name)],
    ['venues', Object.values(VENUES).map((venue) => venue.name)],
  ] as const) {
    const numbered = await empty.database.query(`select number, name from ${table} order by number`)
    expect(numbered.rows).toEqual(names.map((name, i) => ({ number: i + 1, name })))
  }
})

// S3-52
test('tags 1 and 2 are there for programs that name them by number', async () => {
  await fillWithExamples(empty.as('system'))
  const { rows } = await empty.database.query('select number, name from tags order by number')
  expect(rows).toEqual([
    { number: 1, name: 'concert' },
    { number: 2, name: 'workshop' },
  ])
})

// S1-74
test('a program for Events-Face finds the area that it asks for', async () => {
  await fillWithExamples(empty.as('system'))
  const { status, body } = await empty.call('GET', '/venues/1c74b3ec-b651-4775-88b6-8b21f37fc3f4')
  expect([status, body.number]).toEqual([200, 1])
})

test('some events are full with people waiting, some full without a waitlist, some nearly full, some empty', async () => {
  await fillWithExamples(empty.as('system'))
  const count = async (condition: string) => {
    const text = `select count(*) as n from events e join seat_pools p on p.event_id = e.id where published_at is not null and cancelled_at is null and ${condition}`
    return (await empty.database.query(text)).rows[0]!.n
  }
  expect(await count('taken = capacity and waiting > 0')).toBeGreaterThanOrEqual(5)
  expect(await count('taken = capacity and not has_waitlist')).toBeGreaterThanOrEqual(2)
  expect(await count('capacity - taken between 1 and 2')).toBeGreaterThanOrEqual(5)
  expect(await count('taken = 0')).toBeGreaterThanOrEqual(2)
  expect(await count('capacity is null')).toBeGreaterThanOrEqual(3)
})

test('one event is a draft, one is closed and one was called off', async () => {
  await fillWithExamples(empty.as('system'))
  const { rows } = await empty.database.query(`
    select count(*) filter (where published_at is null) as drafts, count(*) filter (where closed_at is not null) as closed,
      count(*) filter (where cancelled_at is not null and cancellation_reason <> '') as cancelled
    from events`)
  expect(rows).toEqual([{ drafts: 1, closed: 1, cancelled: 1 }])
})

test('every time is on a quarter of an hour where the event is, and within five months', async () => {
  await fillWithExamples(empty.as('system'))
  const events = await empty.ctx.db.selectFrom('events').selectAll().execute()
  for (const { zone, title, starts_at, ends_at, registration_deadline } of events) {
    const example = EXAMPLES.find((each) => each.title === title)!
    const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' })
    expect([clock.format(starts_at), clock.format(ends_at)]).toEqual([example.when.from, example.when.until])
    for (const at of [starts_at, ends_at, registration_deadline ?? starts_at]) {
      expect(clock.format(at)).toMatch(/:(00|15|30|45)$/)
      expect(at.getTime() % 60_000).toBe(0)
    }
    expect(starts_at.getTime() - Date.now()).toBeLessThan(130 * 86_400_000)
  }
  expect(new Set(events.map((event) => event.zone)).size).toBeGreaterThanOrEqual(5)
})

test('the guests are so many that no event meets one of them twice', () => {
  expect(new Set(GUESTS.map((guest) => guest.email)).size).toBe(GUESTS.length)
  expect(GUESTS.length % 7).not.toBe(0)
  expect(Math.max(...EXAMPLES.map((example) => example.guests))).toBeLessThan(GUESTS.length)
})

test('a filling that was killed twice is finished by the third, also where organizers cannot sign up', async () => {
  await signUp(killed.as('system'), { username: 'olivia', ...ORGANIZERS.olivia, password: 'seven tulips at noon' })

  await expect(fillWithExamples(powerCutAfter(killed.as('system'), 100))).rejects.toThrow('the light went out')
  await killed.ctx.desk.drain()

  await fillWithExamples(killed.as('system'))
  await expectExamples(killed)
})

test('a database that belongs to somebody is left alone', async () => {
  const theirs = { username: 'admin', email: 'admin@example.org', password: 'long before the tulips' }
  await signUp(owned.as('system'), theirs)
  const before = await everything(owned)
  await fillWithExamples(owned.as('system'))
  expect(await everything(owned)).toEqual(before)
})

async function expectExamples({ database }: Kit): Promise<void> {
  const count = Object.keys(expected).map((table) => `(select count(*) from ${table}) as ${table}`)
  expect((await database.query(`select ${count.join(', ')}`)).rows).toEqual([expected])

  const { rows } = await database.query(`
    select e.title, p.taken, p.waiting from events e join seat_pools p on p.event_id = e.id order by e.number`)
  expect(rows).toEqual(
    EXAMPLES.map(({ title, guests, joinedBy, seats, fate }) => {
      const people = typeof fate === 'object' ? 0 : guests + (joinedBy ? 1 : 0)
      const taken = Math.min(people, seats ?? people)
      return { title, taken, waiting: people - taken }
    }),
  )
}

async function everything({ database }: Kit): Promise<unknown> {
  const tables = [...Object.keys(expected), 'facts', 'seat_pools', 'notifications']
  return Promise.all(tables.map(async (table) => (await database.query(`select * from ${table} order by 1`)).rows))
}

/** The same surroundings, with a desk that is gone after so many people. */
function powerCutAfter(ctx: Ctx, people: number): Ctx {
  let seated = 0
  const seat: Ctx['desk']['seat'] = (asking) =>
    seated++ < people ? ctx.desk.seat(asking) : Promise.reject(new Error('the light went out'))
  return { ...ctx, desk: { ...ctx.desk, seat } }
}
