import { Type, type Static } from 'typebox'
import { Email, Fields, Instant, instant, instantOrNull, Nullable, OneOf, Text, Uuid } from '#http/wire'
import type { Interested } from './interest.ts'
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
  heldUntil: Nullable(
    Type.Unsafe<string>({
      ...Instant,
      description:
        'The place is held until then and theirs once it is paid for, or where `mustConfirm` confirmed. null: it is theirs.',
    }),
  ),
  mustConfirm: Type.Boolean({
    description: 'Whether the guest still has to confirm by the link in the mail. Whoever pays does that first.',
  }),
  cancelledAt: Nullable(Instant),
  checkedInAt: Nullable(Instant),
  attended: Nullable(
    Type.Boolean({ description: 'Was there, or did not come: known after the end, where people were checked in.' }),
  ),
  visibleToAttendees: Type.Boolean({ description: 'Whether others who are registered see the name.' }),
  can: Fields({ cancel: Type.Boolean() }),
})

/** Who is interested has no registration. */
export const InterestedWire = Fields({
  accountId: Uuid,
  name: Type.String(),
  status: OneOf(['interested']),
  createdAt: Instant,
})
export const AttendeeWire = Type.Union([RegistrationWire, InterestedWire])

export const Correction = Fields({ name: Type.Optional(Text(200, { min: 1 })), email: Type.Optional(Email) })
export const PersonBody = Fields({ name: Text(200, { min: 1 }), email: Email })
export const VisibilityBody = Fields({ visibleToAttendees: Type.Boolean() })
export const CountsWire = Fields({
  going: Type.Integer({ description: 'Whose seat is taken, also where it is not paid for yet.' }),
  held: Type.Integer({ description: 'Of those, how many have still to pay.' }),
  waitlisted: Type.Integer(),
  interested: Type.Integer(),
  mine: Type.Boolean({ description: 'Whether the account that asks is interested.' }),
})

/** Nothing for the account that is logged in; a name and an address for a guest. */
export const RegisterBody = Fields({
  name: Type.Optional(Text(200, { min: 1 })),
  email: Type.Optional(Email),
  waitlist: Type.Optional(Type.Boolean({ description: 'false: rather a 409 than a place in line.', default: true })),
})

/** One of the organizer's list as the wire has them. */
export function presentAttendee(attendee: Registration | Interested): Static<typeof AttendeeWire> {
  if (attendee.status === 'interested') {
    const { accountNumber: _, ...person } = attendee
    return { ...person, createdAt: instant(attendee.createdAt) }
  }
  return present(attendee)
}

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
    heldUntil: instantOrNull(registration.heldUntil),
    mustConfirm: registration.mustConfirm,
    cancelledAt: instantOrNull(registration.cancelledAt),
    checkedInAt: instantOrNull(registration.checkedInAt),
    attended: registration.attended,
    visibleToAttendees: registration.visibleToAttendees,
    can: { cancel: registration.mayCancel },
  }
}
