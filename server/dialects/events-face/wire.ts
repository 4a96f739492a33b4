import { Type, type Static, type TProperties, type TSchema } from 'typebox'
import type { SeenEvent } from '#search'
import { written } from './days.ts'

/** Fields that nobody knows here are not looked at. */
export const Anything = { additionalProperties: true }

const Fault = Type.Object({ field: Type.String(), messages: Type.Array(Type.String()) })
const Meta = Type.Record(Type.String(), Type.String())
/** What every answer is put in. */
export const Enveloped = (data: TSchema, more: TProperties = {}) =>
  Type.Object({ data, meta: Meta, errors: Type.Array(Fault), ...more })
export const Nothing = Type.Object({})
export const Refused = Enveloped(Nothing, {
  detail: Type.Optional(Type.String({ description: 'Where it is no matter of fields.' })),
  code: Type.Optional(Type.String()),
})

const DayWire = Type.String({ examples: ['01.13.2027'], description: 'MM.DD.YYYY' })
const EventWire = Type.Object({
  id: Type.String({ format: 'uuid' }),
  name: Type.String(),
  area: Type.Optional(Type.String({ description: 'The name of the place.' })),
  status: Type.String({ description: 'open or closed' }),
  event_datetime: DayWire,
  registration_deadline: DayWire,
})
export const AreaAnswer = Enveloped(Type.Object({ id: Type.String({ format: 'uuid' }), name: Type.String() }))
export const EventAnswer = Enveloped(EventWire)
export const ListAnswer = Enveloped(Type.Array(EventWire), {
  pagination: Type.Object({ offset: Type.Integer(), limit: Type.Integer(), total: Type.Integer() }),
})

const Word = (max: number, description: string) => Type.Optional(Type.String({ maxLength: max, description }))
export const ListQuery = Type.Object(
  {
    name: Word(255, 'A part of the name, whatever its capitals.'),
    order_by: Word(20, 'asc or desc by the day; desc unless said.'),
    limit: Word(20, 'How many, 100 at most; 10 unless said.'),
    offset: Word(20, 'How many to leave out before them.'),
  },
  Anything,
)
export type ListQuery = Static<typeof ListQuery>

/** Read by what tells of all that is wrong at once, so nothing is demanded here. */
export const AreaBody = Type.Object(
  { name: Type.Optional(Type.Unsafe<unknown>({ description: 'Text of 255 characters at most.', examples: ['Main Hall'] })) }, // prettier-ignore
  Anything,
)

/** Puts an answer in its envelope. */
export function enveloped<D>(data: D, meta: Record<string, string> = {}) {
  return { data, meta, errors: [] }
}

/** An event as it is known there: its place by name, and days on the clocks where it is. */
export function present(event: SeenEvent): Static<typeof EventWire> {
  const { id, title: name, venue, place, zone, startsAt, registrationDeadline } = event
  const area = venue?.name ?? place
  return {
    id,
    name,
    ...(area ? { area } : {}),
    status: event.status === 'open' ? 'open' : 'closed',
    event_datetime: written(startsAt, zone),
    registration_deadline: written(registrationDeadline ?? startsAt, zone),
  }
}
