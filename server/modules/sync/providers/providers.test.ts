import { afterAll, describe, expect, test } from 'vitest'
import { readConfig } from '#config'
import {
  aSeatGeekEvent,
  aTicketmasterEvent,
  startCalendar,
  startSeatGeek,
  startTicketmaster,
} from '../../../../test/kit/providers.ts'
import { readCalendar } from './ics.ts'
import { providersOf } from './open.ts'
import { isFailure, type Provider } from './provider.ts'
import { itemOf, textOf, timeOf } from './reading.ts'

const [ticketmaster, seatgeek, calendar] = await Promise.all([startTicketmaster(), startSeatGeek(), startCalendar()])
afterAll(() => Promise.all([ticketmaster, seatgeek, calendar].map((each) => each.stop())))
const set = (env: Record<string, string> = {}) =>
  providersOf(
    readConfig('test', {
      SECRET_KEY: 'for-tests-only-0123456789-abcdefghijklm',
      TICKETMASTER_URL: ticketmaster.url,
      TICKETMASTER_API_KEY: ticketmaster.key,
      TICKETMASTER_SYNC: 'city=New York',
      SEATGEEK_URL: seatgeek.url,
      SEATGEEK_CLIENT_ID: seatgeek.clientId,
      SEATGEEK_SYNC: 'venue.city=Boston',
      ICS_URL: `${calendar.url}/club.ics`,
      SYNC_ZONE: 'Europe/Berlin',
      ...env,
    }),
  )
const all = set()
const itemsOf = async (provider: Provider) => {
  const gathered = await provider.gather(null)
  if (isFailure(gathered)) throw new Error(gathered.failed)
  return gathered
}
const at = (text: string) => new Date(text)

describe('Ticketmaster', () => {
  // S3-17
  test('is searched by words and place, a page at a time, and its events are read as they are documented', async () => {
    ticketmaster.events = Array.from({ length: 25 }, (_, n) => aTicketmasterEvent(`T${n}`, `Concert ${n}`))
    ticketmaster.asked.length = 0
    const found = await all.ticketmaster.search!({ text: 'concert', location: 'NY', page: 0 })
    expect(found).toMatchObject({ hasMore: true })
    expect(ticketmaster.asked).toEqual([`/discovery/v2/events.json?keyword=concert&stateCode=NY&size=20&page=0&apikey=${ticketmaster.key}`]) // prettier-ignore
    expect((found as { items: object[] }).items[0]).toMatchObject({
      externalId: 'T0',
      title: 'Concert 0',
      startsAt: at('2030-05-04T23:30:00Z'),
      endsAt: at('2030-05-05T01:30:00Z'),
      zone: 'America/New_York',
      venueName: 'Madison Square Garden',
      place: 'Madison Square Garden, 7th Ave & 32nd Street, New York, NY',
      category: 'Music',
      ticketUrl: 'https://www.ticketmaster.com/event/T0',
      priceRange: '49.5–120 USD',
      cancelled: false,
      raw: expect.objectContaining({ id: 'T0', locale: 'en-us' }),
    })
    expect(await all.ticketmaster.search!({ text: 'concert', location: '10001', page: 1 })).toMatchObject({
      hasMore: false,
    })
    expect(ticketmaster.asked.at(-1)).toContain('postalCode=10001')
    await all.ticketmaster.search!({ text: '', location: 'New York', page: 0 })
    expect(ticketmaster.asked.at(-1)).toContain('events.json?city=New+York&size')
  })

  test('gives one event, or none; dates that are not settled, and what is called off', async () => {
    const start = { localDate: '2030-05-04', timeTBA: true, noSpecificTime: false }
    ticketmaster.events = [
      aTicketmasterEvent('day', 'Some time that day', {
        dates: { start, timezone: 'America/New_York', status: { code: 'cancelled' } },
      }),
      aTicketmasterEvent('tbd', 'Some day', { dates: { start: { dateTBD: true } } }),
    ]
    expect(await all.ticketmaster.find!('day')).toMatchObject({
      startsAt: at('2030-05-04T04:00:00Z'),
      endsAt: at('2030-05-05T04:00:00Z'),
      cancelled: true,
    })
    expect(await all.ticketmaster.find!('no/such?one')).toBeNull()
    expect(await all.ticketmaster.find!('tbd')).toEqual({ failed: 'It has no start, or none that can be read.' })
  })

  test('is read as a whole by a query that finds a thousand at most', async () => {
    ticketmaster.events = Array.from({ length: 450 }, (_, n) => aTicketmasterEvent(`T${n}`, `Concert ${n}`))
    const { items, isWhole } = await itemsOf(all.ticketmaster)
    expect([items.length, isWhole]).toEqual([450, true])
    expect(ticketmaster.asked.at(-1)).toContain('city=New+York&size=200&page=2')
    const { events } = ticketmaster
    /** Answers the first page and changes then. */
    const changing = (change: () => void) =>
      ticketmaster.tricks.push((_req, res) => {
        const page = { size: 200, totalElements: 450, totalPages: 3, number: 0 }
        res.end(JSON.stringify({ _embedded: { events: events.slice(0, 200) }, page }))
        change()
      })
    changing(() => events.unshift(events.pop()!))
    expect(await all.ticketmaster.gather(null)).toMatchObject({ isWhole: false })
    changing(() => events.shift())
    expect(await all.ticketmaster.gather(null)).toEqual({ failed: 'It changed while it was read.' })
    ticketmaster.events.push(...ticketmaster.events, ...ticketmaster.events)
    expect(await all.ticketmaster.gather(null)).toEqual({ failed: 'TICKETMASTER_SYNC finds 1347 events, and no more than 1000 can be read: narrow it.' }) // prettier-ignore
    ticketmaster.key = 'another'
    expect(await all.ticketmaster.gather(null)).toEqual({ failed: 'It does not know our key: 401.' })
  })
})

describe('SeatGeek', () => {
  // S3-17
  test('is searched by words and place, and its events are read as they are documented', async () => {
    seatgeek.events = Array.from({ length: 21 }, (_, n) => aSeatGeekEvent(800 + n, `Game ${n}`))
    seatgeek.asked.length = 0
    const found = await all.seatgeek.search!({ text: 'game', location: 'Boston', page: 1 })
    expect(seatgeek.asked).toEqual([
      `/2/events?q=game&venue.city=Boston&page=2&per_page=20&client_id=${seatgeek.clientId}`,
    ])
    expect(found).toMatchObject({
      hasMore: false,
      items: [
        {
          externalId: '820',
          title: 'Game 20',
          startsAt: at('2030-06-02T00:00:00Z'),
          endsAt: at('2030-06-02T02:00:00Z'),
          zone: 'America/New_York',
          place: 'Fenway Park, 4 Jersey St, Boston, MA',
          category: 'concert',
          priceRange: '35–210 USD',
        },
      ],
    })
    expect(await all.seatgeek.find!('805')).toMatchObject({ title: 'Game 5' })
    expect(await all.seatgeek.find!('1')).toBeNull()
  })

  test('is read as a whole, and what has no hour yet is the whole day', async () => {
    seatgeek.events = Array.from({ length: 150 }, (_, n) => aSeatGeekEvent(n + 1, `Game ${n}`, { time_tbd: true, datetime_utc: '2030-06-02T07:30:00', datetime_local: '2030-06-01T03:30:00' })) // prettier-ignore
    const { items, isWhole } = await itemsOf(all.seatgeek)
    expect([items.length, isWhole]).toEqual([150, true])
    expect(items[0]).toMatchObject({ startsAt: at('2030-06-01T04:00:00Z'), endsAt: at('2030-06-02T04:00:00Z') })
  })

  test('is not read as a whole while it changes', async () => {
    seatgeek.events = Array.from({ length: 150 }, (_, n) => aSeatGeekEvent(n + 1, `Game ${n}`))
    const { events } = seatgeek
    const changing = (change: () => void) =>
      seatgeek.tricks.push((_req, res) => {
        res.end(JSON.stringify({ events: events.slice(0, 100), meta: { total: 150 } }))
        change()
      })
    changing(() => events.unshift(events.pop()!))
    expect(await all.seatgeek.gather(null)).toMatchObject({ isWhole: false })
    changing(() => events.shift())
    expect(await all.seatgeek.gather(null)).toEqual({ failed: 'It changed while it was read.' })
  })
})

describe('a calendar', () => {
  const wrap = (...events: string[]) =>
    ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//y//EN', 'X-WR-TIMEZONE:Europe/Paris', ...events.map((each) => `BEGIN:VEVENT\r\n${each.trim().split(/\n\s*/).join('\r\n')}\r\nEND:VEVENT`), 'END:VCALENDAR', ''].join('\r\n') // prettier-ignore
  const read = (text: string) => readCalendar(text, 'Europe/Berlin', 60, at('2030-01-01T00:00:00Z'))

  test('has its events read in the zones that they name, whole days too, and nobody’s address kept', () => {
    const { items, skipped } = read(
      wrap(
        `UID:utc@x
         SUMMARY:In UTC
         DTSTART:20300105T190000Z
         DTEND:20300105T210000Z
         LOCATION:Hall\\, upstairs
         CATEGORIES:Music
         STATUS:CANCELLED
         URL:https://x.example/1
         ORGANIZER:mailto:ann@x.example
         ATTENDEE:mailto:bob@x.example
         LAST-MODIFIED:20291201T000000Z`,
        `UID:zoned@x
         SUMMARY:In New York
         DTSTART;TZID=America/New_York:20300105T190000
         DURATION:PT90M`,
        `UID:floating@x
         SUMMARY:On the calendar’s clocks
         DTSTART:20300105T190000`,
        `UID:days@x
         SUMMARY:Three days
         DTSTART;VALUE=DATE:20300105
         DTEND;VALUE=DATE:20300108`,
        `SUMMARY:Without an id
         DTSTART:20300105T190000Z`,
      ),
    )
    expect(skipped).toEqual([{ externalId: null, reason: 'It has no id.' }])
    expect(items).toMatchObject([
      { externalId: 'utc@x', startsAt: at('2030-01-05T19:00:00Z'), endsAt: at('2030-01-05T21:00:00Z'), zone: 'Europe/Paris', place: 'Hall, upstairs', category: 'Music', cancelled: true, ticketUrl: 'https://x.example/1', changedAt: at('2029-12-01T00:00:00Z') }, // prettier-ignore
      {
        externalId: 'zoned@x',
        startsAt: at('2030-01-06T00:00:00Z'),
        endsAt: at('2030-01-06T01:30:00Z'),
        zone: 'America/New_York',
      },
      { externalId: 'floating@x', startsAt: at('2030-01-05T18:00:00Z'), endsAt: at('2030-01-05T20:00:00Z') },
      { externalId: 'days@x', startsAt: at('2030-01-04T23:00:00Z'), endsAt: at('2030-01-07T23:00:00Z') },
    ])
    expect(JSON.stringify(items)).not.toMatch(/ann@|bob@/)
  })

  test('has the dates of what repeats, each by itself, with those that were moved', () => {
    const { items } = read(
      wrap(
        `UID:weekly@x
         SUMMARY:Choir
         DTSTART;TZID=Europe/Berlin:20291231T180000
         DTEND;TZID=Europe/Berlin:20291231T200000
         RRULE:FREQ=WEEKLY
         EXDATE;TZID=Europe/Berlin:20300107T180000`,
        `UID:weekly@x
         RECURRENCE-ID;TZID=Europe/Berlin:20300114T180000
         SUMMARY:Choir, on Tuesday for once
         DTSTART;TZID=Europe/Berlin:20300115T180000
         DTEND;TZID=Europe/Berlin:20300115T200000`,
        `UID:mad@x
         SUMMARY:Each second
         DTSTART:19700101T000000Z
         RRULE:FREQ=SECONDLY`,
      ),
    )
    expect(items.slice(0, 3)).toMatchObject([
      {
        externalId: 'weekly@x#2030-01-14T18:00:00',
        title: 'Choir, on Tuesday for once',
        startsAt: at('2030-01-15T17:00:00Z'),
      },
      { externalId: 'weekly@x#2030-01-21T18:00:00', title: 'Choir', startsAt: at('2030-01-21T17:00:00Z') },
      { externalId: 'weekly@x#2030-01-28T18:00:00' },
    ])
    expect(items.every(({ startsAt }) => startsAt < at('2030-03-03T00:00:00Z'))).toBe(true)
  })

  test('says until when it was read, and is no whole where something in it cannot be read', () => {
    const weekly = (rule: string) => wrap(`UID:w@x\nSUMMARY:Choir\nDTSTART:20300107T180000Z\nRRULE:FREQ=${rule}`)
    expect(read(weekly('WEEKLY'))).toMatchObject({ isWhole: true, until: at('2030-03-01T00:00:00Z') })
    const ended = read(weekly('WEEKLY;COUNT=3'))
    expect([ended.items.length, ended.isWhole, ended.until]).toEqual([3, true, undefined])
    const often = read(weekly('HOURLY'))
    expect([often.items.length, often.until]).toEqual([366, at('2030-01-22T00:00:00Z')])
    expect(read(weekly('WEEKLY;BYMONTHDAY=1'))).toMatchObject({
      items: [],
      skipped: [{ externalId: 'w@x', reason: 'It cannot be read.' }],
      isWhole: false,
    })
  })

  test('that was cut off between two events is none', async () => {
    const whole = wrap('UID:a@x\nSUMMARY:A\nDTSTART:20300105T190000Z', 'UID:b@x\nSUMMARY:B\nDTSTART:20300105T190000Z')
    calendar.text = whole
    expect((await itemsOf(all.ics)).items).toHaveLength(2)
    for (const text of [
      whole.slice(0, whole.lastIndexOf('BEGIN:VEVENT')),
      whole.replace('END:VEVENT', ''),
      '<html>',
      '',
    ]) {
      calendar.text = text
      expect(await all.ics.gather(null), text).toMatchObject({ failed: expect.stringMatching(/calendar/) })
    }
  })
})

test('each provider names the setting that it lacks', () => {
  const names = Object.values(set({ TICKETMASTER_API_KEY: '', SEATGEEK_SYNC: '', ICS_URL: '' })).map((each) => [each.missing, each.missingForRuns]) // prettier-ignore
  expect(names).toEqual([
    ['EVENTS_PROVIDER_URL', 'EVENTS_PROVIDER_URL'],
    ['ICS_URL', 'ICS_URL'],
    ['TICKETMASTER_API_KEY', 'TICKETMASTER_API_KEY'],
    [null, 'SEATGEEK_SYNC'],
  ])
})

test('times are read as they are written', () => {
  expect(timeOf('2030-03-31T02:30:00', 'Europe/Berlin')).toEqual(at('2030-03-31T01:30:00Z')) // the clocks leap over it
  expect(timeOf('2030-03-20 19:00', 'Europe/Berlin')).toEqual(at('2030-03-20T18:00:00Z'))
  expect(timeOf('2030-03-20T19:00:00+0530', 'UTC')).toEqual(at('2030-03-20T13:30:00Z'))
  expect(timeOf('2030-03-20', 'UTC')).toEqual({ day: '2030-03-20' })
  for (const odd of ['2030-02-30', '2030-02-30T10:00', 'tomorrow', '', 7, null])
    expect(timeOf(odd, 'UTC')).toBeUndefined()
})

test('words are cut and cleaned, and an end before the start is none', () => {
  expect(textOf('x'.repeat(300), 200)).toHaveLength(200)
  expect(textOf(`${'x'.repeat(199)}😀`, 200)).toBe(`${'x'.repeat(199)}\ufffd`)
  const draft = {
    externalId: 1,
    title: 'A',
    startsAt: at('2030-01-01T10:00:00Z'),
    endsAt: at('2030-01-01T09:00:00Z'),
    raw: {},
  }
  expect(itemOf(draft, 'UTC')).toMatchObject({ item: { endsAt: at('2030-01-01T12:00:00Z') } })
})
