import { canonicalZone } from '#kernel/dates'
import { invalid } from '#kernel/problem'

/** When an event is, and until when one may register. Instants; the zone says which wall clock people read. */
export type Schedule = { startsAt: Date; endsAt: Date; zone: string; registrationDeadline: Date | null }

/** How many minutes before the start people are reminded, where the organizer says nothing; the column's default, too. */
export const DEFAULT_REMINDERS = [1440, 30]

/** What is said of an event that ends before it begins. */
export const ENDS_TOO_EARLY = 'The end must come after the start.'

const YEARS_AHEAD = 10
const LONGEST_DAYS = 366

/**
 * Refuses times that cannot be meant, each at the field it is in. What has passed is refused unless it stays as it was;
 * with `lateDeadline`, a deadline may have passed: then nobody registers any more.
 */
export function checkSchedule(
  schedule: Schedule,
  now: Date,
  { before, lateDeadline = false }: { before?: Schedule; lateDeadline?: boolean } = {},
): void {
  const { startsAt, endsAt, zone, registrationDeadline } = schedule
  const faults: Record<string, string> = {}
  for (const [field, moment] of Object.entries({ startsAt, endsAt, registrationDeadline })) {
    if (moment && Number.isNaN(moment.getTime())) faults[`/${field}`] = 'This is not a moment in time.'
  }
  if (canonicalZone(zone) === undefined)
    faults['/zone'] = 'This is not a time zone of the IANA database, like Europe/Berlin.'
  if (endsAt <= startsAt) faults['/endsAt'] = ENDS_TOO_EARLY
  else if (endsAt.getTime() - startsAt.getTime() > LONGEST_DAYS * 86_400_000)
    faults['/endsAt'] = `An event lasts ${LONGEST_DAYS} days at most.`
  if (startsAt <= now && startsAt.getTime() !== before?.startsAt.getTime())
    faults['/startsAt'] = 'The start has passed.'
  if (before && endsAt <= now && endsAt > startsAt && endsAt.getTime() !== before.endsAt.getTime())
    faults['/endsAt'] = 'The end has passed.'
  if (startsAt.getUTCFullYear() > now.getUTCFullYear() + YEARS_AHEAD)
    faults['/startsAt'] = `No more than ${YEARS_AHEAD} years ahead.`
  if (registrationDeadline && registrationDeadline > startsAt)
    faults['/registrationDeadline'] = 'The deadline cannot be after the start.'
  if (
    registrationDeadline &&
    !lateDeadline &&
    registrationDeadline <= now &&
    registrationDeadline.getTime() !== before?.registrationDeadline?.getTime()
  )
    faults['/registrationDeadline'] = 'The deadline has passed.'
  if (Object.keys(faults).length > 0) throw invalid(faults)
}
