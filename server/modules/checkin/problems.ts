import { problem } from '#kernel/problem'

export const NoTicket = problem(
  'checkin/no-ticket',
  409,
  'There is no ticket',
  'Only who has a place has a ticket, not who waits or has cancelled.',
)
export const CodeUnknown = problem(
  'checkin/code-unknown',
  404,
  'This ticket is not valid',
  'It was not made here, was copied incompletely, or was replaced by a newer one.',
)
export const WrongEvent = problem('checkin/wrong-event', 409, 'This ticket is for another event')
export const NotGoing = problem(
  'checkin/not-going',
  409,
  'This person has no place',
  '`registration` says whether they wait in line or have cancelled.',
)
export const TooEarly = problem(
  'checkin/too-early',
  409,
  'The door is not open yet',
  '`opensAt` says when: twelve hours before the day of the event begins in its zone.',
)
export const AlreadyIn = problem(
  'checkin/already-in',
  409,
  'Already checked in',
  '`at` says since when, `by` who let them in.',
)
