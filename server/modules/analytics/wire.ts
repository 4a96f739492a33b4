import { Type, type Static } from 'typebox'
import { Fields, Instant, instant, Nullable, Uuid } from '#http/wire'
import type { Popular } from './analytics.ts'

const Count = Type.Integer({ minimum: 0 })
const Capacity = Nullable(Type.Integer({ description: 'null: as many as come.' }))

const attendance = {
  attended: Type.Integer({ minimum: 0, description: 'How many were checked in.' }),
  noShow: Type.Integer({
    minimum: 0,
    description: 'How many had a place and did not come: of events that are over, where people were checked in.',
  }),
  rating: Fields(
    { average: Nullable(Type.Number({ description: 'To two decimals; null without a review.' })), count: Count },
    { description: 'Of the reviews that are not hidden.' },
  ),
}

export const EventNumbersWire = Fields({
  zone: Type.String({ description: 'Whose days these are.' }),
  capacity: Capacity,
  going: Count,
  waiting: Count,
  cancelled: Count,
  promoted: Type.Integer({ minimum: 0, description: 'How many came from the waitlist to a seat.' }),
  ...attendance,
  days: Type.Array(Fields({ day: Type.String({ format: 'date' }), registered: Count, cancelled: Count }), {
    description: 'Days on which something happened, of the latest 400.',
  }),
})

const overview = {
  totals: Fields({ events: Count, upcoming: Count, going: Count, waiting: Count, ...attendance }),
  popular: Type.Array(
    Fields({
      id: Uuid,
      slug: Type.String(),
      title: Type.String(),
      startsAt: Instant,
      capacity: Capacity,
      going: Count,
      waiting: Count,
    }),
    { description: 'What most people go to or wait for, at most ten.' },
  ),
  months: Type.Array(Fields({ month: Type.String({ examples: ['2027-03'] }), registered: Count }), {
    description: 'The last twelve months in UTC.',
  }),
}
export const MyNumbersWire = Fields(overview)
export const InstanceNumbersWire = Fields({ accounts: Count, organizers: Count, ...overview })

/** Numbers as the wire has them. */
export function present<N extends { popular: Popular[] }>(
  numbers: N,
): Omit<N, 'popular'> & Pick<Static<typeof MyNumbersWire>, 'popular'> {
  return { ...numbers, popular: numbers.popular.map((event) => ({ ...event, startsAt: instant(event.startsAt) })) }
}
