import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { sql } from 'kysely'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { anEvent, aRegistration, openKit } from '../../test/kit/kit.ts'
import { connectEmbedded, connectPostgres, type Database } from '#db/connect'
import { transaction } from '#kernel/ctx'
import { isCertain, isTemporary } from '#kernel/database-errors'

const kit = await openKit()

/** A way to the database's server on which what is sent can be lost, without an end that anybody would notice. */
async function aNetworkTo(url: string) {
  const { hostname, port } = new URL(url)
  const sockets: Socket[] = []
  const server = createServer((near) => {
    const far = connect(Number(port || 5432), hostname)
    near.pipe(far).pipe(near)
    for (const each of [near, far]) each.on('error', () => {})
    sockets.push(near, far)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const here = new URL(url)
  here.port = String((server.address() as AddressInfo).port)
  here.hostname = '127.0.0.1'
  return {
    url: here.href,
    /** Lets connections that come later through. */
    loseEverythingOnTheWay() {
      for (const each of sockets) each.unpipe().pause()
    },
    async close() {
      for (const each of sockets) each.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

const { database } = kit
await database.query(
  'create table things (n bigint generated always as identity primary key, id uuid, at timestamptz, data jsonb, word text unique)',
)
const id = '01a1fb8e-356e-7288-bcaf-48bd3d3ea178'

// S4-17 S3-67 S0-12
describe('either engine', () => {
  const read = `select count(*) as count, 9007199254740991::bigint as big, 7::int as int, 1.5::float8 as float, true as yes, null::text as nothing, 'ä🎉'::text as text,
    timestamptz '2027-03-20 18:00:00.123+00' as at, '{"a":[1,null,"x"]}'::jsonb as json, '${id}'::uuid as id, array['${id}']::uuid[] as ids, array['a','b']::text[] as words`
  const expected = {
    count: 1,
    big: 9007199254740991,
    int: 7,
    float: 1.5,
    yes: true,
    nothing: null,
    text: 'ä🎉',
    at: new Date('2027-03-20T18:00:00.123Z'),
    json: { a: [1, null, 'x'] },
    id,
    ids: [id],
    words: ['a', 'b'],
  }

  test('reads the same types from the same columns, through every door', async () => {
    expect((await database.query(read, [])).rows).toEqual([expected])
    expect((await database.query(read)).rows).toEqual([expected])
    expect((await sql.raw(read).execute(database.kysely)).rows).toEqual([expected])
    expect((await database.borrow((client) => client.query({ text: read, values: [], name: 'types' }))).rows).toEqual([
      expected,
    ])
  })

  test('takes the same values: dates, arrays, JSON as text', async () => {
    const at = new Date('2027-03-20T18:00:00.123Z')
    const values = [
      [id, id],
      [at, null],
      ['{"a":1}', '[]'],
      ['x', null],
    ]
    const { rowCount } = await database.query(
      'insert into things (id, at, data, word) select * from unnest($1::uuid[], $2::timestamptz[], $3::jsonb[], $4::text[])',
      values,
    )
    expect(rowCount).toBe(2)
    expect((await database.query('select id, at, data, word from things order by n', [])).rows).toEqual([
      { id, at, data: { a: 1 }, word: 'x' },
      { id, at: null, data: [], word: null },
    ])
    expect((await database.query('select count(*) as n from things where id = any($1::uuid[])', [[id]])).rows).toEqual([
      { n: 2 },
    ])
    expect((await database.query('update things set word = null where word = $1', ['nobody'])).rowCount).toBe(0)
    expect((await database.query('delete from things')).rowCount).toBe(2)
  })

  test('gives a broken rule its code and its name', async () => {
    await database.query(`insert into things (word) values ('once')`)
    for (const again of [
      database.query('insert into things (word) values ($1)', ['once']),
      sql`insert into things (word) values ('once')`.execute(database.kysely),
    ]) {
      await expect(again).rejects.toMatchObject({ code: '23505', constraint: 'things_word_key' })
    }
  })

  test('rolls back what a borrower leaves open, and lends the connection again', async () => {
    for (let n = 0; n < 8; n++) {
      await expect(
        database.borrow(async (client) => {
          await client.query({ text: 'begin' })
          await client.query({ text: 'insert into things (word) values ($1)', values: [`left ${n}`] })
          throw new Error('left open')
        }),
      ).rejects.toThrow('left open')
    }
    expect((await database.query(`select count(*) as n from things where word like 'left%'`, [])).rows).toEqual([
      { n: 0 },
    ])
  })

  test('is usable after a statement failed inside a transaction, and nothing of that one is there', async () => {
    const failed = database.kysely.transaction().execute(async (tx) => {
      await sql`insert into things (word) values ('lost')`.execute(tx)
      await sql`select 1 / 0`.execute(tx)
    })
    await expect(failed).rejects.toMatchObject({ code: '22012' })
    await database.ping()
    expect((await database.query(`select count(*) as n from things where word = 'lost'`, [])).rows).toEqual([{ n: 0 }])
  })

  test('lends to many at once, each in its turn', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        n % 2
          ? database.query('select $1::int as n', [n])
          : database.borrow((client) => client.query({ text: 'select $1::int as n', values: [n] })),
      ),
    )
    expect(answers.map(({ rows }) => rows[0]!.n)).toEqual(Array.from({ length: 50 }, (_, n) => n))
  })

  test('hears what is notified', async () => {
    const heard: string[] = []
    await database.listen('bells', (payload) => heard.push(payload))
    await database.query(`notify bells, 'one'`)
    await database.query(`notify other, 'two'`)
    await database.query(`notify bells, 'three'`)
    await expect.poll(() => heard, { timeout: 5_000 }).toEqual(['one', 'three'])
  })
})

describe('the embedded engine', () => {
  test('is gone when it is closed, and says so at once', async () => {
    const embedded = await connectEmbedded({})
    await embedded.query('create table t (n int)')
    const copy = await connectEmbedded({ snapshot: await embedded.snapshot!() })
    await embedded.close()
    const error = await embedded.query('select 1').catch((thrown: unknown) => thrown)
    expect((error as Error).message).toMatch(/closed|stopped/)
    expect([isTemporary(error), isCertain(error)]).toEqual([true, false])
    expect((await copy.query('select count(*) as n from t', [])).rows).toEqual([{ n: 0 }])
    await copy.close()
  }, 120_000) // each makes a database anew

  test('that is lent for too long is busy, which may be over in a moment', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    const embedded = await connectEmbedded({})
    const error = await embedded.borrow(async () => {
      const refused = embedded.query('select 1').catch((thrown: unknown) => thrown)
      vi.advanceTimersByTime(30_000)
      return refused
    })
    expect((error as Error).message).toMatch(/waited 30 s/)
    expect([isTemporary(error), isCertain(error)]).toEqual([true, false])
    await embedded.ping()
    await embedded.close()
  }, 120_000)
})

if (kit.databaseUrl) {
  describe('PostgreSQL', () => {
    test('cut while a transaction or a batch is under way is an error of that one, and the process goes on', async () => {
      const event = await anEvent(kit.ctx, { capacity: 5 })
      const cut = async (what: string) => {
        await expect
          .poll(
            async () =>
              (
                await database.query(
                  `select pid from pg_stat_activity where wait_event_type = 'Lock' and query ilike $1`,
                  [what],
                )
              ).rowCount,
          )
          .toBeGreaterThan(0)
        await database.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock' and query ilike $1`,
          [what],
        )
      }
      const holding = database.kysely.transaction().execute(async (trx) => {
        await sql`select * from seat_pools where event_id = ${event.id} for update`.execute(trx)
        const seated = kit.ctx.desk.seat({
          eventId: event.id,
          accountId: null,
          name: 'A',
          email: 'a@x.org',
          emailKey: 'a@x.org',
          waitlist: true,
          letIn: false,
          visible: false,
          actor: '{}',
        })
        const failed = expect(seated).rejects.toThrow()
        await cut('%select event_id from seat_pools%for update%')
        await failed
        const edited = transaction(kit.ctx, (tx) =>
          sql`update seat_pools set capacity = 9 where event_id = ${event.id}`.execute(tx.db),
        )
        const refused = expect(edited).rejects.toThrow()
        await cut('%set capacity = 9%')
        await refused
      })
      await holding
      expect(await aRegistration(kit.ctx, event.id)).toMatchObject({ status: 'going' })
    })

    test('is never asked to wait for long', async () => {
      const { rows } = await database.query(
        `select name, setting::int as ms from pg_settings where name in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout')`,
        [],
      )
      expect(Object.fromEntries(rows.map((row) => [row.name, row.ms]))).toEqual({
        statement_timeout: 5_000,
        lock_timeout: 2_000,
        idle_in_transaction_session_timeout: 10_000,
      })
    })

    // reliability R8
    test.each([
      ['a statement', (on: Database) => on.query('select 1')],
      ['a typed statement', (on: Database) => sql`select 1`.execute(on.kysely)],
      ['a transaction', (on: Database) => on.kysely.transaction().execute((tx) => sql`select 1`.execute(tx))],
      ['a borrowed connection', (on: Database) => on.borrow((client) => client.query({ text: 'select 1' }))],
      ['a breath', (on: Database) => on.inOneBreath([{ name: 'one', text: 'select 1', values: [] }])],
    ] as const)(
      'behind a network gone silent: %s fails in time, and the next gets another connection',
      async (_, ask) => {
        const network = await aNetworkTo(kit.databaseUrl!)
        const far = connectPostgres(`${network.url}?query_timeout=600`, { connections: 1, onError: () => {} })
        await ask(far)
        network.loseEverythingOnTheWay()
        const asked = performance.now()
        await expect(ask(far)).rejects.toThrow('Query read timeout')
        expect(performance.now() - asked).toBeLessThan(1_150) // not once more for a rollback
        await ask(far)
        await far.close()
        await network.close()
      },
    )

    // reliability R8
    test('is found again after every connection was cut, and listened to', async () => {
      const cut = connectPostgres(kit.databaseUrl!, { connections: 2, onError: () => {} })
      const heard: string[] = []
      await cut.listen('again', (payload) => heard.push(payload))
      await cut.ping()
      await database.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and application_name like 'turnout%'`,
      )
      await expect
        .poll(
          () =>
            cut.ping().then(
              () => 'there',
              () => 'away',
            ),
          { timeout: 5_000 },
        )
        .toBe('there')
      await expect
        .poll(
          async () => {
            await cut.query(`notify again, 'x'`).catch(() => {})
            return heard.length
          },
          { timeout: 8_000, interval: 200 },
        )
        .toBeGreaterThan(0)
      await cut.close()
      await database.ping().catch(() => database.ping())
    })
  })
}
