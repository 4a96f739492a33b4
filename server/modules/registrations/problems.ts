import { problem } from '#kernel/problem'

export const AlreadyRegistered = problem(
  'registrations/already-registered',
  409,
  'You are already registered',
  'One person, one place: this account or address has a live registration for the event.',
)
export const EventFull = problem(
  'registrations/event-full',
  409,
  'The event is full',
  '`waitlistOffered` says whether a place in line could be had.',
)
export const RegistrationClosed = problem(
  'registrations/closed',
  409,
  'Registration is closed',
  'The deadline has passed, or the organizer has closed registration.',
)
export const EventPast = problem('registrations/event-past', 409, 'The event has already begun')
export const EventCancelled = problem('registrations/event-cancelled', 409, 'The event was cancelled')
export const CapacityBelowTaken = problem(
  'registrations/capacity-below-taken',
  409,
  'More seats are taken than that',
  '`taken` says how many: cancel some registrations first.',
)
export const LinkInvalid = problem(
  'registrations/link-invalid',
  404,
  'This link is not valid',
  'It was not made here, or was copied incompletely.',
)
export const HasAccount = problem(
  'registrations/has-account',
  409,
  'This registration belongs to an account',
  'Its name and address are the account’s, and are changed there.',
)
export const NotLive = problem(
  'registrations/not-live',
  409,
  'There is no place to do that with',
  'The registration was cancelled, or waits in line.',
)
