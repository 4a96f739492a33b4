import { problem } from '#kernel/problem'

export const AlreadyPublished = problem('events/already-published', 409, 'The event is published already')
export const NotPublished = problem('events/not-published', 409, 'The event is still a draft', 'Publish it first.')
export const AlreadyCancelled = problem('events/cancelled', 409, 'The event was cancelled')
export const InUse = problem(
  'events/in-use',
  409,
  'People have been there',
  'What they did there, like their reviews, would go with it. Leave it, or have an admin archive it.',
)
export const AlreadyOver = problem('events/over', 409, 'The event is over', 'What is past stays as it was.')
export const RowsRefused = problem(
  'events/rows-refused',
  422,
  'Some rows were refused, so nothing was changed',
  '`rows` has each row that was refused, by its index, with the problem it would have been alone; `errors` points at its fields.',
)
export const TooMuchAtOnce = problem(
  'events/too-much-at-once',
  503,
  'That is too much for one request',
  'It took too long, so nothing was changed: send fewer rows at a time.',
)
export const PartOfSeries = problem(
  'events/part-of-series',
  409,
  'It is one of a series',
  'A series is handed over with all its occurrences.',
)
export const InvitationOver = problem(
  'events/invitation-over',
  409,
  'The invitation is over',
  'It was answered, taken back or is too old, or what it was for is gone.',
)
export const InvitationForAnother = problem(
  'events/invitation-for-another',
  403,
  'The invitation is for somebody else',
  'It is for the account or the address that it was sent to alone.',
)
export const CannotOrganize = problem(
  'events/cannot-organize',
  409,
  'Your account cannot organize events',
  'An event is handed over to organizers only: ask for that role first.',
)
export const AlreadyOwner = problem('events/already-owner', 409, 'It is yours already')
export const TeamFull = problem('events/team-full', 409, 'The team is as large as a team can be')
export const CategoryNameTaken = problem('events/category-name-taken', 409, 'A category of that name exists')
export const TagNameTaken = problem('events/tag-name-taken', 409, 'A tag of that name exists')
