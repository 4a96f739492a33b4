import { MOST, type Rule } from './rule.ts'
import { DAY, instantOf, isoOf, type Wall } from './wall-clock.ts'

/*
 * What a rule gives, on the wall clock. Period by period (years, months, weeks, days or hours, as FREQ says) the days are
 * held against the BY parts, one after the other; so the work has a bound whatever the rule says, also for one that
 * never gives anything: a hundred years are some 36,500 days, and no further is looked.
 */

const YEARS = 100
const HOUR = DAY / 24

/** The occurrences in their order, the first of them `start`, if it is one. Ends with COUNT, UNTIL or a hundred years. */
export function* occurrences(rule: Rule, start: Wall): Generator<Wall> {
  const full = withDefaults(rule, start)
  const end = Math.min(rule.until ?? Infinity, start + YEARS * 365.25 * DAY)
  let given = 0
  for (const set of periods(full, start, end)) {
    for (const wall of chosen(full, set)) {
      if (wall < start) continue
      if (wall > end) return
      yield wall
      if (++given === rule.count) return
    }
  }
}

/** As many of the first as there are, or `most`. */
export function first(rule: Rule, start: Wall, most: number): Wall[] {
  const found: Wall[] = []
  for (const wall of occurrences(rule, start)) if (found.push(wall) >= most) break
  return found
}

/** Those up to and with this wall time. */
export function through(rule: Rule, start: Wall, last: Wall): Wall[] {
  const found: Wall[] = []
  for (const wall of occurrences(rule, start)) {
    if (wall > last) break
    found.push(wall)
  }
  return found
}

/** Why the rule is not one for a series that starts then, or null. `until`: how far an endless one is looked at. */
export function faultOf(rule: Rule, start: Wall, until: Wall): string | null {
  if (rule.until !== null && rule.until < start) return 'The rule ends before the series starts.'
  if (rule.until !== null && rule.until > start + YEARS * 365 * DAY) return `UNTIL is ${YEARS} years ahead at most.`
  if (first(rule, start, 1)[0] !== start)
    return `The start has to be one of the rule’s times, and ${isoOf(start).replace('T', ', ').slice(0, -3)} is none.`
  let given = 0
  for (const wall of occurrences(rule, start)) {
    if (rule.until === null && rule.count === null && wall > until) break
    if (++given > MOST) return `The rule gives more than ${MOST} occurrences.`
  }
  return null
}

/**
 * With the instants of its zone, those from about `after` on; where clocks that leap make two one, it is there once.
 */
export function* withInstants(
  walls: Iterable<Wall>,
  zone: string,
  after = new Date(-8.64e15),
): Generator<{ wall: Wall; startsAt: Date }> {
  const given = new Set<number>() // a leap sets times back, so that the same one need not be the next
  for (const wall of walls) {
    if (wall < after.getTime() - 2 * DAY) continue // no zone is that far from UTC
    const startsAt = instantOf(wall, zone)
    const at = startsAt.getTime()
    if (!given.has(at)) yield { wall, startsAt }
    given.add(at)
  }
}

/** What the rule does not say of the day is that of the start. */
function withDefaults(rule: Rule, start: Wall): Rule {
  const at = new Date(start)
  const { freq, byMonth, byWeekNo, byYearDay, byMonthDay, byDay, byHour, byMinute } = rule
  const saysDay = byMonthDay.length + byDay.length + byYearDay.length + byWeekNo.length > 0
  const weekly =
    !byDay.length && (freq === 'WEEKLY' || (byWeekNo.length > 0 && !byYearDay.length && !byMonthDay.length))
  const monthly = !saysDay && (freq === 'MONTHLY' || freq === 'YEARLY')
  return {
    ...rule,
    byMonth: freq === 'YEARLY' && !saysDay && !byMonth.length ? [at.getUTCMonth() + 1] : byMonth,
    byMonthDay: monthly ? [at.getUTCDate()] : byMonthDay,
    byDay: weekly ? [{ nth: 0, day: weekdayOf(start / DAY) }] : byDay,
    byHour: freq === 'HOURLY' || byHour.length ? byHour : [at.getUTCHours()],
    byMinute: byMinute.length ? byMinute : [at.getUTCMinutes()],
  }
}

/**
 * What a period gives: each of the bases, which are days or an hour, at each of the times. Never multiplied out, for a
 * year may have half a million, of which BYSETPOS wants one.
 */
type Given = { bases: Wall[]; times: number[] }

/** What each period gives, in order; periods that a rule skips by INTERVAL cost nothing. */
function* periods(rule: Rule, start: Wall, end: Wall): Generator<Given> {
  const at = new Date(start)
  const seconds = at.getUTCSeconds() * 1_000
  const [year, month, today] = [at.getUTCFullYear(), at.getUTCMonth(), Math.floor(start / DAY)]
  const times = rule.byHour.flatMap((hour) => rule.byMinute.map((minute) => hour * HOUR + minute * 60_000 + seconds))
  const lastDay = Math.floor(end / DAY)
  if (rule.freq === 'HOURLY') yield* hours(rule, start, lastDay, seconds)
  for (let n = 0; rule.freq !== 'HOURLY'; n += rule.interval) {
    const [from, to] =
      rule.freq === 'YEARLY'
        ? [dayNumber(year + n, 0), dayNumber(year + n + 1, 0)]
        : rule.freq === 'MONTHLY'
          ? [dayNumber(year, month + n), dayNumber(year, month + n + 1)]
          : rule.freq === 'WEEKLY'
            ? [weekStartOf(rule, today) + n * 7, weekStartOf(rule, today) + n * 7 + 7]
            : [today + n, today + n + 1]
    if (from > lastDay) return
    yield { bases: daysOf(rule, from, to).map((day) => day * DAY), times }
  }
}

/** The same for hours, a day that has none of them at a time. */
function* hours(rule: Rule, start: Wall, lastDay: number, seconds: number): Generator<Given> {
  const firstHour = Math.floor(start / HOUR)
  const times = rule.byMinute.map((minute) => minute * 60_000 + seconds)
  // Every hour gives as many, so a place that none has is looked for in none.
  if (rule.bySetPos.length > 0 && rule.bySetPos.every((position) => Math.abs(position) > times.length)) return
  for (let hour = firstHour; ;) {
    const day = Math.floor(hour / 24)
    if (day > lastDay) return
    if (daysOf(rule, day, day + 1).length === 0) {
      hour += Math.ceil(((day + 1) * 24 - hour) / rule.interval) * rule.interval
      continue
    }
    for (; hour < (day + 1) * 24; hour += rule.interval)
      if (rule.byHour.length === 0 || rule.byHour.includes(hour % 24)) yield { bases: [hour * HOUR], times }
  }
}

function* chosen({ bySetPos }: Rule, { bases, times }: Given): Generator<Wall> {
  if (bySetPos.length === 0) {
    for (const base of bases) for (const time of times) yield base + time
    return
  }
  const size = bases.length * times.length
  const places = bySetPos.map((position) => (position > 0 ? position - 1 : size + position))
  const there = [...new Set(places)].filter((place) => place >= 0 && place < size).sort((a, b) => a - b)
  for (const place of there) yield bases[Math.floor(place / times.length)]! + times[place % times.length]!
}

/** The days from one up to the other that the BY parts let through, as days since 1970. */
function daysOf(rule: Rule, from: number, to: number): number[] {
  const found: number[] = []
  for (let day = from; day < to; day++) {
    const at = new Date(day * DAY)
    const month = at.getUTCMonth()
    const year = at.getUTCFullYear()
    if (rule.byMonth.length && !rule.byMonth.includes(month + 1)) {
      day = dayNumber(year, month + 1) - 1 // on to the next month
      continue
    }
    const monthStart = dayNumber(year, month)
    if (rule.byMonthDay.length && !isNth(rule.byMonthDay, day - monthStart, dayNumber(year, month + 1) - monthStart))
      continue
    const yearStart = dayNumber(year, 0)
    if (rule.byYearDay.length && !isNth(rule.byYearDay, day - yearStart, dayNumber(year + 1, 0) - yearStart)) continue
    if (rule.byWeekNo.length && !isInWeek(rule, day)) continue
    if (rule.byDay.length && !isWeekday(rule, day, at)) continue
    found.push(day)
  }
  return found
}

function isWeekday(rule: Rule, day: number, at: Date): boolean {
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()]
  // Of a year only where no month is named: the second Monday of BYMONTH is one of that month.
  const ofYear = rule.freq === 'YEARLY' && rule.byMonth.length === 0
  const [from, to] = ofYear
    ? [dayNumber(year, 0), dayNumber(year + 1, 0)]
    : [dayNumber(year, month), dayNumber(year, month + 1)]
  return rule.byDay.some(
    (each) =>
      each.day === weekdayOf(day) &&
      (each.nth === 0 ||
        each.nth === Math.floor((day - from) / 7) + 1 ||
        -each.nth === Math.floor((to - 1 - day) / 7) + 1),
  )
}

/** Weeks of a year as ISO 8601 counts them, but from the rule's first day of the week. */
function isInWeek(rule: Rule, day: number): boolean {
  const monday = weekStartOf(rule, day)
  const year = new Date((monday + 3) * DAY).getUTCFullYear() // the year that has most of the week
  const firstWeek = weekStartOf(rule, dayNumber(year, 0) + 3)
  const weeks = (weekStartOf(rule, dayNumber(year + 1, 0) + 3) - firstWeek) / 7
  return isNth(rule.byWeekNo, (monday - firstWeek) / 7, weeks)
}

/** Whether what stands at `index` of so many is one of these, counted from 1, or from the end with -1. */
function isNth(numbers: number[], index: number, of: number): boolean {
  return numbers.includes(index + 1) || numbers.includes(index - of)
}

function dayNumber(year: number, month: number): number {
  return Date.UTC(year, month, 1) / DAY
}

function weekdayOf(day: number): number {
  return (((Math.floor(day) + 3) % 7) + 7) % 7 // 1970 began on a Thursday
}

function weekStartOf({ weekStart }: Rule, day: number): number {
  return day - ((weekdayOf(day) - weekStart + 7) % 7)
}
