import { execFileSync } from 'node:child_process'
import ICAL from 'ical.js'
import { describe, expect, test } from 'vitest'
import { faultOf, first, occurrences, withInstants } from './recurrence.ts'
import { BadRule, inOneSpelling, readRule } from './rule.ts'
import { sentenceOf } from './sentence.ts'
import { DAY, instantOf, isoOf, minutesBetween, spanOf, wallAt, wallOfText } from './wall-clock.ts'

const wall = (text: string) => wallOfText(text.length === 16 ? `${text}:00` : text)!
const dates = (rule: string, start: string, most = 10, zone = 'UTC') =>
  first(readRule(rule, zone), wall(start), most).map((each) => isoOf(each).slice(0, 16))
const instants = (rule: string, start: string, zone: string, most = 3) =>
  [...withInstants(first(readRule(rule, zone), wall(start), most), zone)].map((each) => each.startsAt.toISOString())

// What a clock on the wall shows, and when that is: gaps, overlaps, and zones that are not whole hours from UTC.
// S3-24
const ZONES: [what: string, rule: string, start: string, zone: string, instants: string[]][] = [
  ['the same hour over the change in spring', 'FREQ=WEEKLY', '2027-03-21T19:00', 'Europe/Berlin', ['2027-03-21T18:00:00.000Z', '2027-03-28T17:00:00.000Z', '2027-04-04T17:00:00.000Z']],
  ['a time that the clocks leap over: the offset before', 'FREQ=DAILY', '2027-03-27T02:30', 'Europe/Berlin', ['2027-03-27T01:30:00.000Z', '2027-03-28T01:30:00.000Z', '2027-03-29T00:30:00.000Z']],
  ['a time that comes twice: the first', 'FREQ=DAILY', '2026-10-24T02:30', 'Europe/Berlin', ['2026-10-24T00:30:00.000Z', '2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z']],
  ['a gap in New York', 'FREQ=DAILY', '2027-03-13T02:30', 'America/New_York', ['2027-03-13T07:30:00.000Z', '2027-03-14T07:30:00.000Z', '2027-03-15T06:30:00.000Z']],
  ['an overlap in New York', 'FREQ=DAILY', '2027-11-06T01:30', 'America/New_York', ['2027-11-06T05:30:00.000Z', '2027-11-07T05:30:00.000Z', '2027-11-08T06:30:00.000Z']],
  ['half an hour leapt over', 'FREQ=DAILY', '2027-10-02T02:15', 'Australia/Lord_Howe', ['2027-10-01T15:45:00.000Z', '2027-10-02T15:45:00.000Z', '2027-10-03T15:15:00.000Z']],
  ['half an hour that comes twice', 'FREQ=DAILY', '2027-04-03T01:45', 'Australia/Lord_Howe', ['2027-04-02T14:45:00.000Z', '2027-04-03T14:45:00.000Z', '2027-04-04T15:15:00.000Z']],
  ['a day ahead of UTC by thirteen hours', 'FREQ=WEEKLY;BYDAY=MO', '2027-01-04T08:00', 'Pacific/Apia', ['2027-01-03T19:00:00.000Z', '2027-01-10T19:00:00.000Z', '2027-01-17T19:00:00.000Z']],
  ['a quarter of an hour beside the others', 'FREQ=DAILY', '2027-06-01T00:10', 'Asia/Kathmandu', ['2027-05-31T18:25:00.000Z', '2027-06-01T18:25:00.000Z', '2027-06-02T18:25:00.000Z']],
  ['the leap day of those years that have one', 'FREQ=YEARLY', '2028-02-29T12:00', 'Europe/Berlin', ['2028-02-29T11:00:00.000Z', '2032-02-29T11:00:00.000Z', '2036-02-29T11:00:00.000Z']],
  ['hours, of which a leap makes two one', 'FREQ=HOURLY', '2027-03-28T01:30', 'Europe/Berlin', ['2027-03-28T00:30:00.000Z', '2027-03-28T01:30:00.000Z']],
  ['halves of hours, of which a leap makes four two', 'FREQ=DAILY;BYHOUR=2,3;BYMINUTE=0,30', '2027-03-28T02:00', 'Europe/Berlin', ['2027-03-28T01:00:00.000Z', '2027-03-28T01:30:00.000Z']],
  ['a zone without changes', 'FREQ=MONTHLY', '2027-01-15T09:00', 'Asia/Kolkata', ['2027-01-15T03:30:00.000Z', '2027-02-15T03:30:00.000Z', '2027-03-15T03:30:00.000Z']],
] // prettier-ignore

describe('on the wall clock of a zone', () => {
  test.each(ZONES)('%s', (_what, rule, start, zone, expected) => {
    expect(instants(rule, start, zone)).toEqual(expected)
  })

  test.each(['UTC', 'Pacific/Apia', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'])(
    'it is the same on a host in %s',
    (zone) => {
      const program = `
        import { withInstants, first } from './server/modules/series/recurrence.ts'
        import { readRule } from './server/modules/series/rule.ts'
        import { wallOfText } from './server/modules/series/wall-clock.ts'
        const cases = ${JSON.stringify(ZONES.map(([, ...rest]) => rest))}
        console.log(new Date().getTimezoneOffset())
        console.log(JSON.stringify(cases.map(([rule, start, zone]) =>
          [...withInstants(first(readRule(rule, zone), wallOfText(start + ':00'), 3), zone)].map((each) => each.startsAt))))`
      const out = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
        env: { ...process.env, TZ: zone },
        encoding: 'utf8',
      }).split('\n')
      if (zone === 'Asia/Kathmandu') expect(out[0]).toBe('-345') // the host does live there
      expect(JSON.parse(out[1]!)).toEqual(ZONES.map(([, , , , expected]) => expected))
    },
  )

  test('every hour of a year is found again, but for those that no clock shows', () => {
    for (const zone of ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia', 'Asia/Kathmandu']) {
      let leapt = 0
      for (let at = wall('2027-01-01T00:15'); at < wall('2028-01-01T00:00'); at += DAY / 24) {
        const shown = wallAt(instantOf(at, zone), zone)
        if (shown !== at) leapt++
        expect([0, 1_800_000, 3_600_000]).toContain(shown - at)
      }
      expect(leapt, zone).toBe(['Pacific/Apia', 'Asia/Kathmandu'].includes(zone) ? 0 : 1)
    }
  })

  test('an end is a time on the wall as well, and never before the start', () => {
    const night = spanOf(wall('2027-03-27T22:00'), 8 * 60, 'Europe/Berlin') // seven hours long
    expect(night).toEqual({ startsAt: new Date('2027-03-27T21:00Z'), endsAt: new Date('2027-03-28T04:00Z') })
    const inTheGap = spanOf(wall('2027-03-28T02:45'), 30, 'Europe/Berlin')
    expect(inTheGap).toEqual({ startsAt: new Date('2027-03-28T01:45Z'), endsAt: new Date('2027-03-28T02:15Z') })
    expect(minutesBetween(new Date('2027-03-27T21:00Z'), new Date('2027-03-28T04:00Z'), 'Europe/Berlin')).toBe(480)
    expect(minutesBetween(new Date('2026-10-25T00:50Z'), new Date('2026-10-25T01:10Z'), 'Europe/Berlin')).toBe(20)
  })
})

describe('what rules give', () => {
  test.each<[rule: string, start: string, dates: string[]]>([
    ['FREQ=MONTHLY', '2027-01-31T18:00', ['2027-01-31', '2027-03-31', '2027-05-31', '2027-07-31']],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', '2027-01-31T18:00', ['2027-01-31', '2027-02-28', '2027-03-31', '2027-04-30']],
    ['FREQ=MONTHLY;BYDAY=-1FR', '2027-01-29T18:00', ['2027-01-29', '2027-02-26', '2027-03-26', '2027-04-30']],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1', '2027-01-01T18:00', ['2027-01-01', '2027-02-01', '2027-03-01', '2027-04-01']],
    ['FREQ=YEARLY', '2028-02-29T18:00', ['2028-02-29', '2032-02-29', '2036-02-29', '2040-02-29']],
    ['FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO', '2027-01-04T18:00', ['2027-01-04', '2028-01-03', '2029-01-01', '2029-12-31']],
    ['FREQ=YEARLY;BYMONTHDAY=15', '2027-05-15T18:00', ['2027-05-15', '2027-06-15', '2027-07-15', '2027-08-15']],
    ['FREQ=YEARLY;BYDAY=20MO', '1997-05-19T09:00', ['1997-05-19', '1998-05-18', '1999-05-17', '2000-05-15']],
    ['FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=TU,SU', '1997-08-05T09:00', ['1997-08-05', '1997-08-10', '1997-08-19', '1997-08-24']],
    ['FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,SU', '1997-08-05T09:00', ['1997-08-05', '1997-08-17', '1997-08-19', '1997-08-31']],
    ['FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8', '1996-11-05T09:00', ['1996-11-05', '2000-11-07', '2004-11-02', '2008-11-04']],
    ['FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13', '1998-02-13T09:00', ['1998-02-13', '1998-03-13', '1998-11-13', '1999-08-13']],
    ['FREQ=DAILY;UNTIL=20270103', '2027-01-01T18:00', ['2027-01-01', '2027-01-02', '2027-01-03']],
    ['FREQ=DAILY;UNTIL=20270103T180000', '2027-01-01T18:00', ['2027-01-01', '2027-01-02', '2027-01-03']],
    ['FREQ=DAILY;UNTIL=20270103T175959', '2027-01-01T18:00', ['2027-01-01', '2027-01-02']],
    ['FREQ=DAILY;COUNT=2', '2027-01-01T18:00', ['2027-01-01', '2027-01-02']],
  ])('%s from %s', (rule, start, expected) => {
    expect(dates(rule, start, 4).map((date) => date.slice(0, 10))).toEqual(expected)
  }) // prettier-ignore

  test('an UNTIL in UTC is what the clocks of the zone show then', () => {
    // 18:00 in Berlin is 17:00 UTC in winter.
    expect(dates('FREQ=DAILY;UNTIL=20270103T170000Z', '2027-01-01T18:00', 9, 'Europe/Berlin')).toHaveLength(3)
    expect(dates('FREQ=DAILY;UNTIL=20270103T165959Z', '2027-01-01T18:00', 9, 'Europe/Berlin')).toHaveLength(2)
  })

  // ical.js reads these kinds as RFC 5545 has them. Of the others it gives BYWEEKNO and the n-th weekday of a year wrongly.
  test('another implementation gives the same', () => {
    let seed = 42
    const below = (most: number) => (seed = (seed * 48_271) % 2_147_483_647) % most
    const pick = (words: readonly (string | number)[]) => words[below(words.length)]!
    const some = (most: number, one: () => string | number) =>
      [...new Set(Array.from({ length: 1 + below(most) }, one))].join(',')
    const days = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
    const kinds = [
      () => `FREQ=WEEKLY;INTERVAL=${1 + below(3)};BYDAY=${some(3, () => pick(days))};WKST=${pick(['MO', 'SU'])}`,
      () => `FREQ=DAILY;INTERVAL=${1 + below(5)};BYDAY=${some(4, () => pick(days))}`,
      () => `FREQ=DAILY;BYMONTH=${some(3, () => 1 + below(12))}`,
      () => `FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0,30`,
      () => `FREQ=MONTHLY;BYMONTHDAY=${some(3, () => pick([1, 15, 28, 29, 30, 31, -1, -2]))}`,
      () => `FREQ=MONTHLY;INTERVAL=${1 + below(4)};BYDAY=${pick([1, 2, 3, 4, 5, -1, -2])}${pick(days)}`,
      () => `FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=${pick([1, -1, 2])}`,
      () => `FREQ=YEARLY;INTERVAL=${1 + below(3)}`,
      () => `FREQ=YEARLY;BYMONTH=${some(2, () => 1 + below(12))};BYDAY=${pick([1, 2, 3, 4, -1])}${pick(days)}`,
      () => `FREQ=HOURLY;INTERVAL=${1 + below(30)}`,
    ]
    for (let round = 0; round < 400; round++) {
      const text = kinds[round % kinds.length]!()
      const rule = readRule(text, 'UTC')
      const [start] = first(rule, wall(`2027-0${1 + below(9)}-${10 + below(18)}T19:30`), 1)
      const dtstart = ICAL.Time.fromDateTimeString(isoOf(start!))
      const theirs = new ICAL.RecurIterator({ rule: ICAL.Recur.fromString(text), dtstart })
      const expected = Array.from({ length: 20 }, () => theirs.next()?.toString())
      expect(first(rule, start!, 20).map(isoOf), `${text} from ${isoOf(start!)}`).toEqual(expected)
      expect(inOneSpelling(readRule(inOneSpelling(rule, start!), 'UTC'), start!)).toBe(inOneSpelling(rule, start!))
    }
  })
})

describe('rules that are not taken', () => {
  const LONG = `FREQ=WEEKLY;BYDAY=${Array.from({ length: 4_000 }, () => 'MO').join(',')}`
  test.each([
    ['', /parts like/],
    ['FREQ', /parts like/],
    ['hello', /parts like/],
    ['FREQ=WEEKLY;;BYDAY=MO', /parts like/],
    ['INTERVAL=2', /FREQ is missing/],
    ['FREQ=SECONDLY', /HOURLY/],
    ['FREQ=MINUTELY;INTERVAL=10', /HOURLY/],
    ['FREQ=FORTNIGHTLY', /YEARLY, MONTHLY/],
    ['FREQ=DAILY;FREQ=WEEKLY', /twice/],
    ['FREQ=DAILY;BYSECOND=0', /BYSECOND/],
    ['FREQ=DAILY;BYEASTER=0', /no part/],
    ['FREQ=DAILY;__PROTO__=1', /no part/],
    ['FREQ=DAILY;INTERVAL=0', /INTERVAL/],
    ['FREQ=DAILY;INTERVAL=-1', /INTERVAL/],
    ['FREQ=DAILY;INTERVAL=99999999999999999999', /INTERVAL/],
    ['FREQ=DAILY;COUNT=0', /COUNT/],
    ['FREQ=DAILY;COUNT=1001', /1000 occurrences/],
    ['FREQ=DAILY;COUNT=1000000000', /1000 occurrences/],
    ['FREQ=DAILY;COUNT=1e3', /COUNT/],
    ['FREQ=DAILY;COUNT=3;UNTIL=20280101', /not both/],
    ['FREQ=DAILY;UNTIL=20270230', /UNTIL/],
    ['FREQ=DAILY;UNTIL=tomorrow', /UNTIL/],
    ['FREQ=MONTHLY;BYMONTHDAY=0', /BYMONTHDAY/],
    ['FREQ=MONTHLY;BYMONTHDAY=32', /BYMONTHDAY/],
    ['FREQ=YEARLY;BYMONTH=-1', /BYMONTH/],
    ['FREQ=DAILY;BYHOUR=24', /BYHOUR/],
    ['FREQ=WEEKLY;BYDAY=XX', /BYDAY/],
    ['FREQ=WEEKLY;BYDAY=1MO', /month or a year/],
    ['FREQ=MONTHLY;BYDAY=6MO', /six times/],
    ['FREQ=WEEKLY;BYMONTHDAY=1', /BYMONTHDAY/],
    ['FREQ=MONTHLY;BYWEEKNO=3', /BYWEEKNO/],
    ['FREQ=DAILY;BYYEARDAY=3', /BYYEARDAY/],
    ['FREQ=DAILY;BYSETPOS=1', /BYSETPOS/],
    [LONG, /500 characters/],
  ])('%.40s', (text, words) => {
    expect(() => readRule(text, 'UTC')).toThrow(BadRule)
    expect(() => readRule(text, 'UTC')).toThrow(words)
  })

  test.each([
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', /has to be one/],
    ['FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31;BYDAY=MO', /has to be one/],
    ['FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31;BYMONTH=2', /has to be one/],
    ['FREQ=HOURLY;INTERVAL=2;BYHOUR=9;BYMONTH=6', /has to be one/],
    ['FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=31', /has to be one/],
    ['FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6', /has to be one/],
    ['FREQ=MONTHLY;BYDAY=MO;BYSETPOS=366', /has to be one/],
    ['FREQ=WEEKLY;BYDAY=TU', /has to be one/],
    ['FREQ=DAILY;UNTIL=20260101', /ends before/],
    ['FREQ=DAILY;UNTIL=99991231', /100 years/],
    ['FREQ=DAILY;UNTIL=20400101', /more than 1000/],
    ['FREQ=HOURLY', /more than 1000/],
    [`FREQ=DAILY;BYHOUR=${Array.from({ length: 24 }, (_, n) => n).join(',')}`, /more than 1000/],
  ])('%s is seen through at once', (text, words) => {
    const start = wall('2027-01-04T08:00') // a Monday
    faultOf(readRule(text, 'UTC'), start, start + 180 * DAY) // once before, as a running server has
    const begun = performance.now()
    expect(faultOf(readRule(text, 'UTC'), start, start + 180 * DAY)).toMatch(words)
    expect(performance.now() - begun).toBeLessThan(2_000) // milliseconds; alone it takes 50, and this is no stopwatch
  })

  const upTo = (most: number, from = 0) => Array.from({ length: most - from }, (_, n) => n + from).join(',')
  const everyMinute = `BYHOUR=${upTo(24)};BYMINUTE=${upTo(60)}`
  test.each([
    [`FREQ=YEARLY;BYMONTHDAY=${upTo(32, 1)};${everyMinute};BYSETPOS=1;UNTIL=21260101`, null, 100],
    [`FREQ=YEARLY;BYMONTHDAY=${upTo(32, 1)};${everyMinute};BYSETPOS=1,-1;COUNT=150`, null, 150],
    [`FREQ=DAILY;${everyMinute};BYSETPOS=1;INTERVAL=100;COUNT=200`, null, 200],
    [`FREQ=HOURLY;BYMINUTE=${upTo(60)};BYSETPOS=61,62,63,64,65,66,67,68,69,70,71,72,73,366,-366`, /has to be one/, 0],
    [`FREQ=YEARLY;BYMONTHDAY=${upTo(32, 1)};${everyMinute}`, /more than 1000/, null],
  ])('of many times in a period none is made but those that are chosen: %.40s… %#', (text, words, count) => {
    const start = wall('2027-01-01T00:00')
    const rule = readRule(text, 'UTC')
    const begun = performance.now()
    expect(faultOf(rule, start, start + 180 * DAY)).toEqual(words && expect.stringMatching(words))
    if (count !== null) expect([...occurrences(rule, start)]).toHaveLength(count)
    expect(performance.now() - begun).toBeLessThan(2_000)
  })

  test('a rule that gives hardly anything ends', () => {
    const begun = performance.now()
    expect([...occurrences(readRule('FREQ=YEARLY;INTERVAL=9999', 'UTC'), wall('2027-01-04T08:00'))]).toHaveLength(1)
    expect([...occurrences(readRule('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=TU', 'UTC'), wall('2028-02-29T08:00'))]).toHaveLength(4)
    expect(performance.now() - begun).toBeLessThan(2_000)
  }) // prettier-ignore
})

test.each([
  ['rrule:freq=weekly;wkst=mo;byday=fr,mo,mo;interval=1', '2027-01-04T19:00', 'FREQ=WEEKLY;BYDAY=MO,FR'],
  ['FREQ=WEEKLY;BYDAY=MO', '2027-01-04T19:00', 'FREQ=WEEKLY'],
  ['FREQ=WEEKLY;INTERVAL=2;WKST=SU;COUNT=4', '2027-01-04T19:00', 'FREQ=WEEKLY;INTERVAL=2;COUNT=4;WKST=SU'],
  ['FREQ=MONTHLY;BYMONTHDAY=4', '2027-01-04T19:00', 'FREQ=MONTHLY'],
  ['FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=4', '2027-01-04T19:00', 'FREQ=YEARLY'],
  ['FREQ=MONTHLY;BYDAY=+1MO', '2027-01-04T19:00', 'FREQ=MONTHLY;BYDAY=1MO'],
  ['FREQ=DAILY;UNTIL=20270110', '2027-01-04T19:00', 'FREQ=DAILY;UNTIL=20270110T235959'],
])('%s is kept as one spelling', (text, start, kept) => {
  expect(inOneSpelling(readRule(text, 'UTC'), wall(start))).toBe(kept)
})

test.each([
  ['FREQ=WEEKLY', 'Every week on Monday'],
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR;COUNT=10', 'Every two weeks on Monday, Wednesday and Friday, 10 times'],
  ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'Every week from Monday to Friday'],
  ['FREQ=DAILY;UNTIL=20270301', 'Every day, until 1 March 2027'],
  ['FREQ=DAILY;BYDAY=SA,SU', 'Every day that is a Saturday or Sunday'],
  ['FREQ=MONTHLY', 'Every month on the 4th'],
  ['FREQ=MONTHLY;BYMONTHDAY=-1', 'Every month on the last day'],
  ['FREQ=MONTHLY;BYDAY=1MO', 'Every month on the first Monday'],
  ['FREQ=YEARLY', 'Every year on 4 January'],
  ['FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU', 'Every year on the last Sunday of March'],
  ['FREQ=YEARLY;BYWEEKNO=1', null],
])('%s is said as %s', (text, words) => {
  expect(sentenceOf(readRule(text, 'UTC'), wall('2027-01-04T19:00'))).toBe(words)
})
