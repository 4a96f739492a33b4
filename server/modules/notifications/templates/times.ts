import { elsewhere, moment, span } from '#kernel/dates'
import type { Words } from './words/english.ts'

type Where = { event: { zone: string }; ownZone?: string | null }

/** A moment in the event's zone, and in the person's where the clocks show something else. */
export function momentFor(at: string, { event, ownZone }: Where, words: Words): string {
  const date = new Date(at)
  return `${moment(date, event.zone, words.locale)}${forThem(date, event.zone, ownZone, words)}`
}

/** From when to when, like that. */
export function spanFor(
  times: { startsAt: string; endsAt: string; zone: string },
  ownZone: string | null | undefined,
  words: Words,
): string {
  const [from, to] = [new Date(times.startsAt), new Date(times.endsAt)]
  return `${span(from, to, times.zone, words.locale)}${forThem(from, times.zone, ownZone, words)}`
}

function forThem(at: Date, zone: string, ownZone: string | null | undefined, words: Words): string {
  const time = ownZone && elsewhere(at, zone, ownZone, words.locale)
  return time ? `, ${words.forYou(time, ownZone)}` : ''
}
