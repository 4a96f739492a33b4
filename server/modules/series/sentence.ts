import type { Rule, Weekday } from './rule.ts'
import type { Wall } from './wall-clock.ts'

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
const NTH: Record<number, string> = { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', 5: 'fifth', [-1]: 'last' }
const UNITS = { YEARLY: 'year', MONTHLY: 'month', WEEKLY: 'week', DAILY: 'day', HOURLY: 'hour' }

/** A common rule in plain English, like “Every two weeks on Monday and Friday, 10 times”; null where that would be a riddle. */
export function sentenceOf(rule: Rule, start: Wall): string | null {
  const { freq, interval, count, until } = rule
  if ([rule.byWeekNo, rule.byYearDay, rule.byHour, rule.byMinute, rule.bySetPos].some((part) => part.length > 0))
    return null
  const on = onWhat(rule, new Date(start))
  if (on === null) return null
  const every = interval === 1 ? `Every ${UNITS[freq]}` : `Every ${spelled(interval)} ${UNITS[freq]}s`
  const end =
    count === 1 ? ', once' : count !== null ? `, ${count} times` : until !== null ? `, until ${dateOf(until)}` : ''
  return `${every}${on}${end}`
}

function onWhat({ freq, byMonth, byMonthDay, byDay }: Rule, start: Date): string | null {
  const monthDay = `${start.getUTCDate()} ${MONTHS[start.getUTCMonth()]}`
  switch (freq) {
    case 'HOURLY':
      return byMonth.length + byMonthDay.length + byDay.length === 0 ? '' : null
    case 'DAILY':
      if (byMonth.length + byMonthDay.length > 0) return null
      return byDay.length === 0
        ? ''
        : ` that is a ${together(
            byDay.map(({ day }) => DAYS[day]!),
            'or',
          )}`
    case 'WEEKLY':
      if (byMonth.length > 0) return null
      if (byDay.map(({ day }) => day).join('') === '01234') return ' from Monday to Friday'
      return ` on ${together(byDay.length ? byDay.map(({ day }) => DAYS[day]!) : [weekdayOf(start)])}`
    case 'MONTHLY':
      if (byMonth.length > 0 || (byMonthDay.length > 0 && byDay.length > 0)) return null
      if (byDay.length > 0) return each(byDay, '')
      return ` on the ${together((byMonthDay.length ? byMonthDay : [start.getUTCDate()]).map(ordinal))}`
    case 'YEARLY':
      if (byMonth.length + byMonthDay.length + byDay.length === 0) return ` on ${monthDay}`
      if (byMonth.length !== 1 || (byMonthDay.length > 0 && byDay.length > 0)) return null
      if (byDay.length > 0) return each(byDay, ` of ${MONTHS[byMonth[0]! - 1]}`)
      if (byMonthDay.length > 1 || (byMonthDay[0] ?? 1) < 0) return null
      return ` on ${byMonthDay[0] ?? start.getUTCDate()} ${MONTHS[byMonth[0]! - 1]}`
  }
}

function each(byDay: Weekday[], of: string): string | null {
  if (byDay.some(({ nth }) => NTH[nth] === undefined)) return null
  return ` on the ${together(byDay.map(({ nth, day }) => `${NTH[nth]} ${DAYS[day]}`))}${of}`
}

function ordinal(day: number): string {
  if (day === -1) return 'last day'
  if (day < 0) return `${ordinal(-day)} day from the end`
  const ending = day % 100 > 10 && day % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th')
  return `${day}${ending}`
}

function weekdayOf(start: Date): string {
  return DAYS[(start.getUTCDay() + 6) % 7]!
}

function dateOf(wall: Wall): string {
  const at = new Date(wall)
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`
}

function spelled(number: number): string {
  return ['two', 'three', 'four', 'five', 'six'][number - 2] ?? String(number)
}

function together(words: string[], and = 'and'): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${and} ${words.at(-1)}`
}
