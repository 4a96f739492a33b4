import { parseOptions } from '@node-rs/argon2'
import { expect, test } from 'vitest'
import { Unavailable } from '#kernel/problem'
import { hashPassword, NOBODYS_HASH, verifyPassword } from './passwords.ts'

test('a password is recognised in whatever form its accents were typed', async () => {
  const hash = await hashPassword('crème brûlée'.normalize('NFC'))
  expect(await verifyPassword(hash, 'crème brûlée'.normalize('NFD'))).toBe(true)
  expect(await verifyPassword(hash, 'creme brulee')).toBe(false)
})

test('an unknown user’s password costs what a known one’s does', async () => {
  const { saltLen: _, ...cost } = parseOptions(await hashPassword('correct horse battery'))
  expect(parseOptions(NOBODYS_HASH)).toMatchObject(cost)
  expect(cost).toMatchObject({ algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 })
  expect(await verifyPassword(undefined, '')).toBe(false)
})

test('no password is longer than the longest', async () => {
  expect(await verifyPassword(await hashPassword(''), 'x'.repeat(1_000_000))).toBe(false)
})

test('who comes when too many wait is told to come again, and everybody in line is served', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 80 }, () => hashPassword('correct horse battery')))
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
  expect(refused).toHaveLength(80 - 2 - 64)
  expect(refused[0]!.reason).toMatchObject({ type: Unavailable, extensions: { retryAfter: 2 } })
  expect(await hashPassword('again')).toMatch(/^\$argon2id\$/)
})
