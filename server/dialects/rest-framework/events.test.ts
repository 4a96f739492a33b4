import { beforeEach, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import * as events from '#events'
import { aCategory, anAccount, anEvent, aRegistration, openKit } from '../../../test/kit/kit.ts'
import { page, speaking, told, type Headers, type Method, type Person } from '../../../test/kit/rest-framework.ts'

const kit = await openKit()
const closed = await openKit({ OPEN_ORGANIZER_SIGNUP: 'false' })
const { ask, get, post, at, day, numberOf, somebody } = speaking(kit)
const MOMENT = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/)

beforeEach(() => sql`truncate events, event_versions cascade`.execute(kit.ctx.db))

describe('an event', () => {
  const workshop = () => ({
    title: 'Python Workshop',
    description: 'Hands-on',
    date: at(20, 14),
    location: 'Tech Hub, New York',
    max_attendees: 30,
  })
  const besides = (organizer: number, from: string, to: string) => ({
    start_time: from,
    end_time: to,
    created_by: organizer,
    category_id: null,
    tags: [],
    average_rating: null,
    external_event_id: null,
    is_recurring: false,
    recurrence_pattern: null,
  })

  // S2-02 S2-23 S2-24 S2-22 S3-44
  test('is held by whoever is logged in, who thereby organizes: C16 C19', async () => {
    const jane = await somebody('attendee', { firstName: 'Jane', lastName: 'Smith' })
    const { status, body } = await post('/api/events/', jane.headers, workshop())
    expect(status).toBe(201)
    expect(body).toEqual({
      id: expect.any(Number),
      ...workshop(),
      organizer: jane.number,
      organizer_name: 'Jane Smith',
      attendees_count: 0,
      available_spots: 30,
      is_active: true,
      is_past: false,
      created_at: MOMENT,
      updated_at: MOMENT,
      ...besides(jane.number, at(20, 14), at(20, 16)),
    })
    for (const url of [`/api/events/${body.id}/`, `/api/events/${body.id}`])
      expect(await get(url), url).toEqual({ status: 200, body })
    expect(await get('/api/events/')).toEqual({ status: 200, body: page([body]) })
    const { rows } = await sql<{ id: string }>`select id from events`.execute(kit.ctx.db)
    expect((await get(`/api/events/${rows[0]!.id}/`)).body).toEqual(body) // C7
    expect((await get('/api/users/profile/', jane.headers)).body.is_organizer).toBe(true)
    expect(await get('/api/events/999999/')).toEqual({ status: 404, body: told('Not found.') })
    expect(await get('/api/events/nothing/')).toEqual({ status: 404, body: told('Not found.') })
  })

  test('is not held by whoever is logged in where an admin decides who organizes', async () => {
    const ann = await anAccount(closed.ctx)
    const headers = await closed.signIn(ann)
    const { status, body } = await speaking(closed).post('/api/events/', headers, workshop())
    expect([status, body.detail]).toEqual([403, expect.stringContaining('an admin has been asked')])
    const { rows } = await sql`select role, wants_to_organize_at is not null as asked from accounts where id = ${ann.id}`.execute(closed.ctx.db) // prettier-ignore
    expect(rows).toEqual([{ role: 'attendee', asked: true }])
  })

  // S3-09 S3-10 S3-11 S3-52 S3-53
  test('is held with a start and an end by organizers alone', async () => {
    const [hers, theirs] = [await somebody('organizer'), await somebody()]
    const category = await numberOf('categories', (await aCategory(kit.ctx, 'Tech')).id)
    await anEvent(kit.ctx, { tags: ['conference', 'rust'] })
    const { rows } = await sql<{ number: number }>`select number from tags order by name_key`.execute(kit.ctx.db)
    const tags = rows.map(({ number }) => number)
    const event = {
      title: 'RustConf',
      description: 'All of it',
      location: 'Berlin',
      start_time: at(30, 9),
      end_time: at(31, 17),
      max_attendees: 200,
      category_id: category,
      tags,
    }
    expect(await post('/api/events/', theirs.headers, event)).toEqual({ status: 403, body: told('You do not have permission to perform this action.') }) // prettier-ignore
    const { status, body } = await post('/api/events/', hers.headers, event)
    expect(status).toBe(201)
    expect(body).toMatchObject({ ...event, date: at(30, 9), created_by: hers.number, organizer: hers.number })
    expect((await get(`/api/events/${body.id}/`, theirs.headers)).body).toEqual(body)
    expect((await post('/api/events/', hers.headers, { ...event, tags: [999_999] })).body).toEqual({ tags: ['There is no such tag.'] }) // prettier-ignore
    expect((await post('/api/events/', hers.headers, { ...event, category_id: 999_999 })).body).toEqual({ category_id: ['There is no such category.'] }) // prettier-ignore
    expect((await post('/api/events/', hers.headers, { ...event, tags: ['brand new', tags[0]] })).body.tags).toHaveLength(2) // prettier-ignore
    expect(await post('/api/events/', hers.headers, { title: 'x', start_time: at(3) })).toEqual({ status: 400, body: { end_time: ['This field is required.'] } }) // prettier-ignore
    expect((await post('/api/events/', hers.headers, { ...event, end_time: at(29) })).body).toEqual({ end_time: ['The end must come after the start.'] }) // prettier-ignore
  })

  // S2-66 S3-74
  test('says what is wrong with each field', async () => {
    const { headers } = await somebody()
    const wrong = async (more: object) => (await post('/api/events/', headers, { ...workshop(), ...more })).body
    expect(await post('/api/events/', headers, {})).toEqual({
      status: 400,
      body: Object.fromEntries(
        ['title', 'description', 'date', 'location'].map((name) => [name, ['This field is required.']]),
      ),
    })
    expect(await wrong({ date: '13.01.2027' })).toEqual({ date: [expect.stringContaining('wrong format')] })
    expect(await wrong({ date: '2027-02-30T10:00:00Z' })).toEqual({ date: [expect.stringContaining('wrong format')] })
    expect(await wrong({ date: at(-3) })).toEqual({ date: ['The start has passed.'] })
    expect(await wrong({ max_attendees: 0 })).toEqual({ max_attendees: [expect.stringContaining('greater than or equal to 1')] }) // prettier-ignore
    expect(await wrong({ max_attendees: 1e12 })).toEqual({ max_attendees: [expect.stringContaining('less than')] })
    expect(await wrong({ title: ' ' })).toEqual({ title: ['This field may not be blank.'] })
    expect(await wrong({ title: 7 })).toHaveProperty('title')
    expect((await post('/api/events/', headers, [workshop()])).status).toBe(400)
    expect((await get('/api/events/')).body.count).toBe(0)
    expect((await wrong({ max_attendees: null, something: 'else' })).available_spots).toBeNull()
  })

  test('that is a draft is there for who organizes it alone', async () => {
    const [hers, theirs] = [await somebody('organizer'), await somebody('organizer')]
    const draft = await anEvent(kit.ctx, { organizer: hers, draft: true })
    const url = `/api/events/${await numberOf('events', draft.id)}/`
    const missing = { status: 404, body: told('Not found.') }
    expect((await get(url, hers.headers)).body).toMatchObject({ is_active: false, is_past: false })
    for (const [method, what] of [
      ['GET', ''],
      ['PUT', ''],
      ['DELETE', ''],
      ['POST', 'register/'],
      ['POST', 'unregister/'],
      ['POST', 'rsvp/'],
      ['POST', 'cancel/'],
      ['GET', 'attendees/'],
      ['GET', 'attendees/?status=going'],
      ['GET', 'reviews/'],
    ] as const)
      // prettier-ignore
      expect(await ask(method, `${url}${what}`, theirs.headers), `${method} ${what}`).toEqual(missing)
    expect((await get('/api/events/')).body.count).toBe(0)
  })

  test('is taken from a form, too', async () => {
    const { headers } = await somebody()
    const answer = await kit.app.inject({
      method: 'POST',
      url: '/api/events',
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ ...workshop(), max_attendees: '30', date: `${day(20)} 14:00` }).toString(),
    })
    expect([answer.statusCode, answer.json().date, answer.json().max_attendees]).toEqual([201, at(20, 14), 30])
  })

  // S2-25 S2-26 S2-27 S3-54 S3-55
  test('is changed and deleted by who holds it', async () => {
    const [hers, theirs] = [await somebody(), await somebody()]
    const { body: event } = await post('/api/events/', hers.headers, workshop())
    const url = `/api/events/${event.id}/`
    const change = async (method: Method, body: object, { headers }: Person = hers) => ask(method, url, headers, body)
    const whole = { ...workshop(), title: 'Python Day', date: at(21, 10), max_attendees: 40 }
    expect((await change('PUT', whole)).body).toMatchObject({ ...whole, end_time: at(21, 12), available_spots: 40 })
    const part = await change('PATCH', { max_attendees: 200, location: 'Updated location' })
    expect(part).toMatchObject({ status: 200, body: { ...whole, max_attendees: 200, location: 'Updated location' } })
    expect((await change('PUT', { end_time: at(21, 18) })).body).toMatchObject({
      date: at(21, 10),
      end_time: at(21, 18),
    }) // C5
    expect((await change('PUT', { title: '' })).body).toEqual({ title: ['This field may not be blank.'] })
    expect((await change('PATCH', { is_active: false })).body.is_active).toBe(false)
    expect((await change('PATCH', { is_active: true })).body.is_active).toBe(true)
    const refused = { status: 403, body: told('You do not have permission to perform this action.') }
    expect(await change('PUT', whole, theirs)).toEqual(refused)
    expect(await change('PATCH', whole, theirs)).toEqual(refused)
    expect(await ask('DELETE', url, theirs.headers)).toEqual(refused)
    expect(await ask('DELETE', url, hers.headers)).toEqual({ status: 204, body: '' })
    expect(await get(url)).toEqual({ status: 404, body: told('Not found.') })
    expect((await ask('DELETE', url, hers.headers)).status).toBe(404)
  })

  test('keeps its venue and its places when it is sent back as it was read', async () => {
    const hers = await somebody('organizer')
    const event = await anEvent(kit.ctx, { organizer: hers, capacity: 3 })
    await aRegistration(kit.ctx, event.id)
    await aRegistration(kit.ctx, event.id)
    const url = `/api/events/${await numberOf('events', event.id)}/`
    const { body: before } = await get(url)
    expect(await ask('PUT', url, hers.headers, before)).toEqual({ status: 200, body: before })
    const [date, end] = [at(9, 10), at(9, 12)]
    const moved = (await ask('PUT', url, hers.headers, { ...before, date })).body
    expect(moved).toMatchObject({ date, start_time: date, end_time: end })
    const begun = (await ask('PUT', url, hers.headers, { ...moved, start_time: at(9, 8) })).body
    expect(begun).toMatchObject({ date: at(9, 8), end_time: end })
    expect(await ask('PATCH', url, hers.headers, { max_attendees: 1 })).toEqual({ status: 400, body: { max_attendees: ['2 seats are taken.'] } }) // prettier-ignore
  })
})

describe('events', () => {
  const titles = async (query: string, headers?: Headers) => {
    const { status, body } = await get(`/api/events/${query}`, headers)
    expect(status, JSON.stringify(body)).toBe(200)
    return body.results.map(({ title }: { title: string }) => title) as string[]
  }
  const startsAt = (days: number) => new Date(at(days)).toISOString()
  async function some() {
    const ann = await somebody('organizer')
    const full = await anEvent(kit.ctx, { organizer: ann, title: 'Python and you', place: 'New York', startsAt: startsAt(3), capacity: 1 }) // prettier-ignore
    await aRegistration(kit.ctx, full.id)
    await anEvent(kit.ctx, { organizer: ann, title: 'Apples', description: 'Grown in python country', place: 'Boston', startsAt: startsAt(2) }) // prettier-ignore
    const shut = await anEvent(kit.ctx, { title: 'Zen', place: 'York', startsAt: startsAt(4), capacity: 9 })
    await events.close(kit.as(shut.organizer), shut.id)
    return ann
  }

  // S2-04 S2-21 S2-43 S2-44 S2-45 S2-46 S2-47 S2-48 S2-49 S2-50 S2-51 S2-53 S3-15 S3-51
  test('are found by what is asked, all of it together', async () => {
    const ann = await some()
    expect(await titles('')).toEqual(['Apples', 'Python and you', 'Zen'])
    expect(await titles('?search=python')).toEqual(['Apples', 'Python and you'])
    expect(await titles('?title=python%20AND%20you')).toEqual(['Python and you'])
    expect(await titles('?title=python')).toEqual([])
    expect(await titles('?location=york')).toEqual(['Python and you', 'Zen'])
    expect(await titles(`?date_after=${day(3)}`)).toEqual(['Python and you', 'Zen'])
    expect(await titles(`?date_before=${day(3)}`)).toEqual(['Apples', 'Python and you'])
    expect(await titles(`?date_from=${day(3)}&date_to=${day(3)}`)).toEqual(['Python and you'])
    expect(await titles(`?organizer=${ann.number}&ordering=-date`)).toEqual(['Python and you', 'Apples'])
    expect(await titles('?organizer=999999')).toEqual([])
    expect(await titles('?has_spots=true')).toEqual(['Apples', 'Zen'])
    expect(await titles('?has_spots=false')).toEqual(['Python and you'])
    expect(await titles('?is_active=true')).toEqual(['Apples', 'Python and you'])
    expect(await titles('?is_active=false')).toEqual(['Zen'])
    expect(await titles('?ordering=title')).toEqual(['Apples', 'Python and you', 'Zen'])
    expect(await titles('?ordering=-title')).toEqual(['Zen', 'Python and you', 'Apples'])
    expect(await titles('?ordering=-title,date')).toEqual(['Zen', 'Python and you', 'Apples'])
    expect(await titles('?ordering=nothing,%20-date,title')).toEqual(['Zen', 'Python and you', 'Apples'])
    expect(await titles('?ordering=created_at')).toEqual(['Python and you', 'Apples', 'Zen'])
    expect(await titles('?ordering=-created_at')).toEqual(['Zen', 'Apples', 'Python and you'])
    expect(await titles('?search=python&location=New+York&has_spots=false&something=else')).toEqual(['Python and you'])
    expect((await get('/api/events/?date_after=yesterday')).body).toEqual({ date_after: ['Enter a valid date.'] })
    expect((await get('/api/events/?organizer=ann')).body).toEqual({ organizer: ['Enter a number.'] })
    await kit.clock.advance({ seconds: (Date.parse(at(3, 13)) - kit.ctx.now().getTime()) / 1_000 }) // whatever the hour is now
    expect(await titles('?is_past=false')).toEqual(['Zen'])
    expect((await titles('?is_past=true')).sort()).toEqual(['Apples', 'Python and you'])
    expect((await get('/api/events/?is_past=true')).body.results[0]).toMatchObject({ is_past: true, is_active: true })
  })

  // S2-28 S2-29
  test('are those to come that are active, and those of one’s own', async () => {
    const ann = await some()
    await anEvent(kit.ctx, { organizer: ann, title: 'Draft', draft: true, startsAt: startsAt(9) })
    expect(await titles('upcoming/')).toEqual(['Apples', 'Python and you'])
    expect(await titles('upcoming')).toEqual(['Apples', 'Python and you'])
    expect(await titles('my_events/', ann.headers)).toEqual(['Apples', 'Python and you', 'Draft'])
    expect(await titles('my_events/', (await somebody()).headers)).toEqual([])
    expect(await titles('upcoming/?location=york&ordering=-title')).toEqual(['Python and you'])
    expect(await titles('upcoming/?is_active=false')).toEqual(['Apples', 'Python and you'])
    expect(await titles(`upcoming/?date_after=${day(3)}`)).toEqual(['Python and you'])
    expect(await titles('my_events/?ordering=-date&has_spots=true', ann.headers)).toEqual(['Draft', 'Apples'])
    const seconds = (Date.parse(startsAt(2)) - kit.ctx.now().getTime()) / 1_000
    await kit.clock.advance({ seconds: seconds + 60 })
    expect(await titles('upcoming/')).toEqual(['Python and you']) // the other has begun
    expect(await titles(`upcoming/?date_after=${day(-9)}`)).toEqual(['Python and you'])
    expect((await titles('?is_past=false')).includes('Apples')).toBe(true)
  })

  // S2-52 S3-16 S3-51
  test('come in numbered pages, with the addresses of those beside them: C3 C11', async () => {
    const organizer = await somebody('organizer')
    for (let each = 0; each < 23; each++) await anEvent(kit.ctx, { organizer, startsInHours: 48 + each })
    const read = async (query: string) => (await get(`/api/events/${query}`)).body
    const base = 'http://localhost:8000/api/events/'
    expect(await read('')).toMatchObject({ count: 23, next: `${base}?page=2`, previous: null, results: { length: 20 } })
    expect(await read('?page=2')).toMatchObject({ count: 23, next: null, previous: base, results: { length: 3 } })
    expect(await read('?page=2&page_size=5&has_spots=true')).toMatchObject({
      next: `${base}?page=3&page_size=5&has_spots=true`,
      previous: `${base}?page_size=5&has_spots=true`,
      results: { length: 5 },
    })
    expect((await read('?limit=7')).results).toHaveLength(7)
    expect((await read('?limit=')).results).toHaveLength(10)
    expect((await read(`?date_from=${day(0)}`)).results).toHaveLength(10)
    expect((await read('?page_size=many')).results).toHaveLength(20)
    for (const query of ['?page=3', '?page=0', '?page=two', '?page=99999999999'])
      expect(await get(`/api/events/${query}`), query).toEqual({ status: 404, body: told('Invalid page.') })
    await sql`truncate events, event_versions cascade`.execute(kit.ctx.db)
    expect(await read('?page=1')).toEqual(page([]))
  })

  // S3-20 S3-61 S3-51
  test('are searched by words, category and tags, the most popular first', async () => {
    const { id: categoryId } = await aCategory(kit.ctx, 'Gadgets')
    await anEvent(kit.ctx, { title: 'Quiet query', categoryId, tags: ['conference'] })
    const loud = await anEvent(kit.ctx, { title: 'Loud query', categoryId, tags: ['conference', 'beer'] })
    await anEvent(kit.ctx, { title: 'Other query', tags: ['beer'] })
    await aRegistration(kit.ctx, loud.id)
    const sorted = 'search/?q=query&category=gadgets&tags=conference&sort=popularity'
    expect(await titles(sorted)).toEqual(['Loud query', 'Quiet query'])
    expect((await titles('search/?q=query&tags=beer')).sort()).toEqual(['Loud query', 'Other query'])
    expect(await titles('search/?category=nothing')).toEqual([])
    const number = await numberOf('categories', categoryId)
    expect((await titles(`?category_id=${number}`)).sort()).toEqual(['Loud query', 'Quiet query'])
    expect(await titles(`search/?category=${number}&sort=title`)).toEqual(['Loud query', 'Quiet query'])
  })
})
