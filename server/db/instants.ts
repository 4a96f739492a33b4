import pg from 'pg'

const anyInstant = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ) as (text: string) => Date | number

/**
 * The instant that PostgreSQL has written, to the millisecond. In UTC and in years of four digits, which is nearly always,
 * it is read digit by digit; otherwise, and for `infinity`, as `pg` reads it.
 */
export function parseInstant(text: string): Date | number {
  const length = text.length
  if (length < 22 || length > 29 || !text.endsWith('+00') || text[4] !== '-' || text.startsWith('0'))
    return anyInstant(text)
  let milliseconds = 0
  for (let at = 20, worth = 100; at < length - 3 && worth >= 1; at++, worth /= 10)
    milliseconds += digit(text, at) * worth
  return new Date(
    Date.UTC(
      digit(text, 0) * 1000 + digit(text, 1) * 100 + digit(text, 2) * 10 + digit(text, 3),
      digit(text, 5) * 10 + digit(text, 6) - 1,
      digit(text, 8) * 10 + digit(text, 9),
      digit(text, 11) * 10 + digit(text, 12),
      digit(text, 14) * 10 + digit(text, 15),
      digit(text, 17) * 10 + digit(text, 18),
      milliseconds,
    ),
  )
}

const ZERO = 48
const digit = (text: string, at: number) => text.charCodeAt(at) - ZERO
