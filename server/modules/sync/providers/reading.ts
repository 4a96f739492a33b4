import { Temporal } from 'temporal-polyfill'
import { canonicalZone } from '#kernel/dates'
import type { Item, Skip } from './provider.ts'

// How the words of others become an Item: anything may be missing, of another type or far too long.

const HOURS_LONG = 2
const MOST_SEATS = 10_000_000
const LARGEST_RAW = 32_768
const DEEPEST_RAW = 40

export type Raw = Record<string, unknown>

/** What a provider's own reading found; `times` are as they were written. */
export type Draft = {
  externalId: unknown
  title: unknown
  description?: unknown
  startsAt: Date | Day | undefined
  endsAt?: Date | Day
  zone?: unknown
  place?: readonly unknown[]
  venueName?: unknown
  category?: unknown
  capacity?: unknown
  registrationDeadline?: Date | Day
  closed?: boolean
  cancelled?: boolean
  ticketUrl?: unknown
  priceRange?: string | null
  changedAt?: Date
  raw: Raw
}

/** A date without a time: the whole day, on the clocks there. */
export type Day = { day: string }

/** An item, or why it is none. */
export function itemOf(draft: Draft, zone: string): { item: Item } | { skip: Skip } {
  const externalId = textOf(draft.externalId, 256)
  const no = (reason: string) => ({ skip: { externalId: externalId?.slice(0, 255) ?? null, reason } })
  if (!externalId) return no('It has no id.')
  if (externalId.length > 255) return no('Its id is too long.')
  const title = textOf(draft.title, 200)
  if (!title) return no('It has no title.')
  const startsAt = draft.startsAt && momentOf(draft.startsAt, zone)
  if (!startsAt) return no('It has no start, or none that can be read.')
  const endsAt = endOf(draft, startsAt, zone)
  if (!endsAt) return no('Its end cannot be read.')
  const deadline = draft.registrationDeadline && momentOf(draft.registrationDeadline, zone)
  const venueName = textOf(draft.venueName, 200)
  const item = {
    externalId,
    title,
    description: textOf(draft.description, 20_000) ?? '',
    startsAt,
    endsAt,
    zone,
    place: textOf([venueName, ...(draft.place ?? []).map((part) => textOf(part, 255))].filter(Boolean).join(', '), 255),
    venueName,
    category: textOf(draft.category, 75),
    capacity: capacityOf(draft.capacity),
    registrationDeadline: deadline ? new Date(Math.min(deadline.getTime(), startsAt.getTime())) : null,
    closed: draft.closed ?? false,
    cancelled: draft.cancelled ?? false,
    ticketUrl: addressOf(draft.ticketUrl),
    priceRange: textOf(draft.priceRange, 100),
    changedAt: draft.changedAt ?? null,
    raw: rawOf(draft.raw),
  }
  return { item }
}

/** The zone under its usual name, where it is one. */
export function zoneOf(...names: unknown[]): string | undefined {
  for (const name of names) {
    const zone = typeof name === 'string' ? canonicalZone(name.trim()) : undefined
    if (zone) return zone
  }
  return undefined
}

/** A moment as it is written: with its offset, by the clocks of the zone, or as a date alone. */
export function timeOf(written: unknown, zone: string): Date | Day | undefined {
  if (typeof written !== 'string') return undefined
  const text = written.trim().replace(' ', 'T')
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return isDay(text) ? { day: text } : undefined
  const [, local, offset] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)(Z|[+-]\d\d(?::?\d\d)?)?$/i.exec(text) ?? []
  if (!local) return undefined
  try {
    if (offset) return new Date(Temporal.Instant.from(`${local}${offset}`).epochMilliseconds)
    return new Date(Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds)
  } catch {
    return undefined
  }
}

/** The first of the names that the object has something under. */
export function firstOf(raw: Raw, ...names: string[]): unknown {
  return names.map((name) => raw[name]).find((value) => value !== undefined && value !== null && value !== '')
}

/** An object's field that is an object. */
export function objectOf(value: unknown): Raw | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Raw) : undefined
}

/** One line or many, without what PostgreSQL does not keep; null where nothing is said. */
export function textOf(value: unknown, most: number): string | null {
  const words = typeof value === 'number' ? String(value) : value
  if (typeof words !== 'string') return null
  const plain = storable(words).trim()
  const cut = plain.length > most ? storable(plain.slice(0, most)).trim() : plain
  return /[^\s\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]/u.test(cut) ? cut : null
}

/** From the least to the most that is asked for, like `20–45 EUR`. */
export function priceRangeOf(least: unknown, most: unknown, currency: unknown): string | null {
  const prices = [least, most].filter((each): each is number => typeof each === 'number' && each >= 0)
  if (prices.length === 0) return null
  return `${[...new Set(prices)].join('–')}${typeof currency === 'string' ? ` ${currency.slice(0, 3)}` : ''}`
}

function storable(text: string): string {
  // Half surrogates become U+FFFD, as in every decoder.
  return text
    .replaceAll('\0', '')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
}

function isDay(text: string): boolean {
  return Number.isFinite(Date.parse(text)) && new Date(text).toISOString().startsWith(text)
}

function momentOf(time: Date | Day, zone: string, { end = false } = {}): Date | undefined {
  if (time instanceof Date) return Number.isNaN(time.getTime()) ? undefined : time
  const day = Temporal.PlainDate.from(time.day)
  return new Date((end ? day.add({ days: 1 }) : day).toZonedDateTime(zone).epochMilliseconds)
}

/** A day alone lasts until the next; what has no end, two hours. */
function endOf({ startsAt, endsAt }: Draft, start: Date, zone: string): Date | undefined {
  const given = endsAt && momentOf(endsAt, zone, { end: true })
  if (given && given > start) return given
  if (endsAt && !given) return undefined
  if (startsAt && !(startsAt instanceof Date)) return momentOf(startsAt, zone, { end: true })
  return new Date(start.getTime() + HOURS_LONG * 3_600_000)
}

function capacityOf(value: unknown): number | null {
  const seats = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  return Number.isInteger(seats) && (seats as number) > 0 && (seats as number) <= MOST_SEATS ? (seats as number) : null
}

/** A page of the web that a link may lead to. */
function addressOf(value: unknown): string | null {
  const text = textOf(value, 2_001)
  if (!text || text.length > 2_000 || !URL.canParse(text)) return null
  const { protocol, username, password } = new URL(text)
  return ['http:', 'https:'].includes(protocol) && !username && !password ? text : null
}

/** What they sent, where it can be kept. */
function rawOf(raw: Raw): object {
  if (isDeep(raw, DEEPEST_RAW)) return {}
  const text = JSON.stringify(raw, (_key, value: unknown) => (typeof value === 'string' ? storable(value) : value))
  const isStorable = text.length <= LARGEST_RAW && !/\\u(0000|d[89a-f])/i.test(text) // names may hold what values no longer do
  return isStorable ? (JSON.parse(text) as object) : {}
}

function isDeep(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return left === 0 || Object.values(value).some((each) => isDeep(each, left - 1))
}
