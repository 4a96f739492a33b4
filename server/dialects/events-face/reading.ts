import { faultOfEmail, readEmail } from '#accounts/identity'
import type { EventFields } from '#events'
import { NOT_BLANK } from '#http/wire'
import { invalid } from '#kernel/problem'
import { dayOf, endOf } from './days.ts'

// Bodies are read field by field, in the words that are documented for what is wrong, and all of it is told at once.

/** What a field holds, or why it holds nothing. */
type Read<T> = { value: T } | { fault: string }
type Reader<T> = (value: unknown) => Read<T>

/** The name of an area. */
export function readArea(body: unknown): { name: string } {
  return readAll(body, { name: required(text(255)) })
}

/** A visitor. */
export function readVisitor(body: unknown): { name: string; email: string } {
  const { full_name: name, email } = readAll(body, { full_name: required(text(128)), email: required(address) })
  return { name, email }
}

/** An event of one day, which one may register for until its deadline is over, and until it begins. */
export function readEvent(body: unknown): { fields: EventFields; isClosed: boolean } {
  const { name, area_id, status, event_datetime, registration_deadline } = readAll(body, {
    name: required(text(255)),
    area_id: orElse(null, nullable(uuid)),
    status: orElse('open' as const, required(state)),
    event_datetime: required(day),
    registration_deadline: required(day),
  })
  // Who writes a day means all of it; on the day of the event registration ends with its beginning.
  const isBefore = registration_deadline <= event_datetime
  const until = new Date(Math.min(endOf(registration_deadline).getTime(), event_datetime.getTime()))
  const fields = {
    title: name,
    venueId: area_id,
    startsAt: event_datetime.toISOString(),
    endsAt: endOf(event_datetime).toISOString(),
    zone: 'UTC',
    registrationDeadline: (isBefore ? until : registration_deadline).toISOString(),
  }
  return { fields, isClosed: status === 'closed' }
}

type Readers = Record<string, Reader<unknown>>
type Values<R extends Readers> = { [N in keyof R]: R[N] extends Reader<infer T> ? T : never }

function readAll<R extends Readers>(body: unknown, readers: R): Values<R> {
  const given = (body ?? {}) as Record<string, unknown>
  const values: Record<string, unknown> = {}
  const faults: Record<string, string> = {}
  for (const [name, reader] of Object.entries(readers)) {
    const read = reader(given[name])
    if ('fault' in read) faults[`/${name}`] = read.fault
    else values[name] = read.value
  }
  if (Object.keys(faults).length > 0) throw invalid(faults)
  return values as Values<R>
}

const required =
  <T>(reader: Reader<T>): Reader<T> =>
  (value) => {
    if (value === undefined) return { fault: 'This field is required.' }
    return value === null ? { fault: 'This field may not be null.' } : reader(value)
  }

const orElse =
  <T, E>(otherwise: E, reader: Reader<T>): Reader<T | E> =>
  (value) =>
    value === undefined ? { value: otherwise } : reader(value)

const nullable =
  <T>(reader: Reader<T>): Reader<T | null> =>
  (value) =>
    value === null ? { value } : reader(value)

const SEEN = new RegExp(NOT_BLANK, 'u')

/** Text on which something is to be seen. A number is text, too. */
function text(most: number): Reader<string> {
  return (value) => {
    if (typeof value !== 'string' && typeof value !== 'number') return { fault: 'Not a valid string.' }
    const read = String(value).trim()
    if (!SEEN.test(read)) return { fault: 'This field may not be blank.' }
    if ([...read].length > most) return { fault: `Ensure this field has no more than ${most} characters.` }
    return { value: read }
  }
}

const address: Reader<string> = (value) => {
  const read = text(1_000)(value)
  if ('fault' in read) return read
  const email = readEmail(read.value)
  return faultOfEmail(email) ? { fault: 'Enter a valid email address.' } : { value: email }
}

const uuid: Reader<string> = (value) => {
  const id = typeof value === 'string' ? value.trim().toLowerCase() : ''
  const isOne = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)
  return isOne ? { value: id } : { fault: 'Must be a valid UUID.' }
}

const state: Reader<'open' | 'closed'> = (value) =>
  value === 'open' || value === 'closed'
    ? { value }
    : { fault: `"${typeof value === 'string' ? value : JSON.stringify(value)}" is not a valid choice.` }

const day: Reader<Date> = (value) => {
  const read = typeof value === 'string' ? dayOf(value) : undefined
  return read ? { value: read } : { fault: 'Datetime has wrong format. Use one of these formats instead: MM.DD.YYYY.' }
}
