import { Temporal } from 'temporal-polyfill'

/**
 * A time as a clock on a wall shows it, without saying where: milliseconds as if it were UTC. So it is counted with, and
 * the zone of this machine never has a say.
 */
export type Wall = number

export const MINUTE = 60_000
export const DAY = 86_400_000

/** `2027-03-20T19:00:00`, as a timestamp without time zone is read and written. */
export function isoOf(wall: Wall): string {
  return new Date(wall).toISOString().slice(0, 19)
}

/** The same the other way; undefined for what no clock shows, like 30 February. */
export function wallOfText(text: string): Wall | undefined {
  const wall = Date.parse(`${text}Z`)
  return Number.isNaN(wall) || isoOf(wall) !== text ? undefined : wall
}

/** What the clocks of the zone show at that moment. */
export function wallAt(moment: Date, zone: string): Wall {
  const { offsetNanoseconds } = Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(zone)
  return moment.getTime() + offsetNanoseconds / 1_000_000
}

/**
 * When the clocks of the zone show this, by RFC 5545, 3.3.5: of a time that they show twice it is the first; one that
 * they leap over counts with the offset before the leap, so that 02:30 is 03:30.
 */
export function instantOf(wall: Wall, zone: string): Date {
  const local = Temporal.PlainDateTime.from(isoOf(wall))
  return new Date(local.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds)
}

/** From when to when, with `minutes` on the wall clock between them. Where the clocks leap over the end, as long as that. */
export function spanOf(start: Wall, minutes: number, zone: string): { startsAt: Date; endsAt: Date } {
  const startsAt = instantOf(start, zone)
  const endsAt = instantOf(start + minutes * MINUTE, zone)
  return { startsAt, endsAt: endsAt > startsAt ? endsAt : new Date(startsAt.getTime() + minutes * MINUTE) }
}

/** How long that is on the wall clock; where clocks set back make that nothing, how long it is. */
export function minutesBetween(startsAt: Date, endsAt: Date, zone: string): number {
  const shown = wallAt(endsAt, zone) - wallAt(startsAt, zone)
  return Math.max(1, Math.round((shown > 0 ? shown : endsAt.getTime() - startsAt.getTime()) / MINUTE))
}
