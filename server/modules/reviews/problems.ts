import { problem } from '#kernel/problem'

export const NotOverYet = problem('reviews/not-over-yet', 409, 'The event is not over yet')
export const WasNotThere = problem(
  'reviews/was-not-there',
  403,
  'Only who was there can review it',
  'Who was checked in; or, where nobody was checked in, who had a place.',
)
export const AlreadyReviewed = problem(
  'reviews/already-reviewed',
  409,
  'You have reviewed this event',
  'One person, one review: change the one there is.',
)
