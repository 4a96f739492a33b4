import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { openKit } from '../../test/kit/kit.ts'
import { attempt, transaction, type About, type Tx } from '#kernel/ctx'
import { isCertain, isRetryable, isTemporary, sqlState, violated } from '#kernel/database-errors'

const kit = await openKit()
await kit.database.query('create table notes (n int primary key)')
beforeEach(() => kit.database.query('truncate notes'))
const note = (tx: Tx, n: number) => sql`insert into notes values (${n})`.execute(tx.db)
const notes = async () => (await kit.database.query('select n from notes order by n', [])).rows.map((row) => row.n)
const failing = (code: string) => (tx: Tx) =>
  sql`do ${sql.raw(`$$ begin raise exception using errcode = '${code}'; end $$`)}`.execute(tx.db)

describe('a transaction', () => {
  test('happens as a whole or not at all', async () => {
    expect(
      await transaction(kit.ctx, async (tx) => {
        await note(tx, 1)
        await note(tx, 2)
        return 'done'
      }),
    ).toBe('done')
    await expect(
      transaction(kit.ctx, async (tx) => {
        await note(tx, 3)
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    expect(await notes()).toEqual([1, 2])
  })

  test('joins the one that is open: what is outside decides for both', async () => {
    await expect(
      transaction(kit.ctx, async (outer) => {
        await transaction(outer, async (inner) => {
          expect(inner).toBe(outer)
          await note(inner, 1)
        })
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    expect(await notes()).toEqual([])
  })

  test.each(['40001', '40P01'])(
    'that fails with %s is tried again from the start, and what it did before is undone',
    async (code) => {
      let attempts = 0
      await transaction(kit.ctx, async (tx) => {
        await note(tx, 1)
        if (++attempts < 4) await failing(code)(tx)
      })
      expect(attempts).toBe(4)
      expect(await notes()).toEqual([1])
    },
  )

  test('is tried four times and then says why', async () => {
    let attempts = 0
    await expect(transaction(kit.ctx, (tx) => (attempts++, failing('40001')(tx)))).rejects.toMatchObject({
      code: '40001',
    })
    expect(attempts).toBe(4)
  })

  test('that fails otherwise is not tried again', async () => {
    let attempts = 0
    await expect(transaction(kit.ctx, (tx) => (attempts++, failing('23505')(tx)))).rejects.toMatchObject({
      code: '23505',
    })
    expect(attempts).toBe(1)
  })

  test('inside another is not tried again by itself: the whole is', async () => {
    const attempts = { outer: 0, inner: 0 }
    await transaction(kit.ctx, async (outer) => {
      attempts.outer++
      await transaction(outer, async (inner) => {
        if (++attempts.inner < 3) await failing('40001')(inner)
      })
    })
    expect(attempts).toEqual({ outer: 3, inner: 3 })
  })

  test('that failed leaves a database that works', async () => {
    for (let n = 0; n < 12; n++)
      await expect(transaction(kit.ctx, (tx) => sql`select * from nowhere`.execute(tx.db))).rejects.toMatchObject({
        code: '42P01',
      })
    await transaction(kit.ctx, (tx) => note(tx, 1))
    expect(await notes()).toEqual([1])
  })
})

describe('a part of a transaction that may fail', () => {
  test('is undone alone, whatever it failed with, and the rest goes on', async () => {
    await transaction(kit.ctx, async (tx) => {
      await note(tx, 1)
      await expect(attempt(tx, () => note(tx, 1))).rejects.toMatchObject({ code: '23505' })
      await expect(
        attempt(tx, async () => {
          await note(tx, 2)
          await attempt(tx, () => note(tx, 3))
          await expect(attempt(tx, () => note(tx, 3))).rejects.toMatchObject({ code: '23505' })
          throw new Error('no')
        }),
      ).rejects.toThrow('no')
      expect(await attempt(tx, async () => (await note(tx, 4), 'done'))).toBe('done')
    })
    expect(await notes()).toEqual([1, 4])
  })

  test('tells nobody what it undid', async () => {
    const heard: About = []
    await transaction({ ...kit.ctx, wake: (about) => void heard.push(...about) }, async (tx) => {
      tx.recorded.push('one')
      await attempt(tx, async () => void tx.recorded.push('two'))
      await attempt(tx, () => (tx.recorded.push('three'), note(tx, 1).then(() => note(tx, 1)))).catch(() => {})
      tx.recorded.push('four')
    })
    expect(heard).toEqual(['one', 'two', 'four'])
    expect(await notes()).toEqual([])
  })

  test('that fails with a deadlock takes the whole with it, which is tried again', async () => {
    let attempts = 0
    await transaction(kit.ctx, async (tx) => {
      await note(tx, ++attempts)
      await attempt(tx, async () => void (attempts < 3 && (await failing('40P01')(tx))))
    })
    expect(await notes()).toEqual([3])
  })
})

describe('what a database’s error means', () => {
  test('is read from its code, the same on either engine', async () => {
    const error = await transaction(kit.ctx, async (tx) => {
      await note(tx, 1)
      await note(tx, 1)
    }).catch((thrown: unknown) => thrown)
    expect(sqlState(error)).toBe('23505')
    expect(violated(error)).toBe('notes_pkey')
    expect([isRetryable(error), isTemporary(error), isCertain(error)]).toEqual([false, false, true])
  })

  test.each([
    [{ code: '40001' }, { retryable: true, temporary: true, certain: true }],
    [{ code: '40P01' }, { retryable: true, temporary: true, certain: true }],
    [{ code: '55P03' }, { retryable: false, temporary: true, certain: true }],
    [{ code: '57014' }, { retryable: false, temporary: true, certain: true }],
    [{ code: '53300' }, { retryable: false, temporary: true, certain: true }],
    [{ code: '25006' }, { retryable: false, temporary: true, certain: true }],
    [{ code: '57P01' }, { retryable: false, temporary: true, certain: false }],
    [{ code: '08006' }, { retryable: false, temporary: true, certain: false }],
    [{ code: '23505' }, { retryable: false, temporary: false, certain: true }],
    [{ code: 'ECONNREFUSED' }, { retryable: false, temporary: true, certain: false }],
    [{ message: 'Connection terminated unexpectedly' }, { retryable: false, temporary: true, certain: false }],
    [{ message: 'timeout exceeded when trying to connect' }, { retryable: false, temporary: true, certain: false }],
    [{ message: 'cannot read properties of undefined' }, { retryable: false, temporary: false, certain: false }],
    [null, { retryable: false, temporary: false, certain: false }],
    ['a string', { retryable: false, temporary: false, certain: false }],
  ])('%j', (error, { retryable, temporary, certain }) => {
    expect([isRetryable(error), isTemporary(error), isCertain(error)]).toEqual([retryable, temporary, certain])
  })
})
