import { problem } from '#kernel/problem'

export const StillNeeded = problem(
  'privacy/still-needed',
  409,
  'Some of your events still need somebody',
  '`events` lists those that are published and still to come: hand each over, cancel it or delete it first.',
)
