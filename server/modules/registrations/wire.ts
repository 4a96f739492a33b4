import { Type, type Static } from 'typebox'
import { Email, Fields, Instant, instant, instantOrNull, Nullable, OneOf, Text, Uuid } from '#http/wire'
import type { Registration } from './registration.ts'

export const STATUSES = ['going', 'waitlisted', 'cancelled'] as const

export const RegistrationWire = Fields({
  id: Uuid,
  number: Type.Integer(),
  eventId: Uuid,
  event: Fields({
    id: Uuid,
    slug: Type.String(),
    title: Type.String(),
    startsAt: Instant,
    endsAt: Instant,
    zone: Type.String(),
    cancelledAt: Nullable(Instant),
  }),
  name: Type.String(),
  email: Type.String(),
  status: OneOf(STATUSES),
  position: Nullable(Type.Integer({ description: 'The place in line while waitlisted: 1 is next.' })),
  createdAt: Instant,
  promotedAt: Nullable(Instant),
  cancelledAt: Nullable(Instant),
  can: Fields({ cancel: Type.Boolean() }),
})

/** Nothing for the account that is logged in; a name and an address for a guest. */
export const RegisterBody = Fields({
  name: Type.Optional(Text(200, { min: 1 })),
  email: Type.Optional(Email),
  waitlist: Type.Optional(Type.Boolean({ description: 'false: rather a 409 than a place in line.', default: true })),
})

/** A registration as the wire has it. */
export function present(registration: Registration): Static<typeof RegistrationWire> {
  const { event } = registration
  return {
    id: registration.id,
    number: registration.number,
    eventId: registration.eventId,
    event: {
      id: registration.eventId,
      slug: event.slug,
      title: event.title,
      startsAt: instant(event.startsAt),
      endsAt: instant(event.endsAt),
      zone: event.zone,
      cancelledAt: instantOrNull(event.cancelledAt),
    },
    name: registration.name,
    email: registration.email,
    status: registration.status,
    position: registration.position,
    createdAt: instant(registration.createdAt),
    promotedAt: instantOrNull(registration.promotedAt),
    cancelledAt: instantOrNull(registration.cancelledAt),
    can: { cancel: registration.mayCancel },
  }
}
