import ICAL from 'ical.js'
import { afterEach, describe, expect, test } from 'vitest'
import * as events from '#events'
import * as registrations from '#registrations'
import { aCategory, aGuest, anAccount, anEvent, aVenue, openKit } from '../../../test/kit/kit.ts'
import { describeZone } from './time-zones.ts'
import { wordsOf } from './plain-text.ts'

const kit = await openKit({ BASE_URL: 'http://turnout.example:8000' })

const get = (path: string, headers: Record<string, string> = {}) => kit.app.inject({ url: `/api/v1${path}`, headers })

/** What an independent reader makes of it, by nothing but the text: its zones are the ones it brings along. */
function read(text: string) {
  expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  expect(Buffer.from(text).toString()).toBe(text) // no character was cut in two
  const calendar = new ICAL.Component(ICAL.parse(text) as string)
  const zones = new Map(
    calendar
      .getAllSubcomponents('vtimezone')
      .map((each) => [each.getFirstPropertyValue('tzid') as string, new ICAL.Timezone(each)]),
  )
  const moment = (property: ICAL.Property) => {
    const time = property.getFirstValue() as ICAL.Time
    const zone = property.getFirstParameter('tzid')
    if (zone) time.zone = zones.get(zone)!
    return new Date(time.toUnixTime() * 1_000).toISOString()
  }
  return {
    // Text, as RFC 5545 has it for names that begin with X-; this reader leaves it as it is.
    name: String(calendar.getFirstPropertyValue('x-wr-calname')).replace(/\\([;,\\])/g, '$1'),
    properties: calendar.getAllProperties().map((each) => each.name),
    zones: [...zones.keys()],
    entries: calendar.getAllSubcomponents('vevent').map((each) => ({
      ...Object.fromEntries(each.getAllProperties().map((one) => [one.name, String(one.getFirstValue())])),
      names: each.getAllProperties().map((one) => one.name),
      wall: (each.getFirstPropertyValue('dtstart') as ICAL.Time).toString(),
      startsAt: moment(each.getFirstProperty('dtstart')!),
      endsAt: moment(each.getFirstProperty('dtend')!),
    })),
  }
}

const seconds = (instant: string) => instant.replace(/\.\d+Z$/, '.000Z')

describe('the calendar of one event', () => {
  test('says what, when, where and how often it was changed', async () => {
    const venue = await aVenue(kit.ctx, 'The Hall; big', { address: 'Long Street 1' })
    const event = await anEvent(kit.ctx, {
      title: 'An evening',
      description:
        '# Programme\n\nCome **early** & *stay*:\n\n- tea\n- [songs](https://example.org/songs)\n\n<script>x</script>',
      venueId: venue.id,
      place: 'Second floor',
    })
    const answer = await get(`/events/${event.id}/calendar.ics`)
    expect(answer.headers).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'attachment; filename="an-evening.ics"',
    })
    const { zones, entries } = read(answer.body)
    expect(zones).toEqual(['Europe/Berlin'])
    expect(entries).toEqual([
      expect.objectContaining({
        uid: `${event.id}@turnout.example:8000`,
        summary: 'An evening',
        description:
          'Programme\n\nCome early & stay:\n\n- tea\n- songs (https://example.org/songs)\n\nhttp://turnout.example:8000/e/an-evening',
        location: 'The Hall; big, Long Street 1, Second floor',
        url: 'http://turnout.example:8000/e/an-evening',
        status: 'CONFIRMED',
        startsAt: seconds(event.startsAt),
        endsAt: seconds(event.endsAt),
      }),
    ])
    const [before] = entries as unknown as Record<string, string>[]

    await kit.clock.advance({ minutes: 5 })
    await events.edit(kit.as(event.organizer), event.id, { title: 'A late evening' })
    await events.cancel(kit.as(event.organizer), event.id)
    const after = read((await get(`/events/${event.id}/calendar.ics`)).body).entries[0] as unknown as Record<
      string,
      string
    >
    expect(after).toMatchObject({ uid: before!.uid, status: 'CANCELLED', summary: 'A late evening' })
    expect(Number(after.sequence)).toBe(Number(before!.sequence) + 2)
    const row = await kit.ctx.db.selectFrom('events').select('updated_at').where('id', '=', event.id).executeTakeFirst()
    const stamp = `${row!.updated_at.toISOString().slice(0, 19)}Z`
    expect(after).toMatchObject({ dtstamp: stamp, 'last-modified': stamp })
    expect(stamp > before!.dtstamp!).toBe(true)
  })

  test('is not there for who may not see the event', async () => {
    const draft = await anEvent(kit.ctx, { draft: true })
    expect((await get(`/events/${draft.id}/calendar.ics`)).statusCode).toBe(404)
    const own = await get(`/events/${draft.id}/calendar.ics`, await kit.signIn(draft.organizer))
    expect(read(own.body).entries).toEqual([expect.objectContaining({ status: 'TENTATIVE' })])
    expect((await get(`/events/${draft.id}/calendar.ics`)).statusCode).toBe(404)
    await events.publish(kit.as(draft.organizer), draft.id)
    expect((await get(`/events/${draft.id}/calendar.ics`)).statusCode).toBe(200)
    await events.remove(kit.as(draft.organizer), draft.id)
    expect((await get(`/events/${draft.id}/calendar.ics`)).statusCode).toBe(404)
  })

  test('is a 304 for who has it, logged in or not, and new after a change', async () => {
    const event = await anEvent(kit.ctx)
    const path = `/events/${event.id}/calendar.ics`
    const { etag } = (await get(path)).headers
    const who = await kit.signIn(event.organizer)
    for (const headers of [{}, who, { ...who, 'if-none-match': `"other", W/${etag as string}` }]) {
      const again = await get(path, { 'if-none-match': etag as string, ...headers })
      expect([again.statusCode, again.body]).toEqual([304, ''])
    }
    await events.edit(kit.as(event.organizer), event.id, { place: 'Elsewhere' })
    const after = await get(path, { 'if-none-match': etag as string })
    expect(after.statusCode).toBe(200)
    expect(after.headers['content-type']).toBe('text/calendar; charset=utf-8')
    expect(read(after.body).entries[0]).toMatchObject({ location: 'Elsewhere' })
    const kept = await get(path)
    expect(kept.headers).toMatchObject({
      'cache-status': 'Turnout; hit',
      'content-type': 'text/calendar; charset=utf-8',
    })
    expect(kept.body).toBe(after.body)
  })

  // reliability S15
  test('holds one event, whatever its words try', async () => {
    const evil = 'x\r\nEND:VEVENT\r\nATTACH:http://evil.example/;a,b\\n\u0007"\r\nBEGIN:VALARM\u2028\u0085'
    // The 75th byte of the line falls into each of a character's bytes in turn.
    for (const title of [evil, ...[0, 1, 2, 3].map((n) => `${'a'.repeat(60 + n)}${'👩🏽‍🚀'.repeat(8)}é`)]) {
      const event = await anEvent(kit.ctx, { title, place: evil, description: `${evil}\n${'long '.repeat(2_000)}` })
      const { properties, entries } = read((await get(`/events/${event.id}/calendar.ics`)).body)
      expect(entries).toHaveLength(1)
      const [entry] = entries as unknown as [Record<string, string> & { names: string[] }]
      expect(entry.summary).toBe(title.replace(/[\p{Cc}\p{Zl}]+/gu, ' ').trim())
      expect(entry.names).not.toContain('attach')
      expect(entry.names).toHaveLength(11)
      expect(properties).not.toContain('attach')
    }
  })
})

describe('across daylight saving', () => {
  const zone = process.env.TZ
  afterEach(() => {
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
  })

  test.each([
    ['Europe/Berlin', '2027-03-28T00:30:00Z', '2027-03-28T01:30:00', 'the hour before the gap'],
    ['Europe/Berlin', '2027-03-28T01:00:00Z', '2027-03-28T03:00:00', 'the moment after the gap'],
    ['Europe/Berlin', '2027-10-31T00:30:00Z', '2027-10-31T00:30:00Z', 'the first 2:30, which readers take for either'],
    ['Europe/Berlin', '2027-10-31T01:30:00Z', '2027-10-31T01:30:00Z', 'the second 2:30, which only UTC can say'],
    ['Europe/Berlin', '2027-10-29T23:30:00Z', '2027-10-29T23:30:00Z', 'to the second 2:30, 26 hours on'],
    ['America/New_York', '2027-03-14T06:59:00Z', '2027-03-14T01:59:00', 'the minute before the gap'],
    ['America/St_Johns', '2027-07-01T12:00:00Z', '2027-07-01T09:30:00', 'a half-hour zone in summer'],
    ['Australia/Lord_Howe', '2027-04-04T16:00:00Z', '2027-04-05T02:30:00', 'clocks that change by half an hour'],
    ['Asia/Kolkata', '2027-02-28T20:00:00Z', '2027-03-01T01:30:00', 'a zone that never changes'],
    ['Pacific/Apia', '2027-12-31T11:00:00Z', '2028-01-01T00:00:00', 'thirteen hours ahead, into the new year'],
    ['Africa/Casablanca', '2027-02-10T12:00:00Z', undefined, 'an hour less in Ramadan'],
    ['Europe/Dublin', '2028-02-29T18:00:00Z', '2028-02-29T18:00:00', 'a leap day'],
    ['UTC', '2027-06-01T18:00:00Z', '2027-06-01T18:00:00Z', 'no zone at all'],
  ])('in %s, %s: %s on the clock there (%s)', async (zone, startsAt, wall, _what) => {
    const endsAt = new Date(Date.parse(startsAt) + 26 * 3_600_000).toISOString()
    const event = await anEvent(kit.ctx, { zone, startsAt, endsAt })
    for (const host of ['America/St_Johns', 'Asia/Kathmandu']) {
      process.env.TZ = host
      const { text } = await import('./calendars.ts').then((calendars) => calendars.ofEvent(kit.ctx, event.id))
      const [entry] = read(text).entries
      const dates = { startsAt: startsAt.replace('Z', '.000Z'), endsAt }
      expect(entry).toMatchObject(wall ? { ...dates, wall } : dates)
    }
  })

  test('each change of the clocks is written out, with the time they showed before it', () => {
    expect(describeZone('Europe/Berlin', 2027, 2027)).toBe(
      [
        'BEGIN:VTIMEZONE',
        'TZID:Europe/Berlin',
        ...['BEGIN:STANDARD', 'DTSTART:20261025T030000', 'TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100', 'END:STANDARD'],
        ...['BEGIN:DAYLIGHT', 'DTSTART:20270328T020000', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0200', 'END:DAYLIGHT'],
        ...['BEGIN:STANDARD', 'DTSTART:20271031T030000', 'TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100', 'END:STANDARD'],
        'END:VTIMEZONE\r\n',
      ].join('\r\n'),
    )
  })
})

describe('feeds', () => {
  const titles = async (path: string) =>
    read((await get(path)).body).entries.map((each) => (each as unknown as { summary: string }).summary)

  test('of an organizer, a category and a venue hold their published events, cancelled ones too', async () => {
    const organizer = await anAccount(kit.ctx, {
      role: 'organizer',
      firstName: 'Ann; BEGIN:VEVENT',
      lastName: 'O’Neill, jr',
    })
    const category = await aCategory(kit.ctx, 'Songs, sung')
    const venue = await aVenue(kit.ctx)
    await anEvent(kit.ctx, { title: 'Theirs', organizer, startsInHours: 1 })
    const called = await anEvent(kit.ctx, { title: 'Called off', organizer, categoryId: category.id, startsInHours: 2 })
    await events.cancel(kit.as(organizer), called.id)
    await anEvent(kit.ctx, { title: 'Draft', organizer, categoryId: category.id, venueId: venue.id, draft: true })
    await anEvent(kit.ctx, { title: 'At the venue', venueId: venue.id, zone: 'Asia/Tokyo' })

    expect(await titles(`/calendars/organizers/${organizer.id}.ics`)).toEqual(['Theirs', 'Called off'])
    expect(await titles(`/calendars/venues/${venue.id}.ics`)).toEqual(['At the venue'])
    const { name, entries } = read((await get(`/calendars/categories/${category.id}.ics`)).body)
    expect(name).toBe('Songs, sung')
    expect(entries).toEqual([expect.objectContaining({ summary: 'Called off', status: 'CANCELLED' })])
    expect(read((await get(`/calendars/organizers/${organizer.id}.ics`)).body)).toMatchObject({
      name: 'Events by Ann; BEGIN:VEVENT O’Neill, jr',
      entries: { length: 2 },
    })
    expect(await titles('/calendars/all.ics')).toEqual(expect.arrayContaining(['Theirs', 'Called off', 'At the venue']))
    expect(await titles('/calendars/all.ics')).not.toContain('Draft')
  })

  test('are not there of what does not exist, nor of who has published nothing', async () => {
    const attendee = await anAccount(kit.ctx)
    for (const path of ['organizers', 'categories', 'venues'])
      expect((await get(`/calendars/${path}/${attendee.id}.ics`)).statusCode).toBe(404)
    expect((await get('/calendars/venues/none.ics')).statusCode).toBe(422)
  })

  test('are not there of who has nothing that everybody can find', async () => {
    const { organizer } = await anEvent(kit.ctx, { visibility: 'private' })
    expect((await get(`/calendars/organizers/${organizer.id}.ics`)).statusCode).toBe(404)
    const { id } = await anEvent(kit.ctx, { organizer })
    expect((await get(`/calendars/organizers/${organizer.id}.ics`)).statusCode).toBe(200)
    await kit.database.query('update events set archived_at = app_now() where id = $1', [id])
    kit.ctx.wake(['*'])
    expect((await get(`/calendars/organizers/${organizer.id}.ics`)).statusCode).toBe(404)
  })

  test('go thirty days back and no further', async () => {
    const organizer = await anAccount(kit.ctx, { role: 'organizer' })
    const path = `/calendars/organizers/${organizer.id}.ics`
    await anEvent(kit.ctx, { organizer, title: 'Soon over', startsInHours: 24 })
    await kit.clock.advance({ days: 30 })
    expect(await titles(path)).toEqual(['Soon over'])
    await kit.clock.advance({ days: 2 })
    expect(await titles(path)).toEqual([])
  })

  test('hold what is new as soon as it is, and are a 304 until then', async () => {
    const event = await anEvent(kit.ctx, { title: 'Before' })
    const path = `/calendars/organizers/${event.organizer.id}.ics`
    const { etag } = (await get(path)).headers as { etag: string }
    expect((await get(path, { 'if-none-match': etag })).statusCode).toBe(304)
    await events.edit(kit.as(event.organizer), event.id, { title: 'After' })
    expect((await get(path, { 'if-none-match': etag })).statusCode).toBe(200)
    expect(await titles(path)).toEqual(['After'])
  })

  test('hold a thousand at most, each with the beginning of its description', async () => {
    const organizer = await anAccount(kit.ctx, { role: 'organizer' })
    await anEvent(kit.ctx, { organizer })
    await kit.database.query(
      `insert into events (id, organizer_id, slug, title, description, starts_at, ends_at, zone, published_at)
       select gen_random_uuid(), $1, 'many-' || n, 'Many', repeat('word ', 300), app_now() + interval '1 hour', app_now() + interval '2 hours', 'Europe/Berlin', app_now()
       from generate_series(1, 1200) n`,
      [organizer.id],
    )
    await kit.database.query(`insert into seat_pools (event_id) select id from events where slug like 'many-%'`)
    const { entries } = read((await get(`/calendars/organizers/${organizer.id}.ics`)).body)
    expect(entries).toHaveLength(1_000)
    const [first] = entries as unknown as { description: string }[]
    expect(first!.description).toMatch(/^(word )+\w*…\n\nhttp/)
    expect(first!.description.length).toBeLessThan(600)
  })
})

describe('my own calendar', () => {
  const addressOf = async (account: { username: string }) => {
    const { body } = await kit.call('GET', '/me/calendar', { headers: await kit.signIn(account) })
    return (body as { address: string }).address.replace('http://turnout.example:8000/api/v1', '')
  }

  test('holds where I go and where I wait, what was called off, and nothing I gave back', async () => {
    const me = await anAccount(kit.ctx)
    const join = (eventId: string) => registrations.register(kit.ctx, eventId, { accountId: me.id })
    const [going, full, off, left, other] = await Promise.all([
      anEvent(kit.ctx, { startsInHours: 40 }),
      anEvent(kit.ctx, { startsInHours: 30, capacity: 1 }),
      anEvent(kit.ctx, { startsInHours: 20 }),
      anEvent(kit.ctx),
      anEvent(kit.ctx),
    ])
    await registrations.register(kit.ctx, full.id, aGuest())
    await registrations.register(kit.ctx, other.id, aGuest())
    for (const event of [going, full, off]) await join(event.id)
    await registrations.cancel(kit.as(me), (await join(left.id)).id)
    await events.cancel(kit.as(off.organizer), off.id)

    const answer = await get(await addressOf(me))
    expect(answer.headers).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'private, no-cache',
    })
    expect(read(answer.body).entries).toEqual([
      expect.objectContaining({ uid: `${going.id}@turnout.example:8000`, status: 'CONFIRMED' }),
      expect.objectContaining({ uid: `${full.id}@turnout.example:8000`, status: 'TENTATIVE' }),
      expect.objectContaining({ uid: `${off.id}@turnout.example:8000`, status: 'CANCELLED' }),
    ])
    const same = await get(await addressOf(me), { 'if-none-match': answer.headers.etag as string })
    expect([same.statusCode, same.body]).toEqual([304, ''])
  })

  test('is opened by its own address alone, until that is renewed', async () => {
    const [me, you] = [await anAccount(kit.ctx), await anAccount(kit.ctx)]
    const [mine, yours] = [await addressOf(me), await addressOf(you)]
    const [path, signature] = mine.split(/(?<=mine\/.*)\./) as [string, string]
    for (const wrong of [
      `${path}.${'A'.repeat(43)}.ics`,
      `${path}.ics`,
      mine.replace(me.id, you.id),
      mine.replace(/\.ics$/, '.more.ics'),
      `/calendars/mine/${signature}.ics`,
      '/calendars/mine/x.y.ics',
    ])
      expect(await get(wrong)).toMatchObject({ statusCode: 404 })

    const renewed = await kit.call('POST', '/me/calendar/renewals', { headers: await kit.signIn(me) })
    expect(renewed.status).toBe(201)
    expect(renewed.body.webcal).toBe(renewed.body.address.replace('http:', 'webcal:'))
    expect(await get(mine)).toMatchObject({ statusCode: 404 })
    expect((await get(mine)).json()).toMatchObject({ type: '/problems/calendars/link-invalid' })
    const now = await addressOf(me)
    expect(renewed.body.address).toContain(now)
    expect(await get(now)).toMatchObject({ statusCode: 200 })
    expect(await get(yours)).toMatchObject({ statusCode: 200 })

    await kit.call('POST', '/me/calendar/renewals', { headers: await kit.signIn(me) })
    expect(await get(now)).toMatchObject({ statusCode: 404 })
    expect((await kit.call('GET', '/me/calendar')).status).toBe(401)
    await kit.database.query('update accounts set suspended_at = app_now() where id = $1', [you.id])
    expect(await get(yours)).toMatchObject({ statusCode: 404 })
  })
})

test.each([
  ['**bold** & <b>html</b>', 'bold & html'],
  ['https://example.org and <a@example.org>', 'https://example.org and a@example.org'],
  ['one\ntwo\n\n\n\nthree', 'one\ntwo\n\nthree'],
  ['1 < 2 "quoted" &amp; so', '1 < 2 "quoted" & so'],
  ['| a | b |\n|---|---|\n| 1 | 2 |', 'a  b\n1  2'],
])('%j is read as %j', (markdown, words) => expect(wordsOf(markdown, 100)).toBe(words))

test('long words end in dots and whole characters', () => {
  expect(wordsOf('👩'.repeat(30), 10)).toBe(`${'👩'.repeat(9)}…`)
})
