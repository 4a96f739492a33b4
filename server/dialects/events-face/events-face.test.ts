import { describe, expect, test } from 'vitest'
import * as events from '#events'
import { anAccount, anEvent, aRegistration, aVenue, openKit } from '../../../test/kit/kit.ts'
import { speaking } from '../../../test/kit/rest-framework.ts'

const kit = await openKit({ ANONYMOUS_WRITES: 'loopback' })
const closed = await openKit()
const { get, post, somebody } = speaking(kit)

const UUID = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
const nobody = {}
/** So many days from now, as it is written there. */
const day = (days: number) => {
  const [year, month, date] = new Date(kit.ctx.now().getTime() + days * 86_400_000)
    .toISOString()
    .slice(0, 10)
    .split('-')
  return `${month}.${date}.${year}`
}
const fields = (more: object = {}) => ({
  name: 'Tech Conference',
  status: 'open',
  event_datetime: day(40),
  registration_deadline: day(40),
  ...more,
})
const enveloped = (data: unknown, meta = {}) => ({ data, meta, errors: [] })
const told = (...errors: [field: string, message: string][]) => ({
  status: 422,
  body: { data: {}, meta: {}, errors: errors.map(([field, message]) => ({ field, messages: [message] })) },
})
const refused = (detail: string, status = 400) => ({
  status,
  body: { detail, data: {}, meta: {}, errors: [{ field: 'non_field_errors', messages: [detail] }] },
})
const make = async (more: object = {}) => (await post('/api/events/', nobody, fields(more))).body.data as { id: string }
const list = async (query = '') => (await get(`/api/events/list${query}`)).body

describe('an area', () => {
  // S1-03 S1-26 S1-68 S1-75 S1-83
  test('is added by its name, once, without a log-in', async () => {
    const { status, body } = await post('/api/events/areas/', nobody, { name: ' Main Hall ' })
    expect([status, body]).toEqual([201, enveloped({ id: UUID, name: 'Main Hall' })])
    expect((await kit.call('GET', `/venues/${body.data.id}`)).body).toMatchObject({ name: 'Main Hall' })
    const taken = told(['name', 'This name already exists. Please try another.'])
    expect(await post('/api/events/areas', nobody, { name: 'MAIN HALL' })).toEqual(taken)
  })

  test.each([
    [{}, 'This field is required.'],
    [{ name: null }, 'This field may not be null.'],
    [{ name: '  ' }, 'This field may not be blank.'],
    [{ name: ['Hall'] }, 'Not a valid string.'],
    [{ name: 'a'.repeat(256) }, 'Ensure this field has no more than 255 characters.'],
  ])('of %j is not added', async (body, message) => {
    expect(await post('/api/events/areas/', nobody, body)).toEqual(told(['name', message]))
  })

  test('wants a log-in where the instance says so, and somebody who organizes', async () => {
    const { post: send, somebody: another } = speaking(closed)
    const body = { name: 'Side Hall' }
    const who = await another()
    expect(await send('/api/events/areas/', nobody, body)).toEqual(refused('Authentication credentials were not provided.', 401)) // prettier-ignore
    expect(await send('/api/events/areas/', who.headers, body)).toEqual(refused('You do not have permission to perform this action.', 403)) // prettier-ignore
    expect((await send('/api/events/areas/', (await another('organizer')).headers, body)).status).toBe(201)
  })
})

describe('an event', () => {
  // S1-28 S1-67 S1-74 S1-75; the answer has its area by name
  test('is made in an area, on a day, without a log-in, and is there for everybody: C8 C16 C17', async () => {
    const area = await aVenue(kit.ctx, 'The Old Mill')
    const { status, body } = await post('/api/events/', nobody, fields({ area_id: area.id.toUpperCase() }))
    expect([status, body]).toEqual([201, enveloped({ id: UUID, area: 'The Old Mill', ...fields() })])
    const { body: native } = await kit.call('GET', `/events/${body.data.id}`)
    const [month, date, year] = day(40).split('.')
    expect(native).toMatchObject({
      title: 'Tech Conference',
      status: 'open',
      startsAt: `${year}-${month}-${date}T00:00:00.000Z`,
      endsAt: `${year}-${month}-${date}T23:59:59.000Z`,
      registrationDeadline: `${year}-${month}-${date}T00:00:00.000Z`,
      venue: { id: area.id },
      organizer: { name: 'Public' },
    })
  })

  test('takes registrations until the day that is said is over', async () => {
    const { id } = await make({ registration_deadline: day(30) })
    const { body } = await kit.call('GET', `/events/${id}`)
    const [month, date, year] = day(30).split('.')
    expect(body.registrationDeadline).toBe(`${year}-${month}-${date}T23:59:59.000Z`)
    expect(await list(`?name=Tech&limit=100`)).toMatchObject({
      data: expect.arrayContaining([expect.objectContaining({ id, registration_deadline: day(30) })]),
    })
  })

  test('has no area where none is said, is open unless it is closed, and may come as a form', async () => {
    const { status: _, ...unsaid } = fields({ area_id: null, unknown: 1 })
    const { body } = await post('/api/events/', nobody, unsaid)
    expect(body.data).toEqual({ id: UUID, ...fields() })
    const answer = await kit.app.inject({
      method: 'POST',
      url: '/api/events',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(fields({ status: 'closed' })).toString(),
    })
    expect([answer.statusCode, answer.json().data.status]).toEqual([201, 'closed'])
  })

  // S1-83
  test('is refused with all that is wrong with it, and nothing is made', async () => {
    const before = (await list()).pagination.total
    expect(await post('/api/events/', nobody, { name: 'Tech Conference' })).toEqual(
      told(['event_datetime', 'This field is required.'], ['registration_deadline', 'This field is required.']),
    )
    const format = 'Datetime has wrong format. Use one of these formats instead: MM.DD.YYYY.'
    expect(
      await post('/api/events/', nobody, {
        name: 'a'.repeat(256),
        area_id: 'the hall',
        status: 'perhaps',
        event_datetime: '2027-01-13',
        registration_deadline: '02.30.2027',
      }),
    ).toEqual(
      told(
        ['name', 'Ensure this field has no more than 255 characters.'],
        ['area_id', 'Must be a valid UUID.'],
        ['status', '"perhaps" is not a valid choice.'],
        ['event_datetime', format],
        ['registration_deadline', format],
      ),
    )
    const past = fields({ event_datetime: day(-1), registration_deadline: day(-1) })
    expect((await post('/api/events/', nobody, past)).body.errors).toContainEqual({
      field: 'event_datetime',
      messages: ['Event datetime cannot be in the past.'],
    })
    expect(await post('/api/events/', nobody, fields({ registration_deadline: day(41) }))).toEqual(
      told(['registration_deadline', 'The deadline cannot be after the start.']),
    )
    const area = '1c74b3ec-b651-4775-88b6-000000000000'
    expect(await post('/api/events/', nobody, fields({ area_id: area }))).toEqual(
      told(['area', 'Event area does not exist.']),
    )
    expect((await list()).pagination.total).toBe(before)
    expect(await post('/api/events/', nobody, fields({ name: 'a'.repeat(255) }))).toMatchObject({ status: 201 })
  })

  test('of the other systems at this address is made and refused as they have it: C17', async () => {
    const at = new Date(kit.ctx.now().getTime() + 40 * 86_400_000).toISOString()
    const theirs = { title: 'Meetup', description: 'Talks', date: at, location: 'Here' }
    const { headers } = await somebody()
    expect(await post('/api/events/', headers, theirs)).toMatchObject({ status: 201, body: { title: 'Meetup', id: expect.any(Number) } }) // prettier-ignore
    expect(await post('/api/events/', headers, { ...theirs, title: '' })).toEqual({ status: 400, body: { title: ['This field may not be blank.'] } }) // prettier-ignore
    for (const body of [theirs, {}])
      expect(await post('/api/events/', nobody, body)).toEqual({ status: 401, body: { detail: 'Authentication credentials were not provided.' } }) // prettier-ignore
  })

  test('wants a log-in where the instance says so', async () => {
    const { post: send, somebody: another } = speaking(closed)
    expect(await send('/api/events/', nobody, fields())).toEqual(refused('Authentication credentials were not provided.', 401)) // prettier-ignore
    expect(await send('/api/events/', (await another()).headers, fields())).toMatchObject({ status: 403 })
    expect(await send('/api/events/', (await another('organizer')).headers, fields())).toMatchObject({ status: 201 })
    expect(await send('/api/events/', { authorization: 'Bearer broken' }, fields())).toMatchObject({ status: 401 })
  })
})

describe('the list', () => {
  // S1-04 S1-29 S1-30 S1-31 S1-32 S1-66
  test('has the open events, the last day first, by a part of their names, a page at a time', async () => {
    for (const [name, days, status] of [
      ['Zither evening', 50, 'open'],
      ['Late zither', 52, 'open'],
      ['Shut zither', 51, 'closed'],
      ['Early ZITHER', 49, 'open'],
    ] as const)
      await make({ name, status, event_datetime: day(days), registration_deadline: day(days) })
    const names = ({ data }: { data: { name: string }[] }) => data.map(({ name }) => name)
    const all = ['Late zither', 'Zither evening', 'Early ZITHER']
    expect(names(await list('?name=zither'))).toEqual(all)
    expect(names(await list('?name=zither&order_by=desc&limit=10&offset=0'))).toEqual(all)
    expect(names(await list('?name=ZITHER&order_by=asc'))).toEqual(all.toReversed())
    const { data, ...rest } = await list('?name=zither&limit=1&offset=1')
    expect(names({ data })).toEqual(['Zither evening'])
    expect(data).toEqual([{ id: UUID, ...fields({ name: 'Zither evening', event_datetime: day(50), registration_deadline: day(50) }) }]) // prettier-ignore
    expect(rest).toEqual({ meta: {}, errors: [], pagination: { offset: 1, limit: 1, total: 3 } })
    expect((await list('?name=zither&offset=9')).data).toEqual([])
    expect((await list('?limit=many&offset=-1')).pagination).toMatchObject({ offset: 0, limit: 10 })
    expect((await list('/?limit=1000')).pagination.limit).toBe(100)
  })

  test('shows what was made elsewhere, on the day that it is there', async () => {
    const at = new Date(kit.ctx.now().getTime() + 60 * 86_400_000)
    at.setUTCHours(22, 30, 0, 0)
    const { id } = await anEvent(kit.ctx, {
      title: 'Night of strings',
      startsAt: at.toISOString(),
      endsAt: new Date(at.getTime() + 3_600_000).toISOString(),
      zone: 'Asia/Tokyo',
      place: 'Under the bridge',
      registrationDeadline: null,
    })
    expect((await list('?name=Night%20of')).data).toEqual([
      {
        id,
        name: 'Night of strings',
        area: 'Under the bridge',
        status: 'open',
        event_datetime: day(61),
        registration_deadline: day(61),
      },
    ])
  })

  test('is at the address of the others, too, for who asks in its words: C2 C3', async () => {
    for (const query of ['?order_by=asc', '?name=zither', '?offset=0&limit=3'])
      expect((await get(`/api/events/${query}`)).body).toEqual(await list(query))
    for (const url of ['/api/events/', '/api/events/list']) expect((await get(`${url}?name=a&name=b`)).status).toBe(422)
    for (const query of ['', '?limit=3', '?title=zither'])
      expect(Object.keys((await get(`/api/events/${query}`)).body)).toEqual(['count', 'next', 'previous', 'results'])
  })
})

describe('a visitor', () => {
  const john = { full_name: 'John Doe', email: 'john.doe@example.com' }

  // S1-05 S1-33 S1-37 S1-38 S1-69
  test('registers by name and address without a log-in, and is written to', async () => {
    const { id } = await make()
    const answer = { status: 201, body: enveloped({}, { message: 'Successful registration' }) }
    expect(await post(`/api/events/${id}/register`, nobody, john)).toEqual(answer)
    await kit.settle()
    expect(kit.mails.filter(({ to }) => to.address === john.email)).toHaveLength(1)
    const { id: other } = await make()
    const { headers } = await somebody() // who is logged in registers somebody else
    expect(await post(`/api/events/${other}/register/`, headers, { ...john, email: 'jane@example.com' })).toEqual(
      answer,
    )
  })

  // S1-34 S1-35 S1-36
  test('is refused twice, where it is closed, full or over, and where there is no event', async () => {
    const to = (id: string, body: object = john) => post(`/api/events/${id}/register`, nobody, body)
    const { id } = await make()
    await to(id)
    expect(await to(id, { ...john, email: 'John.Doe@Example.com' })).toEqual(refused('Registration already exists'))
    const { id: shut } = await make({ status: 'closed' })
    expect(await to(shut)).toEqual(refused('Event is closed'))
    const organizer = await anAccount(kit.ctx, { role: 'organizer' })
    const off = await anEvent(kit.ctx, { organizer })
    await events.cancel(kit.as(organizer), off.id)
    expect(await to(off.id)).toEqual(refused('Event is closed'))
    const full = await anEvent(kit.ctx, { capacity: 1 })
    await aRegistration(kit.ctx, full.id)
    expect(await to(full.id)).toEqual(refused('Event is full'))
    expect(await to('1c74b3ec-b651-4775-88b6-000000000000')).toEqual(refused('Not found.', 404))
    expect(await to('nowhere')).toEqual(refused('Not found.', 404))
    await kit.clock.advance({ days: 41 })
    expect(await to(id, { ...john, email: 'late@example.com' })).toEqual(refused('Event is closed'))
  })

  // S1-39
  test('says who it is', async () => {
    const { id } = await make()
    const to = (body?: object) => post(`/api/events/${id}/register`, nobody, body)
    const required = 'This field is required.'
    for (const body of [undefined, {}])
      expect(await to(body)).toEqual(told(['full_name', required], ['email', required]))
    expect(await to({ full_name: 'John Doe' })).toEqual(told(['email', required]))
    expect(await to({ ...john, email: 'john at example' })).toEqual(told(['email', 'Enter a valid email address.']))
    expect(await to({ ...john, full_name: 'a'.repeat(129) })).toEqual(told(['full_name', 'Ensure this field has no more than 128 characters.'])) // prettier-ignore
  })

  test('is not who is logged in and sends nothing, whatever id the event goes by: C1 C7', async () => {
    const { id } = await make()
    const { headers, number } = await somebody()
    expect(await post(`/api/events/${id}/register`, headers)).toMatchObject({ status: 201, body: { user: number } })
    const event = await anEvent(kit.ctx)
    const numbered = await speaking(kit).numberOf('events', event.id)
    expect(await post(`/api/events/${numbered}/register`, nobody, {})).toMatchObject({ status: 401 })
    expect((await post(`/api/events/${numbered}/register/`, nobody, john)).status).toBe(201)
  })
})

describe('an account', () => {
  // S1-40 S1-70 S1-71 S1-72 S1-73
  test('is opened, logged in to, refreshed and logged out of, in both systems’ words: C9 C20', async () => {
    const jane = { username: 'jane_doe', email: 'jane@example.com', password: 'SecurePass123!', password2: 'SecurePass123!' } // prettier-ignore
    expect(await post('/api/auth/register/', nobody, jane)).toMatchObject({
      status: 201,
      body: { username: 'jane_doe', ...enveloped({ username: 'jane_doe' }, { message: 'User created successfully' }) },
    })
    const { username, password } = jane
    const { body: entry } = await post('/api/auth/login/', nobody, { username, password })
    const { access, refresh, user, ...rest } = entry
    expect(user).toMatchObject({ username })
    expect(rest).toEqual(enveloped({ access_token: access, refresh_token: refresh }))
    const { body: again } = await post('/api/auth/refresh/', nobody, { refresh })
    expect(again).toEqual({ access: again.access, ...enveloped({ access_token: again.access }) })
    const headers = { authorization: `Bearer ${again.data.access_token}` }
    expect(await post('/api/auth/logout/', headers, { refresh })).toEqual({
      status: 200,
      body: { detail: 'Successfully logged out.', ...enveloped({}, { message: 'Successfully logged out' }) },
    })
    expect(await post('/api/auth/refresh', nobody, { refresh })).toMatchObject({ status: 401 })
    expect(await get('/api/auth/profile/', headers)).toMatchObject({ status: 401 })
  })
})

describe('the documents', () => {
  // S1-63 S1-64 S1-65
  test('are where they were, and say what is answered here: C10', async () => {
    const swagger = await kit.app.inject('/api/swagger/')
    expect(swagger.headers.location).toBe('/api/docs/')
    for (const url of ['/api/docs/', '/api/redoc/', '/api/schema/']) expect((await kit.app.inject(url)).statusCode).toBe(200) // prettier-ignore
    const { paths } = (await kit.app.inject('/api/schema/')).json<any>()
    expect(paths['/api/events/list'].get.tags).toEqual(['events-face'])
    expect(paths['/api/events/areas/'].post.responses[422].content['application/json'].schema.properties).toHaveProperty('errors') // prettier-ignore
    const event = paths['/api/events/'].post
    expect(event.description).toContain('event_datetime')
    expect(Object.keys(event.responses)).toEqual(expect.arrayContaining(['201', '400', '401', '422']))
  })
})
