import { describe, expect, test } from 'vitest'
import { newId } from '#kernel/ids'
import * as events from '#events'
import { aCategory, aGuest, anAccount, anEvent, aRegistration, aVenue, openKit } from '../../../test/kit/kit.ts'

const kit = await openKit()
const organizer = await anAccount(kit.ctx, { role: 'organizer', username: 'olga' })
const rival = await anAccount(kit.ctx, { role: 'organizer' })
const attendee = await anAccount(kit.ctx)
const admin = await anAccount(kit.ctx, { role: 'admin' })
const [hers, his, theirs, above] = [organizer, rival, attendee, admin].map(() => ({ authorization: '' })) as [
  Headers,
  Headers,
  Headers,
  Headers,
]
type Headers = { authorization: string }
/** Tokens are for an hour, so after the clock has moved everybody needs new ones. */
const logIn = async () => {
  for (const [headers, account] of [
    [hers, organizer],
    [his, rival],
    [theirs, attendee],
    [above, admin],
  ] as const)
    Object.assign(headers, await kit.signIn(account))
}
await logIn()

const in7Days = (hours = 0) => new Date(kit.ctx.now().getTime() + (7 * 24 + hours) * 3_600_000).toISOString()
const fields = () => ({
  title: 'Rust for the rest of us',
  startsAt: in7Days(),
  endsAt: in7Days(2),
  zone: 'Europe/Berlin',
})
const create = (more: Record<string, unknown> = {}, headers = hers) =>
  kit.call('POST', '/events', { payload: { ...fields(), ...more }, headers })
const get = (id: string, headers?: Record<string, string>) => kit.call('GET', `/events/${id}`, { headers })
const patch = (id: string, payload: object, headers: Record<string, string> = hers) =>
  kit.call('PATCH', `/events/${id}`, { payload, headers })
const put = (id: string, what: string, headers = hers, payload?: object) =>
  kit.call('PUT', `/events/${id}/${what}`, { headers, payload })
const countEvents = async () => (await kit.database.query('select count(*) as n from events', [])).rows[0]!.n as number
const factsOf = async (eventId: string) =>
  (await kit.database.query(`select kind from facts where data->>'eventId' = $1 order by id`, [eventId])).rows.map(
    (row) => row.kind,
  )
const seatsOf = async (eventId: string) =>
  (await kit.database.query('select capacity, taken, waiting from seat_pools where event_id = $1', [eventId])).rows[0]
/** A problem without what differs from request to request. */
const same = ({ status, body }: { status: number; body: any }) => ({
  status,
  ...body,
  requestId: undefined,
  instance: undefined,
})

describe('a new event', () => {
  // S2-23 S3-10 S3-11 S3-52
  test('is a draft of whoever made it, with everything it was given and its seats', async () => {
    const venue = await aVenue(kit.ctx)
    const category = await aCategory(kit.ctx)
    const { status, body, headers } = await create({
      description: '**Bold**',
      venueId: venue.id,
      place: ' Room 2 ',
      categoryId: category.id,
      capacity: 7,
      registrationDeadline: in7Days(-1),
      hasWaitlist: false,
    })
    expect(status).toBe(201)
    expect(headers.etag).toMatch(/^"1-[\w-]{16}"$/)
    expect(body).toMatchObject({
      title: 'Rust for the rest of us',
      slug: 'rust-for-the-rest-of-us',
      description: '**Bold**',
      descriptionHtml: '<p><strong>Bold</strong></p>\n',
      zone: 'Europe/Berlin',
      venue: { id: venue.id, name: venue.name },
      place: 'Room 2',
      category: { id: category.id },
      organizer: { id: organizer.id, name: 'olga' },
      status: 'draft',
      capacity: 7,
      taken: 0,
      waiting: 0,
      seatsLeft: 7,
      hasWaitlist: false,
      version: 1,
      publishedAt: null,
      closedAt: null,
      cancelledAt: null,
      can: {
        edit: true,
        publish: true,
        close: false,
        reopen: false,
        cancel: false,
        delete: true,
        seeRegistrations: true,
        register: false,
      },
    })
    expect(await seatsOf(body.id)).toEqual({ capacity: 7, taken: 0, waiting: 0 })
    expect((await get(body.id, hers)).body).toEqual(body)
  })

  test.each([
    ['europe/berlin', 'Europe/Berlin'],
    ['AMERICA/NEW_YORK', 'America/New_York'],
    ['utc', 'UTC'],
  ])('keeps the zone %s as it is written: %s', async (zone, written) => {
    const { body: event } = await create({ zone })
    expect(event.zone).toBe(written)
    const { body: moved } = await create()
    const edited = await kit.call('PATCH', `/events/${moved.id}`, { payload: { zone }, headers: hers })
    expect(edited.body.zone).toBe(written)
  })

  // S3-09
  test('is made by organizers, not by attendees and not by nobody', async () => {
    const before = await countEvents()
    expect(await create({}, theirs)).toMatchObject({ status: 403, body: { type: '/problems/forbidden' } })
    expect(await kit.call('POST', '/events', { payload: fields() })).toMatchObject({
      status: 401,
      headers: { 'www-authenticate': expect.stringContaining('Bearer') },
    })
    expect(await countEvents()).toBe(before)
  })

  test.each([
    ['of Braille without dots', { title: '\u2800\u2800' }, '/title'],
    ['an online address with a name and password', { onlineUrl: 'https://me:secret@meet.example.org/1' }, '/onlineUrl'],
    ['an online address with a name', { onlineUrl: 'https://me@meet.example.org/1' }, '/onlineUrl'],
  ])('is refused with %s', async (_, more, pointer) => {
    expect(await create(more)).toMatchObject({ status: 422, body: { errors: [{ pointer }] } })
    const fine = await create({ title: '\u2801', onlineUrl: 'https://meet.example.org/@me?a@b#c@d' })
    expect(fine.status).toBe(201)
  })

  test.each([
    ['a venue', 'venueId'],
    ['a category', 'categoryId'],
  ])('is refused with %s that does not exist', async (_, field) => {
    expect(await create({ [field]: newId() })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: `/${field}` }] },
    })
  })

  test('has an address of its own, also when twenty with one title are made at once', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => create({ title: 'Chess & Cheese' })))
    expect(made.map((each) => each.status)).toEqual(Array(20).fill(201))
    const slugs = made.map((each) => each.body.slug as string)
    expect(new Set(slugs).size).toBe(20)
    expect(slugs.every((slug) => /^chess-cheese(-[0-9a-f]{8})?$/.test(slug))).toBe(true)
  })

  test('is found under its address, even when its title looks like an id or has no letters we spell', async () => {
    for (const title of ['01a1fb8e-356e-7288-bcaf-48bd3d3ea178', '日本語の会', '🎉']) {
      const { body } = await create({ title })
      expect(await get(body.slug, hers)).toMatchObject({ status: 200, body: { id: body.id, title } })
    }
  })
})

describe('what the door refuses, naming the field and writing nothing', () => {
  const unwritten = async (payload: string | object, pointer: string, status = 422) => {
    const before = await countEvents()
    const answer = await kit.app.inject({
      method: 'POST',
      url: '/api/v1/events',
      headers: { ...hers, 'content-type': 'application/json' },
      payload,
    })
    expect(answer.statusCode, answer.body).toBe(status)
    expect(answer.json().errors.map((each: { pointer: string }) => each.pointer)).toContain(pointer)
    expect(await countEvents()).toBe(before)
  }

  test.each(['"7"', 'true', '1.5', '-1', '0', '1e309', '2147483648', '10000001', '[7]', '{}', '""'])(
    'a capacity of %s',
    async (capacity) => {
      await unwritten(`${JSON.stringify(fields()).slice(0, -1)},"capacity":${capacity}}`, '/capacity')
    },
  )

  test.each([
    ['organizerId', newId()],
    ['organizer', { id: newId() }],
    ['id', newId()],
    ['number', 1],
    ['slug', 'mine'],
    ['taken', 0],
    ['waiting', 0],
    ['seatsLeft', 9],
    ['status', 'open'],
    ['publishedAt', '2027-01-01T00:00:00Z'],
    ['cancelledAt', null],
    ['createdAt', '2020-01-01T00:00:00Z'],
    ['version', 1],
    ['role', 'admin'],
    ['constructor', {}],
  ])('a field that is not for others to set: %s', async (field, value) => {
    await unwritten({ ...fields(), [field]: value }, `/${field}`)
    const { body } = await create()
    expect(await patch(body.id, { [field]: value })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: `/${field}` }] },
    })
    expect((await get(body.id, hers)).body).toEqual(body)
  })

  test.each([
    ['too long', 'a'.repeat(256)],
    ['only spaces', '   '],
    ['only a zero-width space', '\u200b'],
    ['only direction marks', '\u200f\u202e'],
    ['only a soft hyphen', '\u00ad'],
    ['only a filler letter', '\u3164'],
    ['empty', ''],
    ['null', null],
    ['a number', 1],
    ['a list', ['a']],
  ])('a title that is %s', async (_, title) => unwritten({ ...fields(), title }, '/title'))

  // S1-83
  test('but 255 characters are 255, whatever their width', async () => {
    expect(await create({ title: '👩‍🚀'.repeat(85) })).toMatchObject({ status: 201 })
    await unwritten({ ...fields(), title: '🎉'.repeat(256) }, '/title')
  })

  // S0-44
  test.each([
    ['the end before the start', { endsAt: in7Days(-1) }, '/endsAt'],
    ['no duration', { startsAt: in7Days(), endsAt: in7Days() }, '/endsAt'],
    ['more than a year of duration', { endsAt: in7Days(367 * 24) }, '/endsAt'],
    ['a start that has passed', { startsAt: '2020-01-01T00:00:00Z', endsAt: '2020-01-01T01:00:00Z' }, '/startsAt'],
    ['more than ten years ahead', { startsAt: '2099-01-01T00:00:00Z', endsAt: '2099-01-01T01:00:00Z' }, '/startsAt'],
    ['a deadline after the start', { registrationDeadline: in7Days(1) }, '/registrationDeadline'],
    ['a local time without offset', { startsAt: '2027-03-29T02:30:00' }, '/startsAt'],
    ['a date alone', { startsAt: '2027-03-29' }, '/startsAt'],
    ['the year 0', { startsAt: '0000-01-01T00:00:00Z' }, '/startsAt'],
    ['the year 10000', { startsAt: '10000-01-01T00:00:00Z' }, '/startsAt'],
    ['30 February', { startsAt: '2027-02-30T00:00:00Z' }, '/startsAt'],
    ['29 February of a common year', { startsAt: '2027-02-29T00:00:00Z' }, '/startsAt'],
    ['24:00:01', { startsAt: '2027-03-01T24:00:01Z' }, '/startsAt'],
    ['a leap second', { startsAt: '2027-06-30T23:59:60Z' }, '/startsAt'],
    ['half an offset', { startsAt: '2027-03-01T10:00:00+01' }, '/startsAt'],
    ['an offset of a day', { startsAt: '2027-03-01T10:00:00+23:59' }, '/startsAt'],
    ['a number', { startsAt: 1_800_000_000_000 }, '/startsAt'],
    ['a zone on Mars', { zone: 'Mars/Base' }, '/zone'],
    ['an offset as zone', { zone: '+01:00' }, '/zone'],
    ['another offset as zone', { zone: 'UTC+1' }, '/zone'],
    ['an empty zone', { zone: '' }, '/zone'],
    ['a description too long', { description: 'a'.repeat(20_001) }, '/description'],
    ['a place too long', { place: 'a'.repeat(256) }, '/place'],
    ['a venue that is no id', { venueId: 'hall' }, '/venueId'],
    ['no boolean', { hasWaitlist: 'true' }, '/hasWaitlist'],
  ])('%s', async (_, wrong, pointer) => unwritten({ ...fields(), ...wrong }, pointer))

  test('everything that is wrong at once', async () => {
    const { body } = await create({ zone: 'Mars/Base', endsAt: in7Days(-1), registrationDeadline: in7Days(1) })
    expect(body.errors.map((each: { pointer: string }) => each.pointer).sort()).toEqual([
      '/endsAt',
      '/registrationDeadline',
      '/zone',
    ])
  })
})

describe('a draft', () => {
  // S0-36
  test('is not there for anybody else, word for word as an event that never was', async () => {
    const { body: draft } = await create()
    for (const headers of [undefined, theirs, his]) {
      const missing = same(await get(newId(), headers))
      expect(missing).toMatchObject({ status: 404, type: '/problems/not-found' })
      expect(same(await get(draft.id, headers))).toEqual(missing)
      expect(same(await get(draft.slug, headers))).toEqual(missing)
    }
    for (const change of [
      (id: string) => patch(id, { title: 'Mine' }, his),
      (id: string) => put(id, 'publication', his),
      (id: string) => kit.call('DELETE', `/events/${id}`, { headers: his }),
    ]) {
      expect(same(await change(draft.id))).toEqual(same(await change(newId())))
    }
    expect(await get(draft.id, above)).toMatchObject({ status: 200 })
    expect((await get(draft.id, hers)).body).toEqual(draft)
  })

  test('is published once, and then everybody sees it', async () => {
    const { body: draft } = await create()
    expect(await put(draft.id, 'publication')).toMatchObject({
      status: 200,
      body: { status: 'open', version: 2, publishedAt: expect.any(String) },
    })
    expect(await put(draft.id, 'publication')).toMatchObject({
      status: 409,
      body: { type: '/problems/events/already-published' },
    })
    expect(await get(draft.slug)).toMatchObject({
      status: 200,
      body: {
        status: 'open',
        can: { edit: false, publish: false, delete: false, seeRegistrations: false, register: true },
      },
    })
  })

  test('cannot be closed or cancelled, but deleted', async () => {
    const { body: draft } = await create()
    expect(await put(draft.id, 'closure')).toMatchObject({
      status: 409,
      body: { type: '/problems/events/not-published' },
    })
    expect(await put(draft.id, 'cancellation')).toMatchObject({
      status: 409,
      body: { type: '/problems/events/not-published' },
    })
    expect((await kit.call('DELETE', `/events/${draft.id}`, { headers: hers })).status).toBe(204)
    expect((await get(draft.id, hers)).status).toBe(404)
    expect(await factsOf(draft.id)).toEqual(['event.created', 'event.deleted'])
  })

  test('whose start has passed is not published', async () => {
    const { body: draft } = await create({ startsAt: new Date(kit.ctx.now().getTime() + 60_000).toISOString() })
    await kit.clock.advance({ minutes: 2 })
    expect(await put(draft.id, 'publication')).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/startsAt' }] },
    })
  })
})

describe('editing', () => {
  // S2-25 S2-26 S3-54 S3-44
  test('changes what is said and leaves the rest', async () => {
    const { body: before } = await create({ place: 'Room 2', capacity: 5, description: 'old' })
    const { status, body } = await patch(before.id, { description: 'new', place: null, capacity: null })
    expect(status).toBe(200)
    expect(body).toEqual({
      ...before,
      description: 'new',
      descriptionHtml: '<p>new</p>\n',
      place: null,
      capacity: null,
      seatsLeft: null,
      version: 2,
      updatedAt: expect.any(String),
    })
    expect(await factsOf(before.id)).toEqual(['event.created', 'event.edited', 'event.resized'])
  })

  test('is for the owner and admins: others are refused what they see', async () => {
    const event = await anEvent(kit.ctx, { organizer })
    for (const headers of [his, theirs]) {
      for (const answer of [
        await patch(event.id, { title: 'Mine' }, headers),
        await put(event.id, 'closure', headers),
        await put(event.id, 'cancellation', headers),
        await kit.call('DELETE', `/events/${event.id}`, { headers }),
      ]) {
        expect(answer).toMatchObject({ status: 403, body: { type: '/problems/forbidden' } })
      }
    }
    expect(await patch(event.id, { title: 'Mine' }, {})).toMatchObject({ status: 401 })
    expect(await patch(event.id, { title: 'Better' }, above)).toMatchObject({
      status: 200,
      body: { title: 'Better', organizer: { id: organizer.id } },
    })
  })

  test('with the ETag of before somebody’s change is refused and changes nothing', async () => {
    const { body, headers } = await create()
    const etag = String(headers.etag)
    const first = await patch(body.id, { title: 'First' }, { ...hers, 'if-match': etag })
    expect(first).toMatchObject({ status: 200, headers: { etag: expect.stringMatching(/^"2-/) } })
    for (const stale of [etag, '"7"', 'W/"1"', 'nonsense', '"1", "2"']) {
      expect(await patch(body.id, { title: 'Second' }, { ...hers, 'if-match': stale })).toMatchObject({
        status: 412,
        body: { type: '/problems/stale', version: 2 },
      })
    }
    expect((await get(body.id, hers)).body.title).toBe('First')
    expect(await patch(body.id, { title: 'Third' }, { ...hers, 'if-match': '*' })).toMatchObject({ status: 200 })
  })

  test('at the same moment under one ETag succeeds for one', async () => {
    for (let round = 0; round < 4; round++) {
      const { body } = await create()
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, n) => patch(body.id, { title: `Version ${n}` }, { ...hers, 'if-match': '"1"' })),
      )
      expect(answers.map((each) => each.status).sort()).toEqual([200, ...Array<number>(9).fill(412)])
      expect((await get(body.id, hers)).body.version).toBe(2)
    }
  })

  test('does not move a start into the past, but may leave one that has come', async () => {
    const event = await anEvent(kit.ctx, { organizer, startsInHours: 1 })
    expect(await patch(event.id, { startsAt: new Date(kit.ctx.now().getTime() - 1_000).toISOString() })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/startsAt' }] },
    })
    await kit.clock.advance({ hours: 2 })
    await logIn()
    expect(await patch(event.id, { title: 'Under way' })).toMatchObject({ status: 200, body: { status: 'closed' } })
    await kit.clock.advance({ hours: 2 })
    await logIn()
    expect(await patch(event.id, { title: 'History' })).toMatchObject({
      status: 409,
      body: { type: '/problems/events/over' },
    })
    for (const change of [events.close, events.cancel])
      await expect(change(kit.as(organizer), event.id)).rejects.toMatchObject({ slug: 'events/over' })
  })

  test('does not move the end of an event that is on into the past', async () => {
    const { id, startsAt } = await anEvent(kit.ctx, { organizer, startsInHours: 1 })
    await kit.clock.advance({ hours: 2 })
    await logIn()
    const ended = new Date(Date.parse(startsAt) + 30 * 60_000).toISOString()
    const answer = await patch(id, { endsAt: ended })
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/endsAt' }] } })
    const soon = new Date(kit.ctx.now().getTime() + 60_000).toISOString()
    expect((await patch(id, { endsAt: soon })).status).toBe(200)
  })

  test('judges new times against the ones that stay', async () => {
    const { body } = await create({ registrationDeadline: in7Days(-1) })
    expect(await patch(body.id, { startsAt: in7Days(-2) })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/registrationDeadline' }] },
    })
    expect(await patch(body.id, { startsAt: in7Days(3) })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/endsAt' }] },
    })
    expect(await patch(body.id, { registrationDeadline: null, startsAt: in7Days(-2) })).toMatchObject({
      status: 200,
      body: { registrationDeadline: null },
    })
  })
})

describe('closing', () => {
  test('stops registrations until it is reopened, and either may be said twice', async () => {
    const event = await anEvent(kit.ctx, { organizer, capacity: 2 })
    const guest = await aRegistration(kit.ctx, event.id)
    for (let n = 0; n < 2; n++)
      expect(await put(event.id, 'closure')).toMatchObject({
        status: 200,
        body: { status: 'closed', taken: 1, can: { close: false, reopen: true, register: false } },
      })
    await expect(aRegistration(kit.ctx, event.id)).rejects.toMatchObject({ slug: 'registrations/closed' })
    for (let n = 0; n < 2; n++)
      expect(await kit.call('DELETE', `/events/${event.id}/closure`, { headers: hers })).toMatchObject({
        status: 200,
        body: { status: 'open', closedAt: null },
      })
    await aRegistration(kit.ctx, event.id)
    expect(await seatsOf(event.id)).toEqual({ capacity: 2, taken: 2, waiting: 0 })
    expect(await factsOf(event.id)).toEqual([
      'event.created',
      'event.published',
      'registration.going',
      'event.closed',
      'event.reopened',
      'registration.going',
    ])
    expect(guest.status).toBe('going')
  })
})

describe('cancelling', () => {
  // S2-05 S4-33
  test('ends every registration, frees every seat and tells everybody, with the reason', async () => {
    const event = await anEvent(kit.ctx, { organizer, capacity: 2 })
    for (let n = 0; n < 4; n++) await aRegistration(kit.ctx, event.id, aGuest(`Called off ${n}`))
    expect(await seatsOf(event.id)).toEqual({ capacity: 2, taken: 2, waiting: 2 })
    await kit.settle()
    kit.mails.length = 0
    expect(await put(event.id, 'cancellation', hers, { reason: 'The roof leaks.' })).toMatchObject({
      status: 200,
      body: {
        status: 'cancelled',
        taken: 0,
        waiting: 0,
        can: { edit: false, cancel: false, register: false, delete: true },
      },
    })
    const { rows } = await kit.database.query('select distinct status from registrations where event_id = $1', [
      event.id,
    ])
    expect(rows).toEqual([{ status: 'cancelled' }])
    expect(await seatsOf(event.id)).toEqual({ capacity: 2, taken: 0, waiting: 0 })
    await kit.settle()
    expect(kit.mails.map((mail) => mail.to.address).sort()).toEqual(
      [0, 1, 2, 3].map((n) => `called.off.${n}@example.com`),
    )
    for (const mail of kit.mails) expect(mail.text).toContain('The roof leaks.')
  })

  test('twice is not an error and tells nobody again; nothing else is done to it then', async () => {
    const event = await anEvent(kit.ctx, { organizer })
    await put(event.id, 'cancellation')
    expect(await put(event.id, 'cancellation', hers, {})).toMatchObject({ status: 200 })
    expect((await factsOf(event.id)).filter((kind) => kind === 'event.cancelled')).toHaveLength(1)
    for (const answer of [await patch(event.id, { title: 'Back' }), await put(event.id, 'closure')]) {
      expect(answer).toMatchObject({ status: 409, body: { type: '/problems/events/cancelled' } })
    }
    expect(await get(event.id)).toMatchObject({ status: 200, body: { status: 'cancelled' } })
  })

  test('with a reason of another kind is refused', async () => {
    const event = await anEvent(kit.ctx, { organizer })
    expect(await put(event.id, 'cancellation', hers, { reason: 'a'.repeat(1001) })).toMatchObject({ status: 422 })
    expect(await put(event.id, 'cancellation', hers, { why: 'rain' })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/why' }] },
    })
    expect(await get(event.id)).toMatchObject({ body: { status: 'open' } })
  })
})

describe('deleting', () => {
  // S2-27 S3-55
  test('an event that people count on cancels it first, so that they hear of it, and then nobody sees it', async () => {
    const event = await anEvent(kit.ctx, { organizer })
    const registration = await aRegistration(kit.ctx, event.id, aGuest('Let Down'))
    const answer = await kit.app.inject({ method: 'DELETE', url: `/api/v1/events/${event.id}`, headers: hers })
    expect([answer.statusCode, answer.body]).toEqual([204, ''])
    expect((await factsOf(event.id)).slice(-2)).toEqual(['event.cancelled', 'event.deleted'])
    for (const headers of [undefined, hers, above]) expect((await get(event.id, headers)).status).toBe(404)
    expect((await kit.call('DELETE', `/events/${event.id}`, { headers: hers })).status).toBe(404)
    const { rows } = await kit.database.query('select status from registrations where id = $1', [registration.id])
    expect(rows).toEqual([{ status: 'cancelled' }])
    kit.mails.length = 0
    await kit.settle()
    expect(kit.mails.map((mail) => mail.to.address)).toEqual(['let.down@example.com'])
  })

  test('a past event that people have used is refused, because what they did there would go with it', async () => {
    const event = await anEvent(kit.ctx, { organizer, startsInHours: 1 })
    await aRegistration(kit.ctx, event.id)
    await kit.clock.advance({ hours: 4 })
    await logIn()
    expect((await get(event.id, hers)).body).toMatchObject({ status: 'past', can: { delete: false } })
    for (const headers of [hers, above])
      expect(await kit.call('DELETE', `/events/${event.id}`, { headers })).toMatchObject({
        status: 409,
        body: { type: '/problems/events/in-use' },
      })
    expect((await get(event.id)).status).toBe(200)
  })

  test('a past event that nobody used tells nobody anything', async () => {
    const event = await anEvent(kit.ctx, { organizer, startsInHours: 1 })
    await kit.clock.advance({ hours: 4 })
    await events.remove(kit.as(organizer), event.id)
    expect(await factsOf(event.id)).not.toContain('event.cancelled')
    await logIn()
  })
})

test('whose venue is removed keeps its name and address as the place, after words of its own', async () => {
  const venue = await aVenue(kit.ctx, 'Old Mill', { address: 'River 1', createdBy: organizer.id })
  const bare = await anEvent(kit.ctx, { organizer, venueId: venue.id })
  const worded = await anEvent(kit.ctx, { organizer, venueId: venue.id, place: 'Attic' })
  expect((await kit.call('DELETE', `/venues/${venue.id}`, { headers: hers })).status).toBe(204)
  expect((await get(bare.id)).body).toMatchObject({ venue: null, place: 'Old Mill, River 1', version: 3 })
  expect((await get(worded.id)).body).toMatchObject({ venue: null, place: 'Attic, Old Mill, River 1', version: 3 })
})

describe('categories', () => {
  // S3-22 S3-42
  test('are named by admins, once whatever the capitals, and listed by name', async () => {
    const send = (name: string, headers = above) => kit.call('POST', '/categories', { payload: { name }, headers })
    expect(await send('Talks')).toMatchObject({ status: 201, body: { name: 'Talks', description: '' } })
    for (const name of ['talks', ' TALKS ', 'Ｔalks'])
      expect(await send(name)).toMatchObject({ status: 409, body: { type: '/problems/events/category-name-taken' } })
    expect(await send('Walks', hers)).toMatchObject({ status: 403 })
    await send('arts')
    const { body } = await kit.call('GET', '/categories')
    const names = body.items.map((each: { name: string }) => each.name)
    expect(names.indexOf('arts')).toBeLessThan(names.indexOf('Talks'))
  })
})
