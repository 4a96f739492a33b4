import { problem } from '#kernel/problem'

export const CalendarLinkInvalid = problem(
  'calendars/link-invalid',
  404,
  'This calendar address is not valid',
  'It was not made here, was copied incompletely, or was replaced by a new one.',
)
