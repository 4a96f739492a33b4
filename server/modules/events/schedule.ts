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
  if (canonicalZone(zone) === undefined)
    faults['/zone'] = 'This is not a time zone of the IANA database, like Europe/Berlin.'
  if (endsAt <= startsAt) faults['/endsAt'] = 'The end must come after the start.'
  else if (endsAt.getTime() - startsAt.getTime() > LONGEST_DAYS * 86_400_000)
    faults['/endsAt'] = `An event lasts ${LONGEST_DAYS} days at most.`
  if (startsAt <= now && startsAt.getTime() !== before?.startsAt.getTime())
    faults['/startsAt'] = 'The start has passed.'
  if (startsAt.getUTCFullYear() > now.getUTCFullYear() + YEARS_AHEAD)
    faults['/startsAt'] = `No more than ${YEARS_AHEAD} years ahead.`
  if (registrationDeadline && registrationDeadline > startsAt)
    faults['/registrationDeadline'] = 'The deadline cannot be after the start.'
  if (
    registrationDeadline &&
    registrationDeadline <= now &&
    registrationDeadline.getTime() !== before?.registrationDeadline?.getTime()
  )
    faults['/registrationDeadline'] = 'The deadline has passed.'
  if (Object.keys(faults).length > 0) throw invalid(faults)
}

/** The zone's name with the capitals it is written with, if this machine knows it. Offsets like +01:00 follow no daylight saving. */
export function canonicalZone(zone: string): string | undefined {
  if (!/^[A-Za-z]/.test(zone)) return undefined
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions()
    return timeZone.toLowerCase() === zone.toLowerCase() ? timeZone : zone // a newer name of a zone stays as it was given
  } catch {
    return undefined
  }
}
