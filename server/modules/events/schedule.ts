import { invalid } from '#kernel/problem'

/** When an event is, and until when one may register. Instants; the zone says which wall clock people read. */
export type Schedule = { startsAt: Date; endsAt: Date; zone: string; registrationDeadline: Date | null }

const YEARS_AHEAD = 10
const LONGEST_DAYS = 366

/** Refuses times that cannot be meant, each at the field it is in. A start that has passed is refused unless it stays as it was. */
export function checkSchedule(schedule: Schedule, now: Date, before?: Schedule): void {
  const { startsAt, endsAt, zone, registrationDeadline } = schedule
  const faults: Record<string, string> = {}
  for (const [field, moment] of Object.entries({ startsAt, endsAt, registrationDeadline })) {
    if (moment && Number.isNaN(moment.getTime())) faults[`/${field}`] = 'This is not a moment in time.'
  }
  if (!isZone(zone)) faults['/zone'] = 'This is not a time zone of the IANA database, like Europe/Berlin.'
  if (endsAt <= startsAt) faults['/endsAt'] = 'The end must come after the start.'
  else if (endsAt.getTime() - startsAt.getTime() > LONGEST_DAYS * 86_400_000)
    faults['/endsAt'] = `An event lasts ${LONGEST_DAYS} days at most.`
  if (startsAt <= now && startsAt.getTime() !== before?.startsAt.getTime())
    faults['/startsAt'] = 'The start has passed.'
  if (startsAt.getUTCFullYear() > now.getUTCFullYear() + YEARS_AHEAD)
    faults['/startsAt'] = `No more than ${YEARS_AHEAD} years ahead.`
  if (registrationDeadline && registrationDeadline > startsAt)
    faults['/registrationDeadline'] = 'The deadline cannot be after the start.'
  if (Object.keys(faults).length > 0) throw invalid(faults)
}

/** Whether the name is a zone that this machine knows. Offsets like +01:00 are not: they do not follow daylight saving. */
function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}
