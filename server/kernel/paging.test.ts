import { describe, expect, test } from 'vitest'
import type { Ctx } from '#kernel/ctx'
import { pageOf, positionOf } from '#kernel/paging'
import { isSignedBy, keyFor, sign } from '#kernel/signing'

const ctx = { config: { secretKey: 'for-tests-only-0123456789-abcdefghijklm' } } as Ctx
const elsewhere = { config: { secretKey: 'for-tests-only-9876543210-abcdefghijklm' } } as Ctx
const refused = expect.objectContaining({
  slug: 'invalid',
  extensions: { errors: [expect.objectContaining({ pointer: '/query/cursor' })] },
})
const failure = (work: () => unknown) => {
  try {
    return work()
  } catch (error) {
    return error
  }
}

// S3-04
describe('a page', () => {
  test('is cut from one row more than was asked for, and says where the next begins', () => {
    const { items, nextCursor } = pageOf(ctx, ['list'], [1, 2, 3], 2, (row) => [row, `row ${row}`])
    expect(items).toEqual([1, 2])
    expect(positionOf(ctx, ['list'], nextCursor!)).toEqual([2, 'row 2'])
  })

  test.each([[[]], [[1]], [[1, 2]]])('of %j in twos is the last', (rows) => {
    expect(pageOf(ctx, ['list'], rows, 2, (row) => [row])).toEqual({ items: rows, nextCursor: null })
  })

  test('without a cursor begins at the front', () => expect(positionOf(ctx, ['list'], undefined)).toBeUndefined())
})

describe('a cursor', () => {
  const { nextCursor } = pageOf(ctx, ['list', { text: 'a' }], [1, 2], 1, (row) => [row, 'x'])
  const [payload, signature] = nextCursor!.split('.') as [string, string]

  test.each([
    ['nothing', ''],
    ['a dot', '.'],
    ['only a payload', payload],
    ['only a signature', `.${signature}`],
    ['another payload', `${Buffer.from('[0,"x"]').toString('base64url')}.${signature}`],
    ['a shorter signature', `${payload}.${signature.slice(1)}`],
    ['a longer signature', `${payload}.${signature}A`],
    ['no text', '\0'],
    ['a payload that is no JSON', `e30x.${signature}`],
  ])('that is %s is refused', (_, cursor) =>
    expect(failure(() => positionOf(ctx, ['list', { text: 'a' }], cursor))).toEqual(refused),
  )

  test.each([[['list', { text: 'b' }]], [['list']], [['other', { text: 'a' }]], ['list']])(
    'belongs to its list and not to %j',
    (list) => {
      expect(failure(() => positionOf(ctx, list, nextCursor!))).toEqual(refused)
    },
  )

  test('belongs to this installation', () =>
    expect(failure(() => positionOf(elsewhere, ['list', { text: 'a' }], nextCursor!))).toEqual(refused))
})

describe('a signature', () => {
  const secret = 'one'
  test('fits its text, its purpose and its secret', () => {
    const signature = sign(secret, 'link', 'text')
    expect(isSignedBy(secret, 'link', 'text', signature)).toBe(true)
    expect(isSignedBy(secret, 'cursor', 'text', signature)).toBe(false)
    expect(isSignedBy(secret, 'link', 'text ', signature)).toBe(false)
    expect(isSignedBy('two', 'link', 'text', signature)).toBe(false)
    for (const other of ['', signature.slice(0, -1), `${signature}A`, signature.toUpperCase(), '💥'.repeat(11)])
      expect(isSignedBy(secret, 'link', 'text', other)).toBe(false)
  })

  test('is made with a key for its purpose alone', () => {
    expect(keyFor(secret, 'a')).toHaveLength(32)
    expect(keyFor(secret, 'a')).not.toEqual(keyFor(secret, 'b'))
    expect(keyFor(secret, 'a')).not.toEqual(Buffer.from(secret))
  })
})
