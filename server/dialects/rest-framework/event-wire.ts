import { Type, type Static } from 'typebox'
import type { EventFields } from '#events'
import { invalid } from '#kernel/problem'
import type { EventFilters, SeenEvent } from '#search'
import { paging } from './pages.ts'
import { Anything, Int, isBlank, Moment, moment, NullableNumber, readDay, readMoment, readYes, Whole, Words } from './wire.ts' // prettier-ignore

// One object has the fields of both systems: `date` is `start_time`, and `organizer` is `created_by`.

const HOUR = 3_600_000
/** Of an event of which only the start is said. */
const USUAL_LENGTH = 2 * HOUR
const MOST_SEATS = 10_000_000

export const EventWire = Type.Object({
  id: Type.Integer(),
  title: Type.String(),
  description: Type.String(),
  date: Moment,
  location: Type.String(),
  organizer: Type.Integer(),
  organizer_name: Type.String(),
  max_attendees: NullableNumber,
  attendees_count: Type.Integer(),
  available_spots: NullableNumber,
  is_active: Type.Boolean(),
  is_past: Type.Boolean(),
  created_at: Moment,
  updated_at: Moment,
  start_time: Moment,
  end_time: Moment,
  created_by: Type.Integer(),
  category_id: NullableNumber,
  tags: Type.Array(Type.Integer()),
  average_rating: Type.Union([Type.Number({ description: 'Of 1 to 5, to two decimals.' }), Type.Null()]),
  external_event_id: Type.Union([Type.String(), Type.Null()]),
  is_recurring: Type.Boolean(),
  recurrence_pattern: Type.Union([Type.String({ examples: ['weekly'] }), Type.Null()]),
})

/** What is missing is told of by what reads it, so nothing is required here. */
export const EventBody = Type.Object(
  {
    title: Words(200),
    description: Words(20_000),
    location: Words(255),
    date: Words(60),
    start_time: Words(60),
    end_time: Words(60),
    max_attendees: Type.Optional(Type.Union([Whole, Type.Null()])),
    category_id: Type.Optional(Type.Union([Whole, Type.Null()])),
    tags: Type.Optional(
      Type.Union([Type.Array(Type.Union([Int, Type.String({ maxLength: 50 })]), { maxItems: 20 }), Whole]),
    ),
    is_active: Type.Optional(Type.Union([Type.Boolean(), Type.String({ maxLength: 10 })])),
  },
  Anything,
)
export type EventBody = Static<typeof EventBody>

const Word = (max: number, description?: string) =>
  Type.Optional(Type.String({ maxLength: max, ...(description ? { description } : {}) }))

export const ListQuery = Type.Object(
  {
    ...paging,
    search: Word(200, 'Words of the title, the description or the place.'),
    title: Word(200, 'The whole title, whatever its capitals.'),
    location: Word(255, 'A part of the place.'),
    date_after: Word(20, 'yyyy-mm-dd: on this day or later.'),
    date_before: Word(20, 'yyyy-mm-dd: on this day or before.'),
    date_from: Word(20, 'The same as date_after.'),
    date_to: Word(20, 'The same as date_before.'),
    organizer: Word(20, 'The number of an account.'),
    category_id: Word(20, 'The number of a category.'),
    has_spots: Word(10, 'true or false.'),
    is_past: Word(10, 'true or false.'),
    is_active: Word(10, 'true or false.'),
    ordering: Word(
      100,
      'date, created_at or title, with a minus the other way round; of several with commas, the first.',
    ),
  },
  Anything,
)

export const SearchQuery = Type.Object(
  {
    ...paging,
    q: Word(200),
    category: Word(100, 'Its name or number.'),
    tags: Word(500, 'Names with commas between them: those that have one of them.'),
    sort: Word(30, 'popularity, date, created_at or title, with a minus the other way round.'),
  },
  Anything,
)

type Sort = NonNullable<EventFilters['sort']>
const ORDERS: ReadonlyMap<string, Sort> = new Map<string, Sort>([
  ...(['title', '-title'] as const).map((name) => [name, name] as const),
  ...(['date', 'start_time'] as const).flatMap(
    (name) =>
      [
        [name, 'startsAt'],
        [`-${name}`, '-startsAt'],
      ] as const,
  ),
  ['created_at', 'createdAt'],
  ['-created_at', '-createdAt'],
])
// The most popular are meant, whichever way it is written.
const SORTS: ReadonlyMap<string, Sort> = new Map<string, Sort>([
  ...ORDERS,
  ['popularity', '-popularity'],
  ['-popularity', '-popularity'],
])

/** The first that is known of those that are named; what it leaves equal is in one order, too. */
function sortOf(ordering: string): Sort {
  const named = ordering.split(',').map((name) => ORDERS.get(name.trim()))
  return named.find((sort) => sort !== undefined) ?? 'startsAt'
}

/** How much a page has where nobody says: ten where it is asked in the second system's words. */
export function usualPage(query: Static<typeof ListQuery>): number {
  const { limit, date_from: from, date_to: to, category_id: category } = query
  return [limit, from, to, category].every((each) => each === undefined) ? 20 : 10
}

/** What is asked for, in the core's words. */
export function filtersOf(query: Static<typeof ListQuery>): EventFilters {
  const { search: text, title, location, organizer, category_id: category, ordering = '' } = query
  const [active, past, hasSeats] = [readYes(query.is_active), readYes(query.is_past), readYes(query.has_spots)]
  const day = (field: 'date_after' | 'date_before' | 'date_from' | 'date_to', later: number) =>
    query[field] ? readDay(field, query[field], later) : undefined
  const from = day('date_after', 0) ?? day('date_from', 0)
  const to = day('date_before', 1) ?? day('date_to', 1)
  return {
    when: 'all',
    sort: sortOf(ordering),
    ...(text?.trim() ? { text } : {}),
    ...(title?.trim() ? { title } : {}),
    ...(location?.trim() ? { location } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    ...(organizer ? { organizerNumber: numberOf('organizer', organizer) } : {}),
    ...(category ? { categoryNumber: numberOf('category_id', category) } : {}),
    ...(hasSeats === undefined ? {} : { hasSeats }),
    ...(past === undefined ? {} : { over: past }),
    ...(active === undefined ? {} : { stopped: !active }),
  }
}

/** The same of a search: what fits best comes first, unless another order is asked for. */
export function searchOf({ q: text, category, tags, sort = '' }: Static<typeof SearchQuery>): EventFilters {
  const names = tags?.split(',').filter((name) => name.trim() !== '') ?? []
  return {
    when: 'all',
    sort: SORTS.get(sort) ?? (text?.trim() ? 'relevance' : 'startsAt'),
    ...(text?.trim() ? { text } : {}),
    ...(names.length > 0 ? { tags: names } : {}),
    ...(category?.trim()
      ? /^\d{1,15}$/.test(category)
        ? { categoryNumber: Number(category) }
        : { categoryName: category }
      : {}),
  }
}

function numberOf(field: string, text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw invalid({ [`/${field}`]: 'Enter a number.' })
}

/** An event as both of them have it. */
export function present(event: SeenEvent, now: Date): Static<typeof EventWire> {
  return {
    id: event.number,
    title: event.title,
    description: event.description,
    date: moment(event.startsAt),
    location: locationOf(event),
    organizer: event.organizerNumber,
    organizer_name: event.organizerName,
    max_attendees: event.capacity,
    attendees_count: event.taken,
    available_spots: event.capacity === null ? null : Math.max(0, event.capacity - event.taken),
    is_active: event.publishedAt !== null && event.cancelledAt === null && event.closedAt === null,
    is_past: event.endsAt <= now,
    created_at: moment(event.createdAt),
    updated_at: moment(event.updatedAt),
    start_time: moment(event.startsAt),
    end_time: moment(event.endsAt),
    created_by: event.organizerNumber,
    category_id: event.category?.number ?? null,
    tags: event.tagNumbers,
    average_rating: event.averageRating,
    external_event_id: event.source?.externalId ?? null,
    is_recurring: event.seriesId !== null,
    recurrence_pattern: event.repeats,
  }
}

function locationOf({ place, venue }: SeenEvent): string {
  return place ?? venue?.name ?? ''
}

/** What is said of an event, in the core's words; its category and tags are numbers still. */
export function fieldsOf(body: EventBody, was?: SeenEvent): Partial<EventFields> {
  const { title, description, location, max_attendees: seats } = body
  return {
    ...(title == null ? {} : { title: notBlank('title', title) }),
    ...(description === undefined ? {} : { description: description ?? '' }),
    // What is sent back as it was read stays what it is, a venue too.
    ...(location === undefined || (was && location === locationOf(was)) ? {} : { place: location, venueId: null }),
    ...(seats === undefined ? {} : { capacity: seatsOf(seats) }),
    ...timesOf(body, was),
  }
}

/**
 * A start alone moves an event, which is then as long as it was. Who sends back all that was read, and only `date` anew, means
 * that alone.
 */
function timesOf(body: EventBody, was?: SeenEvent): Partial<EventFields> {
  const read = (field: 'date' | 'start_time' | 'end_time') => (body[field] ? readMoment(field, body[field]) : undefined)
  const [date, start, end] = [read('date'), read('start_time'), read('end_time')]
  const isAnew = (moment: string | undefined, before?: Date) => moment !== undefined && moment !== before?.toISOString()
  const byDate = date && (!start || (was && isAnew(date, was.startsAt) && !isAnew(start, was.startsAt)))
  const startsAt = byDate ? date : start
  const endsAt = byDate && was && !isAnew(end, was.endsAt) ? undefined : end
  if (!startsAt) return endsAt ? { endsAt } : {}
  const length = was ? was.endsAt.getTime() - was.startsAt.getTime() : USUAL_LENGTH
  return { startsAt, endsAt: endsAt ?? new Date(Date.parse(startsAt) + length).toISOString() }
}

function seatsOf(seats: string | number | null): number | null {
  if (seats === null || String(seats).trim() === '') return null
  const number = Number(seats)
  if (number < 1) throw invalid({ '/capacity': 'Ensure this value is greater than or equal to 1.' })
  if (number > MOST_SEATS) throw invalid({ '/capacity': `Ensure this value is less than or equal to ${MOST_SEATS}.` })
  return number
}

function notBlank(field: string, text: string): string {
  if (isBlank(text)) throw invalid({ [`/${field}`]: 'This field may not be blank.' })
  return text
}
