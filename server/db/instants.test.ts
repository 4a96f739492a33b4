import pg from 'pg'
import { expect, test } from 'vitest'
import { parseInstant } from './instants.ts'

const asPgReads = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ) as (text: string) => Date | number

test.each([
  '2026-11-21 06:14:43.123456+00',
  '2026-11-21 06:14:43.9+00',
  '2026-11-21 06:14:43.09+00',
  '2026-11-21 06:14:43.999999+00',
  '2026-11-21 06:14:43+00',
  '1999-12-31 23:59:59.001+00',
  '2024-02-29 00:00:00+00',
  '9999-12-31 23:59:59+00',
  '0044-03-15 12:00:00+00',
  '0044-03-15 12:00:00+00 BC',
  '12026-11-21 06:14:43+00',
  '2026-11-21 11:59:43.5+05:45',
  '2026-11-21 06:14:43-02',
  'infinity',
  '-infinity',
])('%s is the instant that pg reads, to the millisecond', (text) => {
  const read = parseInstant(text)
  expect(read).toEqual(asPgReads(text))
  if (read instanceof Date) expect(Number.isInteger(read.getTime())).toBe(true)
})
