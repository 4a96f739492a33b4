import { problem } from '#kernel/problem'

export const AlreadyInSeries = problem('series/already-repeats', 409, 'The event is one of a series already')
export const AlreadyBegun = problem(
  'series/begun',
  409,
  'It has begun already',
  'What has begun stays as it is: change those that follow.',
)
export const SeriesEnded = problem(
  'series/ended',
  409,
  'The series has ended',
  'All of it was called off or deleted, or its last time has passed.',
)
