import { describe, expect, test } from 'vitest'
import * as events from '#events'
import { aCategory, anAccount, anEvent, aRegistration, aVenue, openKit } from '../../../test/kit/kit.ts'
import { extendAll } from './horizon.ts'

// S3-24
const kit = await openKit()
// A Friday morning, whenever the tests run: what is over after so many days depends on the day and the hour.
const FRIDAY = Date.UTC(2027, 0, 1, 10)
const WEEK = 7 * 86_400_000
await kit.clock.advance({ seconds: (WEEK - ((((kit.ctx.now().getTime() - FRIDAY) % WEEK) + WEEK) % WEEK)) / 1_000 })
const organizer = await anAccount(kit.ctx, { role: 'organizer', email: 'olga@example.org' })
const rival = await anAccount(kit.ctx, { role: 'organizer' })
let hers = await kit.signIn(organizer)
let his = await kit.signIn(rival)
const later = async (days: number) => {
  await kit.clock.advance({ days })
  hers = await kit.signIn(organizer)
  his = await kit.signIn(rival)
}

/** The next Monday at that time of day, on the clocks of Berlin in winter and in UTC; `weeks` later. */
function monday(weeks = 1, time = '18:00'): string {
  const day = new Date(kit.ctx.now().getTime())
  day.setUTCDate(day.getUTCDate() + ((8 - day.getUTCDay()) % 7 || 7) + (weeks - 1) * 7)
  return `${day.toISOString().slice(0, 10)}T${time}:00.000Z`
}
const plus = (instant: string, { days = 0, hours = 0 }) =>
  new Date(Date.parse(instant) + (days * 24 + hours) * 3_600_000).toISOString()

type Body = Record<string, any>
const call = async (method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', path: string, payload?: object, more = {}) =>
  kit.call(method, path, { headers: { ...hers, ...more }, ...(payload ? { payload } : {}) })
const said = (fields: Body = {}): Body => {
  const startsAt = (fields.startsAt as string | undefined) ?? monday()
  return { title: 'Choir', startsAt, endsAt: plus(startsAt, { hours: 2 }), zone: 'UTC', rule: 'FREQ=WEEKLY;COUNT=5', ...fields }
} // prettier-ignore
async function begun(fields: Body = {}): Promise<Body> {
  const { status, body } = await call('POST', '/series', said(fields))
  expect(body, JSON.stringify(body)).toMatchObject({ id: expect.any(String) })
  expect(status).toBe(201)
  return body
}
async function published(fields: Body = {}): Promise<Body> {
  const series = await begun(fields)
  return (await call('PUT', `/series/${series.id}/publication`)).body
}
/** As the organizer sees them, deleted ones left out. */
async function all(seriesId: string): Promise<Body[]> {
  const { body } = await kit.call('GET', '/me/events', { headers: hers, query: { seriesId, limit: '100' } })
  return [...body.items].sort((a, b) => a.startsAt.localeCompare(b.startsAt))
}
const starts = async (seriesId: string) => (await all(seriesId)).map((each) => each.startsAt as string)
const weekly = (from: string, count: number) => Array.from({ length: count }, (_, n) => plus(from, { days: 7 * n }))

test('a series is drafts with seats of their own, seen by its organizer alone, until it is published', async () => {
  const startsAt = monday()
  const series = await begun({ startsAt, capacity: 3, tags: ['song'], registrationDeadline: plus(startsAt, { hours: -4 }) })
  expect(series).toMatchObject({
    rule: 'FREQ=WEEKLY;COUNT=5',
    sentence: 'Every week on Monday, 5 times',
    counts: { occurrences: 5, upcoming: 5, cancelled: 0 },
    publishedAt: null,
    version: 1,
    can: { edit: true, publish: true, cancel: true, delete: true },
  })
  const made = await all(series.id)
  expect(made.map((each) => each.startsAt)).toEqual(weekly(startsAt, 5))
  for (const each of made)
    expect(each).toMatchObject({
      title: 'Choir',
      status: 'draft',
      capacity: 3,
      taken: 0,
      tags: ['song'],
      series: { id: series.id },
      registrationDeadline: plus(each.startsAt, { hours: -4 }),
      slug: `choir-${each.startsAt.slice(0, 10)}`,
    })
  expect((await kit.call('GET', `/series/${series.id}`)).status).toBe(404)
  expect((await kit.call('PATCH', `/series/${series.id}`, { headers: his, payload: { title: 'Mine' } })).status).toBe(404)

  const now = await call('PUT', `/series/${series.id}/publication`)
  expect(now).toMatchObject({ status: 200, body: { publishedAt: expect.any(String), next: { id: made[0]!.id } } })
  const seen = await kit.call('GET', '/events', { query: { seriesId: series.id } })
  expect(seen.body.items.map((each: Body) => each.status)).toEqual(Array.from({ length: 5 }, () => 'open'))
  expect((await kit.call('GET', `/series/${series.id}`)).body).toMatchObject({ counts: { upcoming: 5 }, can: { edit: false } })
  expect((await kit.call('PATCH', `/series/${series.id}`, { headers: his, payload: { title: 'Mine' } })).status).toBe(403)
  for (let n = 0; n < 3; n++) await aRegistration(kit.ctx, made[0]!.id)
  expect((await all(series.id)).map((each) => each.taken)).toEqual([3, 0, 0, 0, 0])
}) // prettier-ignore

test('an endless series is made up to the horizon, and on as time goes, published as it is', async () => {
  const series = await published({ rule: 'FREQ=WEEKLY', tags: ['endless'] })
  const before = await starts(series.id)
  expect(before).toEqual(weekly(before[0]!, 26))
  await kit.ctx.db.updateTable('tags').set({ name: 'Renamed', name_key: 'renamed' }).where('name', '=', 'endless').execute()
  await later(15)
  await extendAll(kit.ctx)
  await extendAll(kit.ctx)
  const after = await all(series.id)
  expect(after.map((each) => each.startsAt)).toEqual(weekly(before[0]!, 28))
  expect(after.at(-1)).toMatchObject({ status: 'open', tags: ['Renamed'] })
}) // prettier-ignore

test('where the next time lies beyond the horizon, it is made all the same', async () => {
  const startsAt = plus(monday(), { days: 7 * 40 })
  const series = await begun({ startsAt, rule: 'FREQ=YEARLY' })
  expect(await starts(series.id)).toEqual([startsAt])
})

test('who may no longer organize gets no new occurrences', async () => {
  const account = await anAccount(kit.ctx, { role: 'organizer' })
  const headers = await kit.signIn(account)
  const { body } = await kit.call('POST', '/series', { headers, payload: said({ rule: 'FREQ=WEEKLY' }) })
  const count = async () =>
    (await kit.database.query('select count(*) as n from events where series_id = $1', [body.id])).rows[0]!.n
  const before = await count()
  await kit.ctx.db.updateTable('accounts').set({ role: 'attendee' }).where('id', '=', account.id).execute()
  await later(8)
  await extendAll(kit.ctx)
  expect(await count()).toBe(before)
})

test('an event becomes the first of a series with its registrations, and the others are published if it is', async () => {
  const startsAt = monday()
  const { id } = await anEvent(kit.ctx, { organizer, startsAt, zone: 'UTC', capacity: 2, title: 'Book club' })
  await aRegistration(kit.ctx, id)
  const answer = await call('POST', `/events/${id}/series`, { rule: 'FREQ=WEEKLY;COUNT=3' })
  expect(answer).toMatchObject({ status: 201, body: { counts: { upcoming: 3 } } })
  const made = await all(answer.body.id)
  expect(made.map((each) => [each.startsAt, each.taken, each.status])).toEqual([
    [startsAt, 1, 'open'],
    [plus(startsAt, { days: 7 }), 0, 'open'],
    [plus(startsAt, { days: 14 }), 0, 'open'],
  ])
  expect(made[0]!.id).toBe(id)
  const again = await call('POST', `/events/${id}/series`, { rule: 'FREQ=DAILY' })
  expect(again).toMatchObject({ status: 409, body: { type: '/problems/series/already-repeats' } })
  const draft = await anEvent(kit.ctx, { organizer, draft: true })
  expect((await kit.call('POST', `/events/${draft.id}/series`, { headers: his, payload: { rule: 'FREQ=DAILY' } })).status).toBe(404) // prettier-ignore
})

describe('changing', () => {
  test('all: every occurrence that has not begun, and those to be made; what one has of its own stays', async () => {
    const series = await published({ rule: 'FREQ=WEEKLY', capacity: 5 })
    const [first, second, third] = await all(series.id)
    await aRegistration(kit.ctx, third!.id)
    // Saying again what it is does not make it its own.
    await call('PATCH', `/events/${second!.id}`, { title: 'Guest choir', capacity: 5, place: null })
    await later(8) // the first is over
    const answer = await call('PATCH', `/series/${series.id}`, { title: 'Big choir', capacity: 9, place: 'Hall' })
    expect(answer).toMatchObject({ status: 200, body: { id: series.id, version: 3, title: 'Big choir' } })
    await later(14)
    await extendAll(kit.ctx)
    const now = await all(series.id)
    expect(now.find((each) => each.id === first!.id)).toMatchObject({ title: 'Choir', capacity: 5, place: null })
    expect(now.find((each) => each.id === second!.id)).toMatchObject({ title: 'Guest choir', capacity: 9, place: 'Hall' })
    expect(now.find((each) => each.id === third!.id)).toMatchObject({ title: 'Big choir', capacity: 9, taken: 1 })
    expect(now.at(-1)).toMatchObject({ title: 'Big choir', capacity: 9, place: 'Hall', status: 'open' })
  }) // prettier-ignore

  test('the time of all: the n-th stays the n-th, with its people, also on another day', async () => {
    const series = await published({ rule: 'FREQ=WEEKLY;BYDAY=MO;COUNT=4', capacity: 1 })
    const made = await all(series.id)
    await aRegistration(kit.ctx, made[2]!.id)
    await aRegistration(kit.ctx, made[2]!.id)
    await call('PATCH', `/events/${made[3]!.id}`, { startsAt: plus(made[3]!.startsAt, { hours: -3 }) })
    const [startsAt, endsAt] = [plus(made[0]!.startsAt, { days: 1, hours: 1 }), plus(made[0]!.startsAt, { days: 1, hours: 2 })] // prettier-ignore
    const answer = await call('PATCH', `/series/${series.id}`, { startsAt, endsAt })
    expect(answer).toMatchObject({ status: 200, body: { sentence: 'Every week on Tuesday, 4 times' } })
    const now = await all(series.id)
    expect(now.map((each) => each.id)).toEqual(made.map((each) => each.id))
    expect(now.map((each) => each.startsAt)).toEqual([
      ...weekly(startsAt, 3),
      plus(made[3]!.startsAt, { hours: -3 }), // moved by itself
    ])
    expect(now[2]).toMatchObject({ taken: 1, waiting: 1, endsAt: plus(now[2]!.startsAt, { hours: 1 }) })
  })

  test('all on another day: a monthly one moves by that day, also where months differ, and people hear of it once', async () => {
    const day = new Date(Date.UTC(kit.ctx.now().getUTCFullYear(), kit.ctx.now().getUTCMonth() + 1, 31, 18))
    while (day.getUTCDate() !== 31) day.setUTCMonth(day.getUTCMonth() + 1, 31)
    const series = await published({ startsAt: day.toISOString(), rule: 'FREQ=MONTHLY' })
    const made = await all(series.id)
    const people = []
    for (const each of made) people.push(await aRegistration(kit.ctx, each.id))
    await kit.settle()
    kit.mails.length = 0
    const answer = await call('PATCH', `/series/${series.id}`, { startsAt: plus(day.toISOString(), { days: -1 }) })
    expect(answer).toMatchObject({ status: 200 })
    const now = new Map((await all(series.id)).map((each) => [each.id, each.startsAt as string]))
    expect(made.map((each) => now.get(each.id))).toEqual(made.map((each) => plus(each.startsAt, { days: -1 })))
    await kit.settle()
    expect(kit.mails.map((mail) => [mail.to.address, mail.subject])).toEqual(
      people.map((each) => [each.email, 'Moved: Choir']),
    )
  })

  test('another zone keeps the time on the wall', async () => {
    const startsAt = monday()
    const series = await begun({ startsAt, rule: 'FREQ=DAILY;COUNT=3' })
    const { body } = await call('PATCH', `/series/${series.id}`, { zone: 'Asia/Kathmandu' })
    expect(body.zone).toBe('Asia/Kathmandu')
    expect((await starts(series.id))[1]).toBe(new Date(Date.parse(startsAt) + 86_400_000 - 345 * 60_000).toISOString())
  })

  test('by another rule, what has the same date stays, what nobody counts on goes, and the rest is called off', async () => {
    const startsAt = monday()
    const series = await published({ startsAt, rule: 'FREQ=WEEKLY;COUNT=6' })
    const made = await all(series.id)
    await aRegistration(kit.ctx, made[0]!.id)
    const counted = await aRegistration(kit.ctx, made[1]!.id)
    await kit.settle()
    kit.mails.length = 0
    const answer = await call('PATCH', `/series/${series.id}`, { rule: 'FREQ=WEEKLY;INTERVAL=2;COUNT=4' })
    expect(answer).toMatchObject({ status: 200, body: { sentence: 'Every two weeks on Monday, 4 times' } })
    const now = await all(series.id)
    expect(now.map((each) => [each.startsAt, each.status, each.id])).toEqual([
      [startsAt, 'open', made[0]!.id],
      [made[1]!.startsAt, 'cancelled', made[1]!.id],
      [made[2]!.startsAt, 'open', made[2]!.id],
      [made[4]!.startsAt, 'open', made[4]!.id],
      [plus(startsAt, { days: 42 }), 'open', expect.not.stringContaining(made[5]!.id)],
    ])
    expect(now[0]!.taken).toBe(1)
    await kit.settle()
    expect(kit.mails.map((mail) => mail.to.address)).toEqual([counted.email])
  })

  test('what a rule took away comes back with the rule, but not what was deleted by hand', async () => {
    const twice = 'FREQ=WEEKLY;BYDAY=MO,TH;COUNT=10'
    const series = await published({ rule: twice })
    const made = await all(series.id)
    await call('DELETE', `/events/${made[3]!.id}`) // a Thursday
    await call('DELETE', `/events/${made[4]!.id}`) // a Monday
    await aRegistration(kit.ctx, made[1]!.id) // on a Thursday
    await call('PATCH', `/series/${series.id}`, { rule: 'FREQ=WEEKLY;BYDAY=MO;COUNT=5' })
    expect((await call('PATCH', `/series/${series.id}`, { rule: twice })).status).toBe(200)
    const now = await all(series.id)
    const open = now.filter((each) => each.status === 'open').map((each) => each.startsAt)
    expect(open).toEqual(made.filter((_, n) => n !== 3 && n !== 4).map((each) => each.startsAt))
    expect(now.filter((each) => each.status === 'cancelled').map((each) => each.id)).toEqual([made[1]!.id])
    const gone = (await call('DELETE', `/series/${series.id}`)).status
    expect([gone, await all(series.id)]).toEqual([204, []])
  })

  test('drafts that a shorter rule took away come back with a longer one', async () => {
    const series = await begun({ rule: 'FREQ=WEEKLY;COUNT=6' })
    const before = await starts(series.id)
    await call('PATCH', `/series/${series.id}`, { rule: 'FREQ=WEEKLY;COUNT=3' })
    expect(await starts(series.id)).toEqual(before.slice(0, 3))
    await call('PATCH', `/series/${series.id}`, { rule: 'FREQ=WEEKLY;COUNT=6' })
    expect(await starts(series.id)).toEqual(before)
  })

  test('this and following: they go on as a series of their own, with their people', async () => {
    const startsAt = monday()
    const series = await published({ startsAt, rule: 'FREQ=WEEKLY;COUNT=5' })
    const made = await all(series.id)
    for (const n of [0, 2, 3]) await aRegistration(kit.ctx, made[n]!.id)
    await call('PATCH', `/events/${made[2]!.id}`, { title: 'Special', place: 'Barn' })
    const moved = plus(made[2]!.startsAt, { hours: 2 })
    const payload = { from: made[2]!.id, title: 'Late choir', startsAt: moved }
    const { status, body } = await call('PATCH', `/series/${series.id}`, payload)
    expect(status).toBe(200)
    expect(body).toMatchObject({ sentence: 'Every week on Monday, 3 times', startsAt: moved })
    expect(body.id).not.toBe(series.id)
    expect((await all(series.id)).map((each) => [each.id, each.title, each.startsAt])).toEqual(
      made.slice(0, 2).map((each) => [each.id, 'Choir', each.startsAt]),
    )
    const following = await all(body.id)
    expect(following.map((each) => [each.id, each.taken, each.title])).toEqual([
      [made[2]!.id, 1, 'Late choir'], // it was named, so it takes what was said
      [made[3]!.id, 1, 'Late choir'],
      [made[4]!.id, 0, 'Late choir'],
    ])
    expect(following.map((each) => each.startsAt)).toEqual(weekly(moved, 3))
    expect(following.map((each) => each.place)).toEqual(['Barn', null, null])
    expect((await call('GET', `/series/${series.id}`)).body).toMatchObject({ sentence: 'Every week on Monday, 2 times' })
    await extendAll(kit.ctx)
    expect((await all(series.id)).length + (await all(body.id)).length).toBe(5)
  }) // prettier-ignore

  test('an endless one is split where its past ends', async () => {
    const series = await published({ rule: 'FREQ=WEEKLY;BYDAY=MO,TH' })
    const made = await all(series.id)
    const { body } = await call('PATCH', `/series/${series.id}`, { from: made[3]!.id, place: 'Elsewhere' })
    expect(await starts(series.id)).toEqual(made.slice(0, 3).map((each) => each.startsAt))
    expect(await starts(body.id)).toEqual(made.slice(3).map((each) => each.startsAt))
    await later(10)
    await extendAll(kit.ctx)
    expect(await starts(series.id)).toHaveLength(3)
    expect((await starts(body.id)).length).toBeGreaterThan(made.length - 3)
  })

  test('times are said of the occurrence that is named', async () => {
    const series = await begun({ rule: 'FREQ=WEEKLY;COUNT=3' })
    const made = await all(series.id)
    const payload = { of: made[2]!.id, startsAt: plus(made[2]!.startsAt, { hours: 1 }) }
    expect((await call('PATCH', `/series/${series.id}`, payload)).status).toBe(200)
    expect(await starts(series.id)).toEqual(made.map((each) => plus(each.startsAt, { hours: 1 })))
  })

  test('an end of the rule moves with the time', async () => {
    const startsAt = monday()
    const until = plus(startsAt, { days: 14 }).replace(/[-:]|\.000/g, '')
    const series = await begun({ startsAt, rule: `FREQ=WEEKLY;UNTIL=${until}` })
    await call('PATCH', `/series/${series.id}`, { startsAt: plus(startsAt, { hours: 3 }) })
    expect(await starts(series.id)).toEqual(weekly(plus(startsAt, { hours: 3 }), 3))
  })

  test('what one of them refuses changes none', async () => {
    const series = await published({ rule: 'FREQ=WEEKLY;COUNT=3', capacity: 5 })
    const made = await all(series.id)
    for (let n = 0; n < 3; n++) await aRegistration(kit.ctx, made[1]!.id)
    const answer = await call('PATCH', `/series/${series.id}`, { title: 'Smaller', capacity: 2 })
    expect(answer).toMatchObject({
      status: 409,
      body: { type: '/problems/registrations/capacity-below-taken', eventId: made[1]!.id },
    })
    expect((await all(series.id)).map((each) => [each.title, each.capacity])).toEqual(made.map(() => ['Choir', 5]))
    expect((await call('GET', `/series/${series.id}`)).body.version).toBe(2)
  })

  test('honours If-Match', async () => {
    const { id } = await published()
    const ways: ['PATCH' | 'PUT' | 'DELETE', string, object | undefined][] = [
      ['PATCH', '', { title: 'No' }],
      ['PUT', '/publication', undefined],
      ['PUT', '/cancellation', {}],
      ['DELETE', '', undefined],
    ]
    for (const [method, what, payload] of ways) {
      const stale = await call(method, `/series/${id}${what}`, payload, { 'if-match': '"1"' })
      expect(stale, `${method} ${what}`).toMatchObject({ status: 412, body: { type: '/problems/stale', version: 2 } })
    }
    const fine = await call('PATCH', `/series/${id}`, { title: 'Yes' }, { 'if-match': '"2"' })
    expect(fine).toMatchObject({ status: 200, body: { version: 3 } })
  })
})

describe('calling off and deleting', () => {
  test('all: who has a place is told, drafts go, what has begun stays, and nothing comes back', async () => {
    const series = await published({ rule: 'FREQ=WEEKLY' })
    const made = await all(series.id)
    await later(8)
    const { email } = await aRegistration(kit.ctx, made[2]!.id)
    await kit.settle()
    kit.mails.length = 0
    const answer = await call('PUT', `/series/${series.id}/cancellation`, { reason: 'The roof leaks.' })
    expect(answer).toMatchObject({ status: 200, body: { endedAt: expect.any(String), counts: { upcoming: 0 }, next: null } })
    expect((await all(series.id)).map((each) => each.status)).toEqual(['past', ...made.slice(1).map(() => 'cancelled')])
    await kit.settle()
    expect(kit.mails.map((mail) => [mail.to.address, mail.text.includes('The roof leaks.')])).toEqual([[email, true]])
    await later(30)
    await extendAll(kit.ctx)
    expect(await all(series.id)).toHaveLength(made.length)
    for (const [method, path, payload] of [['PATCH', '', { title: 'No' }], ['PUT', '/publication', {}]] as const)
      expect(await call(method, `/series/${series.id}${path}`, path ? undefined : payload)).toMatchObject({
        status: 409,
        body: { type: '/problems/series/ended' },
      })
    expect((await call('PUT', `/series/${series.id}/cancellation`, {})).status).toBe(200)
  }) // prettier-ignore

  test('this and following, and one alone: the horizon brings none of them back', async () => {
    const series = await published({ rule: 'FREQ=WEEKLY' })
    const made = await all(series.id)
    await call('DELETE', `/events/${made[1]!.id}`)
    await call('PUT', `/events/${made[2]!.id}/cancellation`, {})
    await call('PUT', `/series/${series.id}/cancellation`, { from: made[5]!.id })
    await later(1)
    await extendAll(kit.ctx)
    expect((await all(series.id)).map((each) => each.status)).toEqual([
      ...['open', 'cancelled', 'open', 'open'],
      ...made.slice(5).map(() => 'cancelled'),
    ])
    // Those that are left can still be changed together; what was called off stays that by any rule.
    await call('PATCH', `/series/${series.id}`, { rule: 'FREQ=WEEKLY;COUNT=8' })
    const open = (await all(series.id)).filter((each) => each.status === 'open').map((each) => each.id)
    expect(open).toEqual([made[0]!.id, made[3]!.id, made[4]!.id])
  })

  test('deleting takes away what has not begun', async () => {
    const series = await published({ rule: 'FREQ=WEEKLY;COUNT=6' })
    const made = await all(series.id)
    await aRegistration(kit.ctx, made[4]!.id)
    expect((await kit.call('DELETE', `/series/${series.id}`, { headers: hers, query: { from: made[3]!.id } })).status).toBe(204) // prettier-ignore
    expect((await all(series.id)).map((each) => each.id)).toEqual(made.slice(0, 3).map((each) => each.id))
    await later(8)
    expect((await call('DELETE', `/series/${series.id}`)).status).toBe(204)
    expect((await all(series.id)).map((each) => [each.id, each.status])).toEqual([[made[0]!.id, 'past']])
    await extendAll(kit.ctx)
    expect(await all(series.id)).toHaveLength(1)
    expect((await call('DELETE', `/series/${series.id}`)).status).toBe(204)
  })

  test('the drafts of one that is not published go without a word', async () => {
    const series = await begun()
    expect((await call('PUT', `/series/${series.id}/cancellation`, {})).status).toBe(200)
    expect(await all(series.id)).toEqual([])
  })
})

test('what has begun cannot be where a change begins, nor an event of elsewhere', async () => {
  const series = await published()
  const [first] = await all(series.id)
  const { id: other } = await anEvent(kit.ctx, { organizer })
  await later(8)
  for (const [method, path, payload] of [
    ['PATCH', '', { title: 'x' }],
    ['PUT', '/cancellation', {}],
  ] as const) {
    const at = (from: string) => call(method, `/series/${series.id}${path}`, { ...payload, from })
    expect(await at(first!.id)).toMatchObject({ status: 409, body: { type: '/problems/series/begun' } })
    expect(await at(other)).toMatchObject({ status: 422, body: { errors: [{ pointer: '/from' }] } })
  }
  await later(40)
  expect(await call('PATCH', `/series/${series.id}`, { title: 'x' })).toMatchObject({ status: 409 })
})

test('a private series is for who is invited to one of it or registered for it', async () => {
  const series = await published({ visibility: 'private' })
  const [first] = await all(series.id)
  const guest = await anAccount(kit.ctx)
  const theirs = await kit.signIn(guest)
  const look = () => kit.call('GET', `/series/${series.id}`, { headers: theirs })
  expect((await look()).status).toBe(404)
  expect((await call('POST', `/events/${first!.id}/invitations`, { emails: [guest.email] })).status).toBe(201)
  expect((await look()).body).toMatchObject({ counts: { occurrences: 1 }, next: { id: first!.id } })
}) // prettier-ignore

test('what is removed elsewhere is gone from what is still to be made', async () => {
  const venue = await aVenue(kit.ctx, 'Old Mill', { createdBy: organizer.id, address: 'River 1' })
  const category = await aCategory(kit.ctx)
  const series = await published({ rule: 'FREQ=WEEKLY', venueId: venue.id, categoryId: category.id, tags: ['gone'] })
  const admin = await kit.signIn(await anAccount(kit.ctx, { role: 'admin' }))
  const { items } = (await kit.call('GET', '/tags')).body
  const tag = items.find((each: Body) => each.name === 'gone')
  for (const path of [`/venues/${venue.id}`, `/categories/${category.id}`, `/tags/${tag.id}`])
    expect((await kit.call('DELETE', path, { headers: admin })).status).toBe(204)
  await later(8)
  await extendAll(kit.ctx)
  expect((await all(series.id)).at(-1)).toMatchObject({
    venue: null,
    place: 'Old Mill, River 1',
    category: null,
    tags: [],
  })
  expect((await kit.call('GET', '/tags')).body.items.map((each: Body) => each.name)).not.toContain('gone')
})

describe('bad input is refused at its field and makes nothing', () => {
  const START = monday(1, '18:00')
  test.each<[what: string, fields: Body, pointer: string]>([
    ['no rule', { rule: undefined }, '/rule'],
    ['an empty rule', { rule: '' }, '/rule'],
    ['a rule that is a number', { rule: 7 }, '/rule'],
    ['10 KB of rule', { rule: `FREQ=WEEKLY;BYDAY=${'MO,'.repeat(3_400)}MO` }, '/rule'],
    ['by the second', { rule: 'FREQ=SECONDLY' }, '/rule'],
    ['by the minute', { rule: 'FREQ=MINUTELY;INTERVAL=30' }, '/rule'],
    ['a billion', { rule: 'FREQ=DAILY;COUNT=1000000000' }, '/rule'],
    ['an end before the start', { rule: 'FREQ=DAILY;UNTIL=20200101' }, '/rule'],
    ['every hour without an end', { rule: 'FREQ=HOURLY' }, '/rule'],
    ['a day that never comes', { rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' }, '/rule'],
    ['a start that is none of its times', { rule: 'FREQ=WEEKLY;BYDAY=TU' }, '/rule'],
    ['a NUL', { title: 'a\u0000b' }, ''],
    ['an unknown field', { role: 'admin' }, '/role'],
    ['an id of its own', { seriesId: '00000000-0000-7000-8000-000000000000' }, '/seriesId'],
    ['a zone on Mars', { zone: 'Mars/Base' }, '/zone'],
    ['an end before its start', { endsAt: plus(START, { hours: -1 }) }, '/endsAt'],
    ['a start that has passed', { startsAt: '2020-01-06T18:00:00Z', endsAt: '2020-01-06T19:00:00Z' }, '/startsAt'],
    ['half a second', { startsAt: START.replace('.000Z', '.500Z') }, '/startsAt'],
    ['the second of two times that look the same', { zone: 'Europe/Berlin', startsAt: '2027-10-31T01:30:00Z', endsAt: '2027-10-31T03:00:00Z' }, '/startsAt'],
    ['no such venue', { venueId: '00000000-0000-7000-8000-000000000000' }, '/venueId'],
    ['no such category', { categoryId: '00000000-0000-7000-8000-000000000000' }, '/categoryId'],
    ['no seats', { capacity: 0 }, '/capacity'],
  ])('%s', async (_what, fields, pointer) => {
    const count = async () => (await kit.database.query('select (select count(*) from series) + (select count(*) from events) as n')).rows[0]!.n
    const before = await count()
    const { status, body } = await call('POST', '/series', said({ startsAt: monday(), ...fields }))
    expect(status, JSON.stringify(body)).toBe(pointer ? 422 : 400)
    if (pointer) expect(body.errors).toContainEqual(expect.objectContaining({ pointer }))
    expect(await count()).toBe(before)
  }) // prettier-ignore

  test('changes are judged the same', async () => {
    const series = await published()
    const [first] = await all(series.id)
    const before = await all(series.id)
    for (const [payload, pointer] of [
      [{ rule: 'FREQ=SECONDLY' }, '/rule'],
      [{ rule: 'FREQ=WEEKLY;BYDAY=TU' }, '/rule'],
      [{ rule: 'FREQ=HOURLY' }, '/rule'],
      [{ zone: 'Mars/Base' }, '/zone'],
      [{ endsAt: plus(first!.startsAt, { hours: -1 }) }, '/endsAt'],
      [{ startsAt: '2020-01-01T00:00:00Z' }, '/startsAt'],
      [{ venueId: '00000000-0000-7000-8000-000000000000' }, '/venueId'],
      [{ published: true }, '/published'],
      [{ from: 'x' }, '/from'],
    ] as const) {
      const { status, body } = await call('PATCH', `/series/${series.id}`, payload)
      expect(status, JSON.stringify(body)).toBe(422)
      expect(body.errors).toContainEqual(expect.objectContaining({ pointer }))
    }
    expect(await all(series.id)).toEqual(before)
    for (const id of ['x', '00000000-0000-7000-8000-000000000000'])
      expect((await call('GET', `/series/${id}`)).status).toBe(id === 'x' ? 422 : 404)
  })
})

test('a preview has the first ten times, and judges as creating does', async () => {
  const ask = (query: Record<string, string>) => kit.call('GET', '/recurrences', { headers: hers, query })
  const zone = 'Europe/Berlin'
  const answer = await ask({ rule: 'FREQ=WEEKLY;BYDAY=SU', startsAt: '2027-03-21T18:00:00Z', zone })
  expect(answer).toMatchObject({ status: 200, body: { rule: 'FREQ=WEEKLY', sentence: 'Every week on Sunday', total: null } })
  expect(answer.body.startsAt.slice(0, 3)).toEqual(['2027-03-21T18:00:00.000Z', '2027-03-28T17:00:00.000Z', '2027-04-04T17:00:00.000Z'])
  expect(answer.body.startsAt).toHaveLength(10)
  const few = await ask({ rule: 'FREQ=DAILY;COUNT=3', startsAt: '2027-03-21T18:00:00Z', zone })
  expect(few.body).toMatchObject({ total: 3, startsAt: { length: 3 } })
  for (const [query, pointer] of [
    [{ rule: 'FREQ=MINUTELY', startsAt: '2027-03-21T18:00:00Z', zone }, '/query/rule'],
    [{ rule: 'FREQ=DAILY', startsAt: '9999-03-21T18:00:00Z', zone }, '/query/startsAt'],
    [{ rule: 'FREQ=DAILY', startsAt: '0001-03-21T18:00:00Z', zone }, '/query/startsAt'],
    [{ rule: 'FREQ=DAILY', startsAt: '2027-03-21T18:00:00Z', zone: 'Mars/Base' }, '/query/zone'],
  ] as const)
    expect(await ask(query)).toMatchObject({ status: 422, body: { errors: [{ pointer }] } })
  expect((await kit.call('GET', '/recurrences', { query: { rule: 'FREQ=DAILY', startsAt: '2027-03-21T18:00:00Z', zone } })).status).toBe(401)
}) // prettier-ignore

test('the same request twice begins one series', async () => {
  const payload = said()
  const once = { 'idempotency-key': 'choir-1' }
  const [one, two] = [await call('POST', '/series', payload, once), await call('POST', '/series', payload, once)]
  expect(two).toMatchObject({ status: 201, body: { id: one.body.id } })
  const event = await anEvent(kit.ctx, { organizer, draft: true, startsAt: monday() })
  const repeat = () => call('POST', `/events/${event.id}/series`, { rule: 'FREQ=WEEKLY' }, once)
  expect([(await repeat()).status, (await repeat()).status]).toEqual([201, 201])
})

test('what was changed for one occurrence alone is kept in mind, by the fields that became others', async () => {
  const series = await begun()
  const [first] = await all(series.id)
  await events.edit(kit.as(organizer), first!.id, { title: 'Choir', capacity: null, tags: ['new'], place: 'Yard' })
  const { rows } = await kit.database.query('select own_fields from events where id = $1', [first!.id])
  expect(rows[0]!.own_fields).toEqual(['place', 'tags'])
})

test('a series that became private tells nobody its new title by an occurrence that once was public', async () => {
  const series = await published({ title: 'Open choir', rule: 'FREQ=WEEKLY;COUNT=3' })
  const [first, second] = await all(series.id)
  const guest = await anAccount(kit.ctx)
  const theirs = await kit.signIn(guest)
  await call('PATCH', `/events/${first!.id}`, { visibility: 'public', title: 'Last open choir' }) // its own from now on
  await kit.database.query(`update events set own_fields = '{title,visibility}' where id = $1`, [first!.id])
  await call('PATCH', `/series/${series.id}`, { title: 'Secret choir', visibility: 'private' })
  expect((await kit.call('GET', `/events/${first!.id}`)).body).toMatchObject({ title: 'Last open choir' })
  for (const headers of [{}, his, theirs])
    expect((await kit.call('GET', `/series/${series.id}`, { headers })).status).toBe(404)
  expect((await call('GET', `/series/${series.id}`)).body).toMatchObject({ title: 'Secret choir' })
  await kit.call('POST', `/events/${first!.id}/registrations`, { headers: theirs, payload: {} })
  expect((await kit.call('GET', `/series/${series.id}`, { headers: theirs })).status).toBe(404) // to the open one alone
  await kit.call('POST', `/events/${second!.id}/invitations`, { headers: hers, payload: { emails: [guest.email] } })
  expect(await kit.call('GET', `/series/${series.id}`, { headers: theirs })).toMatchObject({
    status: 200,
    body: { title: 'Secret choir', counts: { occurrences: 2 } },
  })
})

test('archived occurrences are not counted for others, and do not show the series to them', async () => {
  const series = await published({ rule: 'FREQ=WEEKLY;COUNT=3' })
  const made = await all(series.id)
  await kit.database.query(`update events set archived_at = app_now() where id = $1`, [made[0]!.id])
  expect((await kit.call('GET', `/series/${series.id}`)).body).toMatchObject({ counts: { occurrences: 2 } })
  await kit.database.query(`update events set archived_at = app_now() where series_id = $1`, [series.id])
  expect((await kit.call('GET', `/series/${series.id}`)).status).toBe(404)
  expect((await call('GET', `/series/${series.id}`)).status).toBe(200)
})

test('of many occurrences some are made at once, and the job makes the others, a few in a transaction', async () => {
  const series = await published({ rule: 'FREQ=DAILY;COUNT=150' })
  expect(await count(series.id)).toBe(60)
  await extendAll(kit.ctx)
  expect(await count(series.id)).toBe(150)
  const { rows } = await kit.database.query(
    `select data->'occurrences' as n from facts where kind = 'series.extended' and data->>'seriesId' = $1 order by id`,
    [series.id],
  )
  expect(rows).toEqual([{ n: 60 }, { n: 30 }])
  expect((await kit.call('GET', `/series/${series.id}`)).body).toMatchObject({ counts: { occurrences: 150 } })
  await call('DELETE', `/series/${series.id}`)
})
async function count(seriesId: string): Promise<number> {
  const { rows } = await kit.database.query('select count(*)::int as n from events where series_id = $1', [seriesId])
  return rows[0]!.n as number
}

test('a deleted series is gone for its organizer too, and has only ended where some of it has begun', async () => {
  const series = await published()
  const kept = await published({ startsAt: monday(), rule: 'FREQ=WEEKLY;COUNT=3' })
  expect((await call('DELETE', `/series/${series.id}`)).status).toBe(204)
  for (const [method, path, payload] of [
    ['GET', ''],
    ['PATCH', '', { title: 'Again' }],
    ['PUT', '/publication'],
    ['PUT', '/cancellation', {}],
    ['DELETE', ''],
    ['GET', '/team'],
  ] as const)
    expect((await call(method, `/series/${series.id}${path}`, payload)).status, `${method} ${path}`).toBe(404)
  await later(8)
  expect((await call('DELETE', `/series/${kept.id}`)).status).toBe(204)
  const { status, body } = await call('GET', `/series/${kept.id}`)
  expect([status, body.endedAt === null, body.counts]).toEqual([
    200,
    false,
    { occurrences: 1, upcoming: 0, cancelled: 0 },
  ])
})

test(
  'as many occurrences as there can be are published, changed and cancelled together',
  { timeout: 300_000 },
  async () => {
    const startsAt = monday(2)
    const series = await begun({
      ...{ startsAt, endsAt: plus(startsAt, { hours: 0.5 }), rule: 'FREQ=HOURLY;COUNT=1000', capacity: 5 },
    })
    await extendAll(kit.ctx)
    const counted = async () => (await call('GET', `/series/${series.id}`)).body.counts
    expect(await counted()).toMatchObject({ occurrences: 1_000 })
    for (const [method, path, payload] of [
      ['PUT', '/publication'],
      ['PATCH', '', { title: 'Anew', capacity: 7, startsAt: plus(startsAt, { hours: 24 }) }],
      ['PUT', '/cancellation', { reason: 'The hall burnt down.' }],
    ] as const) {
      const { status } = await call(method, `/series/${series.id}${path}`, payload)
      expect(status, `${method} ${path}`).toBe(200)
    }
    expect(await counted()).toEqual({ occurrences: 1_000, upcoming: 0, cancelled: 1_000 })
    expect((await call('DELETE', `/series/${series.id}`)).status).toBe(204)
  },
)
