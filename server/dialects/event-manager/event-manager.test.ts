import { beforeEach, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { remind } from '#notifications/reminders'
import { anAccount, anEvent, aRegistration, openKit } from '../../../test/kit/kit.ts'

const kit = await openKit({ ANONYMOUS_WRITES: 'loopback' })
const closed = await openKit()

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
async function ask(method: Method, url: string, body?: unknown, headers: Record<string, string> = {}) {
  const answer = await kit.app.inject({
    method,
    url,
    headers,
    ...(body === undefined ? {} : { payload: body as object }),
  })
  return { status: answer.statusCode, body: answer.json<any>() }
}
const day = (days: number) => new Date(kit.ctx.now().getTime() + days * 86_400_000).toISOString().slice(0, 10)
const rfc1123 = (date: string) => new Date(`${date}T00:00:00Z`).toUTCString()
const fair = (more: object = {}) => ({
  title: 'Book fair',
  date: day(20),
  location: 'Bat Yam',
  popularity: 100,
  ...more,
})
const said = (message: string) => ({ message })

beforeEach(() => sql`truncate events, event_versions cascade`.execute(kit.ctx.db))

describe('an event of the event-manager', () => {
  test('is scheduled, read, changed and deleted by its number, without a log-in (S4-04 S4-05 S4-06 S4-07 S4-08 S4-20 S4-21)', async () => {
    expect(await ask('GET', '/events')).toEqual({ status: 200, body: [] })
    expect(await ask('POST', '/events', fair())).toEqual({ status: 200, body: said('Event scheduled successfully') })
    const { body } = await ask('GET', '/events')
    const id = body[0].id as number
    const event = { date: rfc1123(day(20)), id, location: 'Bat Yam', popularity: 100, title: 'Book fair' }
    expect(body).toEqual([event])
    expect(await ask('GET', `/events?id=${id}`)).toEqual({ status: 200, body: [event] })

    expect(await ask('PUT', `/events?id=${id}`, { title: 'Book market' })).toEqual({ status: 200, body: said('Event updated successfully') }) // prettier-ignore
    expect(await ask('PUT', '/events', { id, date: day(21), popularity: 7 })).toEqual({ status: 200, body: said('Event updated successfully') }) // prettier-ignore
    const changed = { ...event, title: 'Book market', date: rfc1123(day(21)), popularity: 7 }
    expect((await ask('GET', `/events?id=${id}`)).body).toEqual([changed])

    expect(await ask('DELETE', `/events?id=${id}`)).toEqual({ status: 200, body: said('Event deleted successfully') })
    expect(await ask('GET', `/events?id=${id}`)).toEqual({ status: 404, body: said('Event not found') })
  })

  test('is listed with the others that fit: S4-27', async () => {
    const rows = [
      fair({ title: 'One', date: day(1), popularity: 5 }),
      fair({ title: 'Two', date: day(2), location: 'Tel Aviv', popularity: 9 }),
      fair({ title: 'Three', date: day(3), location: 'Tel Aviv', popularity: 5 }),
    ]
    for (const row of rows) await ask('POST', '/events', row)
    const titles = async (query: string) =>
      (await ask('GET', `/events?${query}`)).body.map(({ title }: { title: string }) => title)
    expect(await titles('location=tel%20aviv')).toEqual(['Two', 'Three'])
    expect(await titles('title=One')).toEqual(['One'])
    expect(await titles(`start_date=${day(2)}`)).toEqual(['Two', 'Three'])
    expect(await titles(`end_date=${day(2)}`)).toEqual(['One', 'Two'])
    expect(await titles('popularity=5')).toEqual(['One', 'Three'])
    expect(await titles('something=else')).toEqual(['One', 'Two', 'Three'])
  })

  test('comes in three orders, each the greatest first: S4-09 S4-22 S4-23 S4-28', async () => {
    for (const row of [
      fair({ title: 'Early', date: day(1), popularity: 2 }),
      fair({ title: 'Late', date: day(9), popularity: 1 }),
      fair({ title: 'Middle', date: day(5), popularity: 3 }),
    ])
      await ask('POST', '/events', row)
    const order = async (by: string) =>
      (await ask('GET', `/sort_by/${by}`)).body.map(({ title }: { title: string }) => title)
    expect(await order('creation_time')).toEqual(['Middle', 'Late', 'Early'])
    expect(await order('date')).toEqual(['Late', 'Middle', 'Early'])
    expect(await order('popularity')).toEqual(['Middle', 'Early', 'Late'])
    expect(await ask('GET', '/sort_by/weather')).toEqual({ status: 400, body: said('Invalid sort by parameter') })
    expect(await ask('GET', '/sort_by/constructor')).toEqual({ status: 400, body: said('Invalid sort by parameter') })
  })

  test('is as popular as it was where it came from, and more with each who comes', async () => {
    await ask('POST', '/events', fair({ popularity: 10 }))
    const { rows } = await sql<{ id: string }>`select id from events`.execute(kit.ctx.db)
    await aRegistration(kit.ctx, rows[0]!.id)
    expect((await ask('GET', '/events')).body[0].popularity).toBe(11)
  })

  test('is taken from a form, too, and by both spellings of an address', async () => {
    const answer = await kit.app.inject({
      method: 'POST',
      url: '/events/',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ ...fair(), popularity: '4' }).toString(),
    })
    expect(answer.json()).toEqual(said('Event scheduled successfully'))
    expect((await ask('GET', '/sort_by/date/')).body).toHaveLength(1)
  })
})

describe('many at once', () => {
  test('are scheduled and deleted together: S4-25 S4-26', async () => {
    expect(await ask('POST', '/bulk_events', [fair(), fair({ title: 'Other' })])).toEqual({ status: 200, body: said('Events scheduled successfully') }) // prettier-ignore
    const ids = (await ask('GET', '/events')).body.map(({ id }: { id: number }) => id)
    expect(await ask('DELETE', '/bulk_events', ids)).toEqual({ status: 200, body: { message: 'Events deleted successfully', deleted_ids: ids } }) // prettier-ignore
    expect((await ask('GET', '/events')).body).toEqual([])
  })

  test('are all refused where one is wrong, and nothing is done by halves: S4-29', async () => {
    expect(await ask('POST', '/bulk_events', [fair(), fair({ date: '2001-01-01' })])).toMatchObject({ status: 422 })
    expect(await ask('POST', '/bulk_events', [fair(), { title: 'Nothing else' }])).toEqual({ status: 422, body: said('Invalid data format') }) // prettier-ignore
    expect((await ask('GET', '/events')).body).toEqual([])
    await ask('POST', '/events', fair())
    const [{ id }] = (await ask('GET', '/events')).body
    expect(await ask('DELETE', '/bulk_events', [id, 999_999])).toEqual({ status: 404, body: said('Events not found') })
    expect((await ask('GET', '/events')).body).toHaveLength(1)
    expect(await ask('POST', '/bulk_events', [])).toEqual({ status: 400, body: said('Empty list') })
    expect(await ask('DELETE', '/bulk_events', [])).toEqual({ status: 400, body: said('Empty list') })
  })
})

// S4-24 S4-30 S4-31 S4-33
describe('a subscriber', () => {
  const subscribe = (body: object) => ask('POST', '/subscribe', body)
  const numbered = async () => {
    await ask('POST', '/events', fair())
    const { body } = await ask('GET', '/events')
    return body.at(-1).id as number
  }

  test('is told so, without a log-in, and hears when the event is moved, and before it begins', async () => {
    const id = await numbered()
    const email = 'sam@example.org'
    expect(await subscribe({ event_id: id, email })).toEqual({ status: 200, body: said('Subscribed successfully') })
    expect(await subscribe({ event_id: String(id), email })).toEqual({
      status: 200,
      body: said('Subscribed successfully'),
    })
    await kit.settle()
    await ask('PUT', '/events', { id, location: 'Tel Aviv' })
    await kit.settle()
    const subjects = () => kit.mails.filter(({ to }) => to.address === email).map(({ subject }) => subject)
    expect(subjects()).toEqual(['You follow: Book fair', 'Moved: Book fair'])
    const { rows } = await sql<{ left: number }>`select extract(epoch from starts_at - app_now())::int as left from events`.execute(kit.ctx.db) // prettier-ignore
    await kit.clock.advance({ seconds: rows[0]!.left - 29 * 60 })
    await remind(kit.as('system'))
    await kit.settle()
    expect(subjects().at(-1)).toContain('Reminder: Book fair')
  })

  test('has to say who and what, and cannot follow what is over or is not there', async () => {
    const id = await numbered()
    expect(await subscribe({ email: 'sam@example.org' })).toEqual({ status: 400, body: said('Event id is required') })
    for (const nothing of [null, ''])
      expect(await subscribe({ event_id: nothing, email: 'sam@example.org' })).toEqual({ status: 400, body: said('Event id is required') }) // prettier-ignore
    expect(await subscribe({ event_id: id, email: null })).toEqual({ status: 400, body: said('Email is required') })
    expect(await subscribe({ event_id: id })).toEqual({ status: 400, body: said('Email is required') })
    expect(await subscribe({ event_id: id, email: 'nobody' })).toEqual({ status: 422, body: said('Invalid email') })
    expect(await subscribe({ event_id: 999_999, email: 'sam@example.org' })).toEqual({ status: 404, body: said('Event not found') }) // prettier-ignore
    await kit.clock.advance({ days: 30 })
    expect(await subscribe({ event_id: id, email: 'sam@example.org' })).toEqual({ status: 409, body: said('Event already passed') }) // prettier-ignore
  })
})

describe('who may write', () => {
  test('is nobody in particular where the operator says so, and then nothing of somebody else', async () => {
    const { id } = await anEvent(kit.ctx)
    const [{ id: number }] = (await ask('GET', '/events')).body
    expect(await ask('PUT', `/events?id=${number}`, { title: 'Mine now' })).toEqual({ status: 403, body: said('This event is not yours to change') }) // prettier-ignore
    expect(await ask('DELETE', `/events?id=${number}`)).toMatchObject({ status: 403 })
    expect((await ask('GET', `/events?id=${number}`)).body).toHaveLength(1)
    expect(id).toBeTruthy()
  })

  test('is somebody with a token everywhere, and then it is theirs', async () => {
    const organizer = await anAccount(kit.ctx, { role: 'organizer' })
    await ask('POST', '/events', fair(), await kit.signIn(organizer))
    const { rows } = await sql<{ organizer_id: string }>`select organizer_id from events`.execute(kit.ctx.db)
    expect(rows).toEqual([{ organizer_id: organizer.id }])
    expect(await ask('DELETE', '/events?id=1', undefined, { 'sec-fetch-site': 'cross-site' })).toMatchObject({
      status: 403,
    })
  })

  test('is nobody without a log-in otherwise, from another machine, or through a page of another site', async () => {
    const answer = await closed.app.inject({ method: 'POST', url: '/events', payload: fair() })
    expect(answer.statusCode).toBe(401)
    expect(answer.headers['www-authenticate']).toContain('Bearer')
    const afar = await kit.app.inject({ method: 'POST', url: '/events', payload: fair(), remoteAddress: '203.0.113.9' })
    expect(afar.statusCode).toBe(401)
    expect(await ask('POST', '/events', fair(), { 'sec-fetch-site': 'cross-site' })).toMatchObject({ status: 403 })
    for (const headers of [{ 'sec-fetch-site': 'same-site' }, { origin: 'http://localhost:3000' }] as Record<
      string,
      string
    >[])
      expect(await ask('POST', '/events', fair(), headers)).toMatchObject({ status: 403 })
    expect((await ask('GET', '/events?popularity=99999999999')).status).toBe(422)
    for (const id of ['abc', 1.5]) expect((await ask('DELETE', '/events', { id })).status).toBe(404)
    expect((await ask('GET', '/events')).body).toEqual([])
  })

  test('cannot log in as the public organizer', async () => {
    await ask('POST', '/events', fair())
    for (const password of ['', 'public', 'password'])
      expect((await kit.app.inject({ method: 'POST', url: '/api/v1/sessions', payload: { username: 'public', password } })).statusCode).not.toBe(201) // prettier-ignore
  })
})

// S4-32
describe('its own limits', () => {
  const limits = { RATE_LIMITS: 'on', RATE_LIMIT_EVENT_MANAGER: 'on' }

  test('are 50 requests an hour from one address, of reads and writes together, and concern nothing else', async () => {
    const limited = await openKit(limits)
    const from = (remoteAddress: string, url: string) => limited.app.inject({ method: 'GET', url, remoteAddress })
    for (let n = 0; n < 50; n++)
      expect((await from('203.0.113.4', n % 2 ? '/events' : '/sort_by/date')).statusCode).toBe(200)
    const refused = await from('203.0.113.4', '/events')
    expect(refused.statusCode).toBe(429)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(3_000)
    expect((await from('203.0.113.5', '/events')).statusCode).toBe(200)
    expect((await from('203.0.113.4', '/api/v1/events')).statusCode).toBe(200)
  })

  test('are 200 a day', async () => {
    const limited = await openKit(limits)
    const statuses: number[] = []
    for (let hour = 0; hour < 6; hour++) {
      for (let n = 0; n < 40; n++) statuses.push((await limited.app.inject({ method: 'GET', url: '/events', remoteAddress: '203.0.113.6' })).statusCode) // prettier-ignore
      await limited.clock.advance({ hours: 1 })
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(200)
  })

  test('are off unless somebody wants them', async () => {
    const unlimited = await openKit({ RATE_LIMITS: 'on' })
    for (let n = 0; n < 60; n++)
      expect((await unlimited.app.inject({ method: 'GET', url: '/events' })).statusCode).toBe(200)
  })
})

describe('what is wrong', () => {
  for (const [what, body] of Object.entries({
    'no title': fair({ title: undefined }),
    'an empty title': fair({ title: '' }),
    'no date': fair({ date: undefined }),
    'a date in another form': fair({ date: '13.01.2027' }),
    'a day that is not': fair({ date: '2027-02-30' }),
    'words for a number': fair({ popularity: 'very' }),
    'no object': [1],
    'a NUL': fair({ title: 'a\0b' }),
  })) {
    test(`${what} is told of and changes nothing`, async () => {
      const { status, body: answer } = await ask('POST', '/events', body)
      expect([400, 422]).toContain(status)
      expect(answer).toEqual(said('Invalid data format'))
      expect((await ask('GET', '/events')).body).toEqual([])
    })
  }

  test('a day that has passed, an event without a number, one that is not there', async () => {
    for (const date of [day(-3), day(0)])
      expect(await ask('POST', '/events', fair({ date }))).toEqual({ status: 422, body: said('Event already passed') })
    expect(await ask('PUT', '/events', { title: 'Which?' })).toEqual({
      status: 400,
      body: said('Event id not provided'),
    })
    expect(await ask('DELETE', '/events')).toEqual({ status: 400, body: said('Event id not provided') })
    expect(await ask('DELETE', '/events?id=999999')).toEqual({ status: 404, body: said('Event not found') })
    expect(await ask('GET', '/events?start_date=yesterday')).toEqual({ status: 422, body: said('Invalid data format') })
  })
})
