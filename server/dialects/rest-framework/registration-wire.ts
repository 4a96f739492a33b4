import { Type, type Static } from 'typebox'
import { OneOf } from '#http/wire'
import type { Interested } from '#registrations/interest'
import type { Registration } from '#registrations/registration'
import type { Review } from '#reviews'
import { Anything, Moment, moment, NullableNumber, Words } from './wire.ts'

const STATUSES = ['going', 'waitlisted', 'interested', 'cancelled'] as const
type Status = (typeof STATUSES)[number]

export const RegistrationWire = Type.Object({
  id: Type.Integer(),
  user: NullableNumber,
  event: Type.Integer(),
  registered_at: Moment,
  is_cancelled: Type.Boolean(),
})

export const RsvpWire = Type.Object({
  id: Type.Union([Type.Integer(), Type.Null()], { description: 'null of who is only interested.' }),
  user: NullableNumber,
  event: Type.Integer(),
  status: OneOf(STATUSES),
  created_at: Moment,
})

/** Both of them in one, and the name, which is all that there is of a guest. */
export const AttendeeWire = Type.Object({
  ...RsvpWire.properties,
  name: Type.String(),
  registered_at: Moment,
  is_cancelled: Type.Boolean(),
})

export const MineWire = Type.Object({
  id: Type.Integer(),
  event: Type.Object({ id: Type.Integer(), title: Type.String(), date: Moment }),
  registered_at: Moment,
  is_cancelled: Type.Boolean(),
})

export const ReviewWire = Type.Object({
  id: Type.Integer(),
  user: NullableNumber,
  event: Type.Integer(),
  rating: Type.Integer(),
  comment: Type.String(),
  created_at: Moment,
})

export const RsvpBody = Type.Object({ status: Words(20) }, Anything)
export const ReviewBody = Type.Object(
  {
    rating: Type.Optional(Type.Union([Type.Number(), Type.String({ maxLength: 10 }), Type.Null()])),
    comment: Words(5_000),
  },
  Anything,
)

/** A status as it is written there; `Going` is one. */
export function statusOf(text: string): Status | undefined {
  return STATUSES.find((status) => status === text.trim().toLowerCase())
}

export function presentRegistration(registration: Registration, event: number): Static<typeof RegistrationWire> {
  const { number: id, accountNumber: user, createdAt, status } = registration
  return { id, user, event, registered_at: moment(createdAt), is_cancelled: status === 'cancelled' }
}

export function presentRsvp(registration: Registration | Interested, event: number): Static<typeof RsvpWire> {
  const { accountNumber: user, createdAt, status } = registration
  const id = 'number' in registration ? registration.number : null
  return { id, user, event, status, created_at: moment(createdAt) }
}

export function presentAttendee(attendee: Registration | Interested, event: number): Static<typeof AttendeeWire> {
  const { name, createdAt, status } = attendee
  return {
    ...presentRsvp(attendee, event),
    name,
    registered_at: moment(createdAt),
    is_cancelled: status === 'cancelled',
  }
}

export function presentMine({ number: id, event, createdAt, status }: Registration): Static<typeof MineWire> {
  return {
    id,
    event: { id: event.number!, title: event.title, date: moment(event.startsAt) },
    registered_at: moment(createdAt),
    is_cancelled: status === 'cancelled',
  }
}

export function presentReview(review: Review, event: number): Static<typeof ReviewWire> {
  const { number: id, accountNumber: user, rating, comment, createdAt } = review
  return { id, user, event, rating, comment, created_at: moment(createdAt) }
}
