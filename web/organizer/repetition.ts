/** How an event repeats, as a form has it. The server judges; `own` is a rule in its own words. */
export type Repetition = {
  kind: 'never' | 'daily' | 'weekly' | 'monthly' | 'monthly-weekday' | 'yearly' | 'own'
  every: number
  /** 0 is Monday; of `weekly`, besides the day of the start. */
  days: number[]
  ends: 'never' | 'on' | 'after'
  until: string
  count: number
  rule: string
}

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
export const DAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const NTH = ['first', 'second', 'third', 'fourth', 'last']
const MONTHS = 'January February March April May June July August September October November December'.split(' ')

export const NEVER: Repetition = { kind: 'never', every: 1, days: [], ends: 'never', until: '', count: 10, rule: '' }

/** Of a wall time like 2026-12-04T19:30; null while there is none. */
function dateOf(wall: string) {
  const at = new Date(`${wall.slice(0, 10)}T00:00:00Z`)
  if (Number.isNaN(at.getTime())) return null
  const nth = Math.ceil(at.getUTCDate() / 7) // there is not always a fifth: then it is the last
  return { day: at.getUTCDate(), month: at.getUTCMonth(), weekday: (at.getUTCDay() + 6) % 7, nth: nth > 4 ? -1 : nth }
}

/** The day of the week that a wall time is on, 0 for Monday; null while there is none. */
export const weekdayOf = (wall: string) => dateOf(wall)?.weekday ?? null

/** What can be chosen, in words that fit the start. */
export function kindsFor(wall: string): { value: Repetition['kind']; label: string }[] {
  const at = dateOf(wall)
  const weekday = at && `the ${NTH[at.nth < 0 ? 4 : at.nth - 1]} ${DAY_NAMES[at.weekday]}`
  return [
    { value: 'never', label: 'Never' },
    { value: 'daily', label: 'Every day' },
    { value: 'weekly', label: 'Every week' },
    { value: 'monthly', label: at ? `Every month on day ${at.day}` : 'Every month on that day' },
    { value: 'monthly-weekday', label: weekday ? `Every month on ${weekday}` : 'Every month on that weekday' },
    { value: 'yearly', label: at ? `Every year on ${at.day} ${MONTHS[at.month]}` : 'Every year' },
    { value: 'own', label: 'By a rule of my own' },
  ]
}

/** As a recurrence rule; empty for never. */
export function ruleOf(repetition: Repetition, wall: string): string {
  const { kind, every, days, ends, until, count, rule } = repetition
  const at = dateOf(wall)
  if (kind === 'never' || !at) return ''
  if (kind === 'own') return rule.trim()
  const freq = { daily: 'DAILY', weekly: 'WEEKLY', monthly: 'MONTHLY', 'monthly-weekday': 'MONTHLY', yearly: 'YEARLY' }[kind]
  const on = [...new Set([...days, at.weekday])].sort()
  return [
    `FREQ=${freq}`,
    every > 1 ? `INTERVAL=${every}` : '',
    ends === 'after' ? `COUNT=${count}` : '',
    ends === 'on' && until ? `UNTIL=${until.replaceAll('-', '')}` : '',
    kind === 'weekly' ? `BYDAY=${on.map((day) => DAYS[day]).join(',')}` : '',
    kind === 'monthly-weekday' ? `BYDAY=${at.nth}${DAYS[at.weekday]}` : '',
  ]
    .filter(Boolean)
    .join(';')
} // prettier-ignore

/** The same the other way; what the form has no fields for is a rule of its own. */
export function repetitionOf(rule: string, wall: string): Repetition {
  const parts = Object.fromEntries(rule.split(';').map((part) => part.split('=') as [string, string]))
  const { FREQ: freq, INTERVAL: every = '1', COUNT: count, UNTIL: until, BYDAY: byDay, ...rest } = parts
  const own: Repetition = { ...NEVER, kind: 'own', rule }
  const kind = { DAILY: 'daily', WEEKLY: 'weekly', MONTHLY: byDay ? 'monthly-weekday' : 'monthly', YEARLY: 'yearly' }[freq ?? ''] as Repetition['kind'] | undefined
  const at = dateOf(wall)
  if (!kind || !at || Object.keys(rest).length > 0 || (until && until.slice(9, 13) < wall.slice(11, 16).replace(':', ''))) return own
  if (byDay && kind === 'monthly-weekday' && byDay !== `${at.nth}${DAYS[at.weekday]}`) return own
  if (byDay && kind !== 'monthly-weekday' && (kind !== 'weekly' || !byDay.split(',').every((day) => DAYS.includes(day)))) return own
  return {
    ...NEVER,
    kind,
    every: Number(every),
    // Not the start's own day: it goes along when the start moves to another.
    days: kind === 'weekly' && byDay ? byDay.split(',').map((day) => DAYS.indexOf(day)).filter((day) => day !== at.weekday) : [],
    ends: count ? 'after' : until ? 'on' : 'never',
    until: until ? `${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6, 8)}` : '',
    count: count ? Number(count) : NEVER.count,
    rule,
  }
} // prettier-ignore
