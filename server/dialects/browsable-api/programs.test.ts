import { randomBytes } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { readConfig } from '#config'
import * as events from '#events'
import { newId } from '#kernel/ids'
import { anAccount, anEvent, aCategory, aVenue, openKit } from '../../../test/kit/kit.ts'
import { aForm } from '../../../test/kit/pictures.ts'
import { browsing, HOME, ROOT } from '../../../test/kit/browsable-api.ts'

const kit = await openKit({ ANONYMOUS_WRITES: 'loopback' })
const closed = await openKit()
const { send, ask, talk, made, python } = browsing(kit)
const numberOf = async (table: 'venues' | 'categories' | 'events', id: string) =>
  (await sql<{ number: number }>`select number from ${sql.table(table)} where id = ${id}`.execute(kit.ctx.db)).rows[0]!
    .number
const locationLink = async (name: string) =>
  `${HOME}${ROOT}locations/${await numberOf('venues', (await aVenue(kit.ctx, name)).id)}/`
const list = (results: unknown[], more: object = {}) => ({ count: results.length, next: null, previous: null, results, ...more }) // prettier-ignore

beforeEach(() => sql`truncate events, event_versions, venues, categories cascade`.execute(kit.ctx.db))

describe('the interface', () => {
  // S0-15 S0-16
  test('begins with the addresses of what there is', async () => {
    const { status, body } = await ask('GET', ROOT)
    const names = ['events', 'categories', 'locations', 'updates']
    expect(status).toBe(200)
    expect(body).toEqual(Object.fromEntries(names.map((name) => [name, `${HOME}${ROOT}${name}/`])))
    for (const name of names) expect(await ask('GET', body[name])).toEqual({ status: 200, body: list([]) })
  })

  // S0-28
  test('is read at both forms of an address, of which one leads to the other, and written to at both', async () => {
    const { id } = await made()
    for (const path of ['events_api/v1', 'events_api/v1/events', `events_api/v1/events/${id}`]) {
      for (const method of ['GET', 'HEAD'] as const) {
        const answer = await send(method, `/${path}?format=json&x=1`)
        expect([answer.statusCode, answer.headers.location]).toEqual([301, `/${path}/?format=json&x=1`])
      }
      expect((await send('GET', `/${path}/?format=json&x=1`)).statusCode).toBe(200)
    }
    const another = await ask('POST', `${ROOT}events`, { form: talk() })
    expect(another.status).toBe(201)
    const url = `${ROOT}events/${another.body.id}`
    expect((await ask('PATCH', url, { form: { title: 'No slash' } })).body.title).toBe('No slash')
    expect((await ask('PUT', url, { form: talk() })).status).toBe(200)
    expect((await ask('DELETE', url)).status).toBe(204)
  })

  // S0-06
  test('has the names in its environment that it had', () => {
    const env = { SECRET_KEY: randomBytes(36).toString('base64'), DEBUG: 'True', ALLOWED_HOSTS: 'localhost,127.0.0.1' }
    const config = readConfig(undefined, { MODE: 'production', BASE_URL: 'https://events.example.org', DATABASE_URL: 'postgres://x/y', SMTP_HOST: 'x', SMTP_PORT: '25', MAIL_FROM: 'a@example.org', ...env }) // prettier-ignore
    expect(config).toMatchObject({ secretKey: env.SECRET_KEY, allowedHosts: ['localhost', '127.0.0.1'] })
  })
})

describe('an event', () => {
  // S0-26 S0-27 S0-46
  test('is made from a form with moments as Python writes them, and answered with all that it has', async () => {
    const sent = talk({ attendees: '12' })
    const { status, body } = await ask('POST', `${ROOT}events/`, { form: sent })
    expect(status).toBe(201)
    const utc = (text: string) => new Date(text.replace(' ', 'T')).toISOString().replace('.123Z', '.123000Z')
    expect(body).toEqual({
      id: expect.any(Number),
      detail_url: `${HOME}${ROOT}events/${body.id}/`,
      title: sent.title,
      description: sent.description,
      start_time: utc(sent.start_time),
      end_time: utc(sent.end_time),
      location: null,
      category: null,
      updates: [],
      location_name: 'no location given',
      category_name: 'no category given',
    })
    expect(await ask('GET', body.detail_url)).toEqual({ status: 200, body })
    expect((await ask('GET', `${ROOT}events/`)).body).toEqual(list([body]))
  })

  test('is made from JSON and from multipart forms, too, and moments need no fractions and no offset', async () => {
    const [day] = python(0, '+00:00').split(' ')
    const json = talk({ start_time: `${day}T23:00:00Z`, end_time: `${day}T23:30` })
    const { status, body } = await ask('POST', `${ROOT}events/`, { json })
    expect([status, body.start_time, body.end_time]).toEqual([201, `${day}T23:00:00Z`, `${day}T23:30:00Z`])
    const parts = Object.entries(talk({ title: 'Ein Gespräch' })).map(([name, value]) => ({ name, value }))
    const form = aForm(...parts, { name: 'poster', value: 'x', filename: 'a.jpg' })
    const sent = await ask('POST', `${ROOT}events/`, form)
    expect([sent.status, sent.body.title]).toEqual([201, 'Ein Gespräch'])
    for (const broken of ['--x\r\nnothing', '']) {
      const headers = { 'content-type': 'multipart/form-data; boundary=x' }
      expect((await ask('POST', `${ROOT}events/`, { payload: broken, headers })).status).toBe(400)
    }
    expect(await ask('POST', `${ROOT}events/`, { payload: 'title=x', headers: { 'content-type': 'text/csv' } })).toMatchObject({ status: 415, body: { detail: expect.any(String) } }) // prettier-ignore
  })

  // S0-23 S0-30 S0-21
  test('is pointed to a location and a category by their links, in part or as a whole', async () => {
    const event = await made()
    const hall = await locationLink('Hall')
    const moved = await ask('PATCH', `${ROOT}events/${event.id}/`, { form: { location: hall } })
    expect(moved).toMatchObject({ status: 200, body: { title: 'API talk', location: hall, location_name: 'Hall' } })
    const category = `${HOME}${ROOT}categories/${await numberOf('categories', (await aCategory(kit.ctx, 'Talks')).id)}/`
    // Whatever the program calls this server.
    const spelled = category.replace('localhost', '127.0.0.1')
    const put = await ask('PUT', event.detail_url, { json: { ...talk({ title: 'Other' }), category: spelled } })
    expect(put.body).toMatchObject({ title: 'Other', location: hall, category, category_name: 'Talks' })
    const none = await ask('PATCH', event.detail_url, { json: { location: null, category: '' } })
    expect(none.body).toMatchObject({ location: null, category: null, location_name: 'no location given' })
  })

  test('that is held somewhere in words says so, and keeps that', async () => {
    const event = await anEvent(kit.ctx, { place: 'Online' })
    const url = `${ROOT}events/${await numberOf('events', event.id)}/`
    expect((await ask('GET', url)).body).toMatchObject({ location: null, location_name: 'Online' })
    const headers = await kit.signIn(event.organizer)
    await ask('PATCH', url, { json: { title: 'x', location: null }, headers })
    expect((await ask('GET', url)).body).toMatchObject({ title: 'x', location_name: 'Online' })
  })

  // S0-32
  test('is deleted, a cancelled one, too', async () => {
    const event = await made()
    const { rows } = await sql<{ id: string; organizer_id: string }>`select id, organizer_id from events`.execute(kit.ctx.db) // prettier-ignore
    const organizer = { kind: 'account', id: rows[0]!.organizer_id, role: 'organizer', sessionId: newId() } as const
    await events.cancel({ ...kit.ctx, actor: organizer }, rows[0]!.id)
    expect(await ask('DELETE', `${ROOT}events/${event.id}`)).toEqual({ status: 204, body: '' })
    expect(await ask('GET', event.detail_url)).toEqual({ status: 404, body: { detail: 'Not found.' } })
    expect((await ask('DELETE', `${ROOT}events/${event.id}`)).status).toBe(404)
  })

  // S0-44
  test.each([
    ['nothing', {}, { title: ['This field is required.'], start_time: ['This field is required.'], end_time: ['This field is required.'] }], // prettier-ignore
    ['a blank title', { ...talk(), title: ' ' }, { title: ['This field may not be blank.'] }],
    ['no title', { ...talk(), title: null }, { title: ['This field may not be null.'] }],
    ['a list for a title', { ...talk(), title: ['x'] }, { title: ['Not a valid string.'] }],
    ['a title too long', { ...talk(), title: '😀'.repeat(256) }, { title: ['Ensure this field has no more than 255 characters.'] }], // prettier-ignore
    ['no moment', { ...talk(), end_time: 'tomorrow' }, { end_time: [expect.stringMatching(/^Datetime has wrong format\./)] }], // prettier-ignore
    ['a day that is not', { ...talk(), start_time: '2027-02-30 10:00:00' }, { start_time: [expect.stringMatching(/^Datetime has wrong format\./)] }], // prettier-ignore
    ['an end before the start', { ...talk(), end_time: python(-60) }, { non_field_errors: ['Start time must come before end time'] }], // prettier-ignore
    ['a start that has passed', { ...talk(), start_time: '2020-01-01T10:00Z', end_time: '2020-01-01T11:00Z' }, { start_time: ['The start has passed.'] }], // prettier-ignore
    ['a number for a link', { ...talk(), location: 4 }, { location: ['Incorrect type. Expected URL string, received int.'] }], // prettier-ignore
    ['a link to something else', { ...talk(), location: `${HOME}${ROOT}categories/4/` }, { location: ['Invalid hyperlink - No URL match.'] }], // prettier-ignore
    ['a link to nothing', { ...talk(), location: `${HOME}${ROOT}locations/999999/` }, { location: ['Invalid hyperlink - Object does not exist.'] }], // prettier-ignore
    ['a category that is none', { ...talk(), category: `${ROOT}categories/999999` }, { category: ['Invalid hyperlink - Object does not exist.'] }], // prettier-ignore
    ['a list', [talk()], { non_field_errors: ['Invalid data. Expected a dictionary.'] }],
  ])('of %s is refused, field by field', async (_, json, faults) => {
    expect(await ask('POST', `${ROOT}events/`, { json })).toEqual({ status: 400, body: faults })
    expect((await ask('GET', `${ROOT}events/`)).body.count).toBe(0)
  })
})

describe('lists', () => {
  // S0-17 S0-25 S0-47
  test('come ten at a time, events by their start, the latest first', async () => {
    for (let n = 0; n < 12; n++) await made({ title: `Event ${n}`, start_time: python(n), end_time: python(n + 30) })
    const titles = (body: { results: { title: string }[] }) => body.results.map(({ title }) => title)
    const { body: first } = await ask('GET', `${ROOT}events/`)
    expect(first).toMatchObject({ count: 12, previous: null, next: `${HOME}${ROOT}events/?page=2` })
    expect(titles(first)).toEqual(Array.from({ length: 10 }, (_, n) => `Event ${11 - n}`))
    const { body: second } = await ask('GET', first.next)
    expect(second).toMatchObject({ count: 12, next: null, previous: `${HOME}${ROOT}events/` })
    expect(titles(second)).toEqual(['Event 1', 'Event 0'])
    expect((await ask('GET', `${ROOT}events/?page=last`)).body).toEqual(second)
    for (const page of ['3', '0', 'x', '-1', '1e1', '', '999999999'])
      expect(await ask('GET', `${ROOT}events/?page=${page}`)).toEqual({ status: 404, body: { detail: 'Invalid page.' } }) // prettier-ignore
  })

  // S0-29 S0-43 S0-47 S0-20
  test('of locations and categories come by name, and each is made, read, changed and deleted', async () => {
    for (const [name, one] of [
      ['locations', 'location'],
      ['categories', 'category'],
    ] as const) {
      // prettier-ignore
      const url = `${ROOT}${name}/`
      const { status, body: second } = await ask('POST', url, { form: { name: 'Second', description: 'Words' } })
      expect(status).toBe(201)
      expect(second).toEqual({ id: expect.any(Number), detail_url: `${HOME}${url}${second.id}/`, name: 'Second', description: 'Words' }) // prettier-ignore
      const { body: first } = await ask('POST', url, { json: { name: 'First' } })
      expect((await ask('GET', url)).body).toEqual(list([first, second]))
      expect(await ask('GET', `${url}${second.id}/`)).toEqual({ status: 200, body: second })
      expect((await ask('PUT', second.detail_url, { form: { name: 'A' } })).body).toEqual({ ...second, name: 'A' })
      expect((await ask('PATCH', second.detail_url, { form: { description: '' } })).body).toMatchObject({ name: 'A', description: '' }) // prettier-ignore
      const taken = { status: 400, body: { name: [`${one} with this name already exists.`] } }
      expect(await ask('POST', url, { form: { name: 'FIRST' } })).toEqual(taken)
      expect(await ask('PATCH', second.detail_url, { form: { name: 'first' } })).toEqual(taken)
      expect(await ask('POST', url, { form: { name: 'x'.repeat(76) } })).toEqual({ status: 400, body: { name: ['Ensure this field has no more than 75 characters.'] } }) // prettier-ignore
      const event = await made({ [one]: second.detail_url })
      expect(await ask('DELETE', second.detail_url)).toEqual({ status: 204, body: '' })
      expect((await ask('GET', event.detail_url)).body[one]).toBe(null)
      expect((await ask('GET', second.detail_url)).status).toBe(404)
    }
  })

  // S0-31 S0-33
  test('of what is searched for are bare', async () => {
    const [found] = [await made({ title: 'An API discussion' }), await made({ title: 'Something else', description: '' })] // prettier-ignore
    expect(await ask('GET', `${ROOT}events/search/?search_term=api`)).toEqual({ status: 200, body: [found] })
    expect((await ask('GET', `${ROOT}events/search/?search_term=discussing+apis`)).body).toEqual([found])
    expect((await ask('GET', `${ROOT}events/search/?search_term=nothing`)).body).toEqual([])
    for (const none of ['', '?search_term=', '?search_term=%20'])
      expect(await ask('GET', `${ROOT}events/search/${none}`)).toEqual({ status: 400, body: { error: 'A search term is required as a query parameter' } }) // prettier-ignore
  })
})

describe('who may write', () => {
  test('is anybody, what is theirs, where that is open, and a program with a token', async () => {
    const event = await anEvent(kit.ctx)
    const url = `${ROOT}events/${await numberOf('events', event.id)}/`
    expect(await ask('PATCH', url, { form: { title: 'Mine' } })).toMatchObject({ status: 403, body: { detail: expect.any(String) } }) // prettier-ignore
    expect((await ask('DELETE', url)).status).toBe(403)
    const headers = await kit.signIn(event.organizer)
    expect((await ask('PATCH', url, { form: { title: 'Mine' }, headers })).body.title).toBe('Mine')
    const [venue, category] = [await aVenue(kit.ctx), await aCategory(kit.ctx)]
    for (const at of [
      `locations/${await numberOf('venues', venue.id)}`,
      `categories/${await numberOf('categories', category.id)}`,
    ])
      // prettier-ignore
      expect((await ask('DELETE', `${ROOT}${at}/`)).status).toBe(403)
    expect((await ask('POST', `${ROOT}categories/`, { form: { name: 'Theirs' }, headers })).status).toBe(403)
    const attendee = await kit.signIn(await anAccount(kit.ctx))
    expect((await ask('POST', `${ROOT}events/`, { form: talk(), headers: attendee })).status).toBe(403)
  })

  test('is nobody without a log-in where it is not open', async () => {
    const there = browsing(closed)
    for (const name of ['events', 'locations', 'categories'])
      expect(await there.ask('POST', `${ROOT}${name}/`, { form: { ...there.talk(), name: 'x' } })).toEqual({ status: 401, body: { detail: 'Authentication credentials were not provided.' } }) // prettier-ignore
    expect(await there.ask('GET', `${ROOT}events/`)).toEqual({ status: 200, body: list([]) })
  })

  test('is no page of another site, however its form comes', async () => {
    const event = await made()
    const others: Record<string, string>[] = [
      { origin: 'https://elsewhere.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]
    for (const headers of others) {
      expect((await ask('POST', `${ROOT}events/`, { form: talk(), headers })).status).toBe(403)
      expect((await ask('DELETE', event.detail_url, { headers })).status).toBe(403)
      expect((await ask('POST', event.detail_url, { form: { _method: 'DELETE' }, headers })).status).toBe(403)
    }
    // A program says what it means by its method.
    expect(await ask('POST', event.detail_url, { form: { _method: 'DELETE' } })).toEqual({ status: 405, body: { detail: 'Method "POST" not allowed.' } }) // prettier-ignore
    expect((await ask('GET', event.detail_url)).status).toBe(200)
  })
})
