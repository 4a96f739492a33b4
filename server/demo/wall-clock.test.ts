import { expect, test } from 'vitest'
import { schedule } from './wall-clock.ts'

const DAY_MS = 86_400_000
const zones = [
  'Europe/Berlin',
  'Europe/Lisbon',
  'America/Chicago',
  'Pacific/Auckland',
  'Asia/Kolkata',
  'Africa/Nairobi',
]

test.each(zones)('on any day of two years the clocks in %s show what was meant', (zone) => {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  })
  const seen = (instant: string | null) => clock.format(new Date(instant!)).replace(', ', ' ')
  for (let day = 0; day < 731; day++) {
    const now = new Date(Date.UTC(2027, 0, 1, 13) + day * DAY_MS)
    const when = { ahead: 30, on: 'Sun', from: '05:45', until: '22:15', nights: 1 } as const
    const { startsAt, endsAt, registrationDeadline } = schedule(now, zone, when, { daysBefore: 2, at: '23:45' })
    expect([seen(startsAt), seen(endsAt), seen(registrationDeadline)]).toEqual(['Sun 05:45', 'Mon 22:15', 'Fri 23:45'])
    const daysAhead = (Date.parse(startsAt) - now.getTime()) / DAY_MS
    expect(daysAhead).toBeGreaterThan(28.9)
    expect(daysAhead).toBeLessThan(37.1)
  }
})
