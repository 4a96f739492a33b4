import { problem } from '#kernel/problem'

export const StillDue = problem(
  'notifications/still-due',
  409,
  'It has not left yet',
  'It, or what repeats it, is still to be sent: wait until it was sent or given up.',
)
export const SaysNothingAnyMore = problem(
  'notifications/says-nothing-any-more',
  409,
  'What it said is not kept any more',
  'Words and recipients of messages are kept for as long as the settings say, and as long as people want.',
)
export const NotThatLink = problem(
  'notifications/not-that-link',
  404,
  'This link turns nothing off',
  'It is none of ours, or the mail that it was in is so old that we no longer know whom it went to.',
)
