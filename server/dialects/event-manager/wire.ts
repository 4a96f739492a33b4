import { Type, type Static } from 'typebox'
import { Email } from '#http/wire'
import type { EventFields } from '#events'
import { invalid } from '#kernel/problem'
import type { SeenEvent } from '#search'

// Dates are days: an event begins with its day in UTC and ends with it, as there, where nobody asked for more.

const DAY = 86_400_000
const Anything = { additionalProperties: true }

export const Day = Type.String({
  pattern: '^\\d{4}-\\d\\d-\\d\\d$',
  description: 'yyyy-mm-dd',
  examples: ['2027-10-23'],
})
/** As a query or a form has it, too. */
const Whole = Type.Union([Type.Integer(), Type.String({ pattern: '^\\s*\\d{1,10}\\s*$' })])

export const EventWire = Type.Object({
  date: Type.String({ examples: ['Fri, 27 Oct 2023 00:00:00 GMT'] }),
  id: Type.Integer(),
  location: Type.String(),
  popularity: Type.Integer(),
  title: Type.String(),
})
export const NewEvent = Type.Object(
  {
    title: Type.String({ minLength: 1, maxLength: 200 }),
    date: Day,
    location: Type.String({ minLength: 1, maxLength: 255 }),
    popularity: Type.Optional(Whole),
  },
  Anything,
)
export const Changes = Type.Object({ id: Type.Optional(Whole), ...Type.Partial(NewEvent).properties }, Anything)
/** What is missing is told of in its own words, so nothing is required here. */
export const Subscription = Type.Object(
  {
    event_id: Type.Optional(Type.Union([Whole, Type.Literal(''), Type.Null()])),
    email: Type.Optional(Type.Union([Email, Type.Literal(''), Type.Null()])),
  },
  Anything,
)
export const Message = Type.Object({ message: Type.String() })

/** The event as it was written there. */
export function present(event: SeenEvent): Static<typeof EventWire> {
  return {
    date: event.startsAt.toUTCString(),
    id: event.number,
    location: event.place ?? event.venue?.name ?? '',
    popularity: event.popularity,
    title: event.title,
  }
}

/** What is said of an event, in the core's words. */
export function fieldsOf(body: Static<typeof NewEvent>): EventFields
export function fieldsOf(body: Static<typeof Changes>): Partial<EventFields>
export function fieldsOf({ title, date, location, popularity }: Static<typeof Changes>): Partial<EventFields> {
  return {
    ...(title === undefined ? {} : { title }),
    ...(location === undefined ? {} : { place: location, venueId: null }),
    ...(popularity === undefined ? {} : { popularityBase: Number(popularity) }),
    ...(date === undefined ? {} : onDay(date)),
  }
}

/** From the beginning of a day in UTC to its last second. */
function onDay(date: string): Pick<EventFields, 'startsAt' | 'endsAt' | 'zone'> {
  const startsAt = dayOf(date)
  return {
    startsAt: startsAt.toISOString(),
    endsAt: new Date(startsAt.getTime() + DAY - 1_000).toISOString(),
    zone: 'UTC',
  }
}

/** The beginning of that day in UTC. */
export function dayOf(date: string): Date {
  const day = new Date(`${date}T00:00:00Z`)
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== date)
    throw invalid({ '/date': 'There is no such day.' })
  return day
}

/** The moment after that day. */
export function dayAfter(date: string): Date {
  return new Date(dayOf(date).getTime() + DAY)
}
