import { problem } from '#kernel/problem'

export const NotAPicture = problem(
  'pictures/not-a-picture',
  415,
  'That is no picture that we read',
  'JPEG, PNG and WebP are. What a file is is seen from its content, not from its name.',
)
export const TooManyPixels = problem(
  'pictures/too-many-pixels',
  422,
  'The picture is too large',
  'At most 40 megapixels, and 20,000 pixels on a side.',
)
export const Animated = problem('pictures/animated', 422, 'The picture moves', 'Send one that has a single frame.')
export const Unreadable = problem(
  'pictures/unreadable',
  422,
  'The picture cannot be read',
  'It is damaged or incomplete, or it takes too long.',
)
