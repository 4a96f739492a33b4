import { isoOf, wallOfText, wallAt, type Wall } from './wall-clock.ts'

/** A recurrence rule of RFC 5545, read and checked; nothing in it is meant for an instant, all for a wall clock. */
export type Rule = {
  freq: Frequency
  interval: number
  count: number | null
  /** The last wall time that may still be an occurrence. */
  until: Wall | null
  byMonth: number[]
  byWeekNo: number[]
  byYearDay: number[]
  byMonthDay: number[]
  byDay: Weekday[]
  byHour: number[]
  byMinute: number[]
  bySetPos: number[]
  /** 0 is Monday. */
  weekStart: number
}

export type Frequency = 'YEARLY' | 'MONTHLY' | 'WEEKLY' | 'DAILY' | 'HOURLY'
/** `nth` 0: each of them; -1: the last. */
export type Weekday = { nth: number; day: number }

/** As many occurrences as a series may have. */
export const MOST = 1_000
const LONGEST = 500
const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const FREQUENCIES: readonly string[] = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY']

/** Why a rule cannot be taken, in words for who wrote it. */
export class BadRule extends Error {}

type Numbers = { part: string; most: number; zero?: true; negative?: true }
const NUMBERS: Record<string, Numbers> = {
  byMonth: { part: 'BYMONTH', most: 12 },
  byWeekNo: { part: 'BYWEEKNO', most: 53, negative: true },
  byYearDay: { part: 'BYYEARDAY', most: 366, negative: true },
  byMonthDay: { part: 'BYMONTHDAY', most: 31, negative: true },
  byHour: { part: 'BYHOUR', most: 23, zero: true },
  byMinute: { part: 'BYMINUTE', most: 59, zero: true },
  bySetPos: { part: 'BYSETPOS', most: 366, negative: true },
}
const KNOWN = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'BYDAY', 'WKST', ...Object.values(NUMBERS).map(({ part }) => part)]

/** Reads a rule. `zone` says what an UNTIL in UTC means on the wall. Throws BadRule for what is not one, or not one of ours. */
export function readRule(text: string, zone: string): Rule {
  if (text.length > LONGEST) throw new BadRule(`A rule has ${LONGEST} characters at most.`)
  const parts = new Map<string, string>()
  for (const written of text
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, '')
    .replace(/;$/, '')
    .split(';')) {
    const [name = '', value = '', ...more] = written.split('=')
    if (!value || more.length > 0) throw new BadRule('A rule is parts like FREQ=WEEKLY;BYDAY=MO, with ; between them.')
    if (name === 'BYSECOND') throw new BadRule('BYSECOND: nothing here happens by the second.')
    if (!KNOWN.includes(name)) throw new BadRule(`${name.slice(0, 20)} is no part of a recurrence rule.`)
    if (parts.has(name)) throw new BadRule(`${name} is there twice.`)
    parts.set(name, value)
  }
  const freq = parts.get('FREQ')
  if (freq === undefined) throw new BadRule('FREQ is missing, like FREQ=WEEKLY.')
  if (freq === 'SECONDLY' || freq === 'MINUTELY') throw new BadRule(`FREQ=${freq}: HOURLY is the most often there is.`)
  if (!FREQUENCIES.includes(freq)) throw new BadRule('FREQ is YEARLY, MONTHLY, WEEKLY, DAILY or HOURLY.')
  const numbers = Object.fromEntries(
    Object.entries(NUMBERS).map(([field, kind]) => [field, numbersOf(kind, parts.get(kind.part))]),
  ) as Pick<Rule, 'byMonth' | 'byWeekNo' | 'byYearDay' | 'byMonthDay' | 'byHour' | 'byMinute' | 'bySetPos'>
  const rule: Rule = {
    ...numbers,
    freq: freq as Frequency,
    interval: wholeOf('INTERVAL', parts.get('INTERVAL'), 9_999) ?? 1,
    count: countOf(parts.get('COUNT')),
    until: untilOf(parts.get('UNTIL'), zone),
    byDay: weekdaysOf(parts.get('BYDAY')),
    weekStart: dayOf('WKST', parts.get('WKST') ?? 'MO'),
  }
  checkTogether(rule)
  return rule
}

/** The one spelling of a rule that we keep and compare. */
export function writeRule(rule: Rule): string {
  const numbers = Object.entries(NUMBERS).map(([field, { part }]): [string, string] => [
    part,
    (rule[field as keyof Rule] as number[]).join(','),
  ])
  const lists = Object.fromEntries(numbers)
  const weeksMatter = (rule.freq === 'WEEKLY' && rule.interval > 1) || rule.byWeekNo.length > 0
  const parts: [string, string | number | null][] = [
    ['FREQ', rule.freq],
    ['INTERVAL', rule.interval === 1 ? null : rule.interval],
    ['COUNT', rule.count],
    ['UNTIL', rule.until === null ? null : isoOf(rule.until).replace(/[-:]/g, '')],
    ...['BYMONTH', 'BYWEEKNO', 'BYYEARDAY', 'BYMONTHDAY'].map((part): [string, string] => [part, lists[part] ?? '']),
    ['BYDAY', rule.byDay.map(({ nth, day }) => `${nth || ''}${DAYS[day]}`).join(',')],
    ...['BYHOUR', 'BYMINUTE', 'BYSETPOS'].map((part): [string, string] => [part, lists[part] ?? '']),
    ['WKST', weeksMatter && rule.weekStart !== 0 ? DAYS[rule.weekStart]! : null],
  ]
  return parts.flatMap(([name, value]) => (value === null || value === '' ? [] : [`${name}=${value}`])).join(';')
}

/**
 * The same for a series that starts then: without the day that the start says already, so that a series which is moved to
 * another day keeps its rule.
 */
export function inOneSpelling(rule: Rule, start: Wall): string {
  const at = new Date(start)
  const isDayOf = (days: number[]) => days.length === 1 && days[0] === at.getUTCDate()
  const [only] = rule.byDay
  const plain = { ...rule }
  if (rule.freq === 'WEEKLY' && rule.byDay.length === 1 && only!.day === (at.getUTCDay() + 6) % 7) plain.byDay = []
  if (rule.freq === 'MONTHLY' && rule.byDay.length === 0 && isDayOf(rule.byMonthDay)) plain.byMonthDay = []
  const isMonthOf = rule.byMonth.length === 1 && rule.byMonth[0] === at.getUTCMonth() + 1
  const saysNoOther = rule.byDay.length + rule.byWeekNo.length + rule.byYearDay.length === 0
  if (rule.freq === 'YEARLY' && saysNoOther && isMonthOf && (isDayOf(rule.byMonthDay) || rule.byMonthDay.length === 0))
    Object.assign(plain, { byMonth: [], byMonthDay: [] })
  return writeRule(rule.bySetPos.length > 0 ? rule : plain)
}

/** What goes together, by the table of RFC 5545, 3.3.10. */
function checkTogether(rule: Rule): void {
  const { freq } = rule
  if (rule.count !== null && rule.until !== null) throw new BadRule('COUNT or UNTIL, not both.')
  if (rule.byWeekNo.length > 0 && freq !== 'YEARLY') throw new BadRule('BYWEEKNO goes with FREQ=YEARLY alone.')
  if (rule.byYearDay.length > 0 && ['MONTHLY', 'WEEKLY', 'DAILY'].includes(freq))
    throw new BadRule(`BYYEARDAY does not go with FREQ=${freq}.`)
  if (rule.byMonthDay.length > 0 && freq === 'WEEKLY') throw new BadRule('BYMONTHDAY does not go with FREQ=WEEKLY.')
  if (rule.byDay.some(({ nth }) => nth !== 0)) {
    if (freq !== 'MONTHLY' && freq !== 'YEARLY')
      throw new BadRule(`The first or last weekday is one of a month or a year, not with FREQ=${freq}.`)
    if (rule.byWeekNo.length > 0) throw new BadRule('With BYWEEKNO, BYDAY has no numbers.')
    if (freq === 'MONTHLY' && rule.byDay.some(({ nth }) => Math.abs(nth) > 5))
      throw new BadRule('A month has no weekday six times.')
  }
  const sets = [rule.byMonth, rule.byWeekNo, rule.byYearDay, rule.byMonthDay, rule.byDay, rule.byHour, rule.byMinute]
  if (rule.bySetPos.length > 0 && sets.every((set) => set.length === 0))
    throw new BadRule('BYSETPOS chooses among what other BY parts give: there are none.')
}

function numbersOf({ part, most, zero, negative }: Numbers, text: string | undefined): number[] {
  if (text === undefined) return []
  const found = text.split(',').map((each) => {
    const number = /^[+-]?\d{1,3}$/.test(each) ? Number(each) : NaN
    const size = Math.abs(number)
    if (!(size <= most && size >= (zero ? 0 : 1)) || (!negative && (number < 0 || Object.is(number, -0))))
      throw new BadRule(`${part} has numbers from ${zero ? 0 : 1} to ${most}${negative ? ', or -1 and down' : ''}.`)
    return number
  })
  return [...new Set(found)].sort((a, b) => a - b)
}

function wholeOf(part: string, text: string | undefined, most: number): number | null {
  if (text === undefined) return null
  const number = /^\d{1,9}$/.test(text) ? Number(text) : NaN
  if (!(number >= 1 && number <= most)) throw new BadRule(`${part} is a whole number from 1 to ${most}.`)
  return number
}

function countOf(text: string | undefined): number | null {
  if (text !== undefined && /^\d+$/.test(text) && Number(text) > MOST)
    throw new BadRule(`COUNT: a series has ${MOST} occurrences at most.`)
  return wholeOf('COUNT', text, MOST)
}

function weekdaysOf(text: string | undefined): Weekday[] {
  if (text === undefined) return []
  const found = text.split(',').map((each): Weekday => {
    const [, nth = '', day = ''] = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(each) ?? []
    const number = Number(nth)
    if (Math.abs(number) > 53 || (nth !== '' && number === 0)) throw new BadRule('BYDAY has days like MO, 2TU or -1FR.')
    return { nth: number, day: dayOf('BYDAY', day) }
  })
  const unique = new Map(found.map((each) => [`${each.nth} ${each.day}`, each]))
  return [...unique.values()].sort((a, b) => a.nth - b.nth || a.day - b.day)
}

function dayOf(part: string, text: string): number {
  const day = DAYS.indexOf(text)
  if (day < 0) throw new BadRule(`${part} has days like MO, TU, WE, TH, FR, SA, SU.`)
  return day
}

/** A date is the whole of that day; a moment in UTC is what the clocks of the zone show then. */
function untilOf(text: string | undefined, zone: string): Wall | null {
  if (text === undefined) return null
  const [, y, mo, d, time, h = '23', mi = '59', s = '59', utc] =
    /^(\d{4})(\d\d)(\d\d)(T(\d\d)(\d\d)(\d\d)(Z)?)?$/.exec(text) ?? []
  const wall = y === undefined ? undefined : wallOfText(`${y}-${mo}-${d}T${h}:${mi}:${s}`)
  if (wall === undefined) throw new BadRule('UNTIL is a date like 20271231, or a time like 20271231T180000Z.')
  return time && utc ? wallAt(new Date(wall), zone) : wall
}
