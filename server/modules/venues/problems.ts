import { problem } from '#kernel/problem'

export const VenueNameTaken = problem(
  'venues/name-taken',
  409,
  'A venue of that name exists',
  '`venueId` names it, so that you can use it.',
)
