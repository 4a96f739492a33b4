import pg from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import type { NamedStatement } from '#db/connect'
import { inOneBreath } from '#db/one-breath'
import { openKit } from '../../test/kit/kit.ts'

const kit = await openKit()
const { database } = kit
await database.query(
  'create table notes (n int primary key); create table seats (id int); insert into seats values (1)',
)
const notes = async () =>
  (await database.query('select n from notes order by n', [])).rows.map((row) => row.n as number)

const write = (n: number) => ({ name: 'write', text: 'insert into notes values ($1)', values: [n] })
const count = { name: 'count', text: 'select count(*) as n from notes', values: [] }

describe('statements in one breath, on either engine', () => {
  // The first time on a connection the statements go one by one; from the second on they leave together.
  test.each(['first', 'second', 'third'])('are one transaction, the %s time', async () => {
    await database.query('truncate notes')
    expect(await database.inOneBreath([write(1), count])).toEqual({ rows: [{ n: 1 }], rowCount: 1 })
    expect(await notes()).toEqual([1])
    await expect(database.inOneBreath([write(2), write(1)])).rejects.toMatchObject({
      code: '23505',
      constraint: 'notes_pkey',
    })
    expect(await notes()).toEqual([1])
    expect(await database.inOneBreath([write(2), count])).toMatchObject({ rows: [{ n: 2 }] })
  })

  test('give back the same types as the plain way, and take the same values', async () => {
    const text = `select 9007199254740991::bigint as big, $1::timestamptz as at, $2::jsonb as json, $3::bool as yes, $4::text as nothing,
      $5::uuid[] as ids, 'ä🎉'::text as text, 7::int as int, 1.5::float8 as float, null::bigint as none`
    const id = '01a1fb8e-356e-7288-bcaf-48bd3d3ea178'
    const values = [new Date('2027-03-20T18:00:00.123Z'), '{"a":[1,null,"x"]}', true, null, [id]]
    const plain = await database.query(text, values)
    expect(plain.rows[0]).toMatchObject({
      big: 9007199254740991,
      at: values[0],
      json: { a: [1, null, 'x'] },
      yes: true,
    })
    for (let n = 0; n < 3; n++) {
      const { rows } = await database.inOneBreath([count, { name: 'types', text, values }])
      expect(rows).toEqual(plain.rows)
    }
  })

  test('give back lists as they were sent, whatever is in them', async () => {
    const texts = [
      '',
      ' ',
      'NULL',
      null,
      'a,b',
      '{}',
      '{"',
      '"',
      '\\',
      '\\"',
      '"\\',
      'a\nb\tc',
      "it's",
      'ä🎉',
      '\u0001',
    ]
    const sent = {
      name: 'lists',
      text: 'select $1::text[] as texts, $2::bool[] as flags',
      values: [texts, [true, null, false]],
    }
    for (let n = 0; n < 3; n++)
      expect((await database.inOneBreath([count, sent])).rows).toEqual([{ texts, flags: [true, null, false] }])
    const none = { name: 'lists', text: sent.text, values: [[], []] }
    expect((await database.inOneBreath([count, none])).rows).toEqual([{ texts: [], flags: [] }])
  })
})

if (kit.databaseUrl) {
  const url = kit.databaseUrl
  /** A connection of our own, on which these statements leave together from now on. */
  async function warmed(...statements: NamedStatement[]) {
    const client = new pg.Client({ connectionString: url, types: new pg.TypeOverrides() })
    client.on('error', () => {})
    await client.connect()
    afterAll(() => client.end())
    await inOneBreath(client, statements)
    return client
  }
  const lock = { name: 'lock', text: 'select id from seats where id = $1 for update', values: [1] }
  const waiting = async () =>
    (
      await database.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
    ).rowCount

  describe('on PostgreSQL', () => {
    test('the statement after a lock sees what was committed while it was waited for; one that locks itself does not', async () => {
      const lockAndCount = {
        name: 'both',
        text: 'with locked as (select id from seats where id = 1 for update) select (select count(*) from notes) as n from locked',
        values: [],
      }
      const [careful, careless] = [await warmed(lock, count), await warmed(lockAndCount)]
      await database.query('truncate notes')
      const answers = await database.borrow(async (holder) => {
        await holder.query({ text: 'begin' })
        await holder.query({ text: 'select id from seats where id = 1 for update' })
        const asked = [inOneBreath(careful, [lock, count]), inOneBreath(careless, [lockAndCount])]
        await expect.poll(waiting).toBe(2)
        await holder.query({ text: 'insert into notes values (1)' })
        await holder.query({ text: 'commit' })
        return Promise.all(asked)
      })
      expect(answers.map(({ rows }) => Number(rows[0]!.n))).toEqual([1, 0])
    })

    test('the lock is held until the last statement is done, and given back then', async () => {
      const slow = { name: 'slow', text: 'select pg_sleep(0.2)', values: [] }
      const [one, other] = [await warmed(lock, slow), await warmed(lock, count)]
      const ended: string[] = []
      await Promise.all([
        inOneBreath(one, [lock, slow]).then(() => ended.push('one')),
        expect
          .poll(
            async () =>
              (
                await database.query(
                  `select from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()`,
                )
              ).rowCount,
          )
          .toBe(1)
          .then(() => inOneBreath(other, [lock, count]))
          .then(() => ended.push('other')),
      ])
      expect(ended).toEqual(['one', 'other'])
    })

    test.each(['deallocate all', 'discard all'])(
      'a connection that forgot its statements by `%s` learns them again',
      async (forget) => {
        const client = await warmed(write(100), count)
        for (const n of [101, 102]) {
          await client.query(forget)
          await inOneBreath(client, [write(n), count])
        }
        // Also when it had to go one by one at that moment, as after any error.
        await expect(inOneBreath(client, [write(102), count])).rejects.toMatchObject({ code: '23505' })
        await client.query(forget)
        await inOneBreath(client, [write(103), count])
        expect(await notes()).toEqual(expect.arrayContaining([100, 101, 102, 103]))
        await database.query('delete from notes where n >= 100')
      },
    )

    test('a connection that is cut meanwhile is an error', async () => {
      const sleep = (seconds: number) => ({ name: 'sleep', text: 'select pg_sleep($1)', values: [seconds] })
      const client = await warmed(count, sleep(0))
      const cut = inOneBreath(client, [count, sleep(20)])
      const failed = expect(cut).rejects.toThrow()
      await expect
        .poll(
          async () =>
            (
              await database.query(
                `select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()`,
              )
            ).rowCount,
        )
        .toBeGreaterThan(0)
      await failed
    })
  })
}
