import { afterAll, describe, expect, test } from 'vitest'
import { buildApp } from '#app'
import { connectPostgres, type Database } from '#db/connect'
import type { About } from '#kernel/ctx'
import { anEvent, openKit } from '../test/kit/kit.ts'
import { freePort } from '../test/kit/processes.ts'
import { DatabaseAway, hearOthers, openDatabase, openSurroundings } from './surroundings.ts'

const kit = await openKit()

/** Surroundings as another process on the kit's database has them, and what wakes it. */
async function another(databaseUrl: string) {
  const database = connectPostgres(databaseUrl, { connections: 3, onError: () => {} })
  const { ctx, close } = openSurroundings(kit.ctx.config, kit.ctx.log, database)
  const woken: About[] = []
  ctx.wakers.add((about) => void woken.push(about))
  await hearOthers(ctx)
  return { ctx, close, woken }
}

if (kit.databaseUrl) {
  const url = kit.databaseUrl
  const { database } = kit

  describe('several processes on one database', () => {
    // reliability R8
    test('one that could not listen for a while forgets everything that it keeps', async () => {
      const { ctx, close } = await another(url)
      const app = await buildApp(ctx, { pages: false })
      afterAll(async () => {
        await app.close()
        await close()
      })
      const event = await anEvent(kit.ctx, { title: 'Kept' })
      const titleNow = async () => (await app.inject(`/api/v1/events/${event.id}`)).json<{ title: string }>().title
      expect(await titleNow()).toBe('Kept')
      await database.query(`update events set title = 'behind our back' where id = $1`, [event.id])
      expect(await titleNow()).toBe('Kept')
      await endListening(database)
      await expect.poll(titleNow, { timeout: 8_000, interval: 100 }).toBe('behind our back')
    })

    test('what could not be told is told when it can be', async () => {
      await database.query(`
        create table testing.mute ();
        create sequence testing.tries;
        create function testing.pg_notify(channel text, payload text) returns void language plpgsql as $$
        begin
          perform nextval('testing.tries'); -- which no rollback takes back
          if to_regclass('testing.mute') is not null then raise exception 'not now'; end if;
          perform pg_catalog.pg_notify(channel, payload);
        end $$`)
      const speaking = await another(`${url}?options=${encodeURIComponent('-c search_path=testing,public,pg_catalog')}`)
      const hearing = await another(url)
      afterAll(hearing.close)
      speaking.ctx.wake(['one', 'two'])
      const tries = async () =>
        (await database.query(`select last_value as n, is_called as some from testing.tries`)).rows[0]
      await expect.poll(tries, { timeout: 5_000 }).toMatchObject({ some: true })
      await database.query('drop table testing.mute')
      speaking.ctx.wake(['three'])
      await expect.poll(() => hearing.woken.flat().sort(), { timeout: 5_000 }).toEqual(['one', 'three', 'two'])

      speaking.ctx.wake(['four'])
      await speaking.close()
      await expect.poll(() => hearing.woken.flat(), { timeout: 5_000 }).toContain('four')
    })
  })
} else {
  test('a process that is alone with its database wakes itself', () => {
    const { ctx } = openSurroundings(kit.ctx.config, kit.ctx.log, kit.database)
    const woken: About[] = []
    ctx.wakers.add((about) => void woken.push(about))
    ctx.wake(['one'])
    expect(woken).toEqual([['one']])
  })
}

test('PostgreSQL that does not come is given up after a while, in words', async () => {
  const config = {
    ...kit.ctx.config,
    databaseUrl: `postgres://nobody:hush-hush-42@127.0.0.1:${await freePort()}/nothing`,
  }
  const said: unknown[] = []
  const log = { warn: (line: unknown) => said.push(line) } as unknown as typeof kit.ctx.log
  const error = await openDatabase(config, log, { longestMs: 300 }).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(DatabaseAway)
  expect((error as Error).message).toMatch(
    /^The database did not answer for 0\.3 seconds: .*ECONNREFUSED.* Compare DATABASE_URL/,
  )
  expect((error as Error).message).not.toContain('hush-hush')
  expect(said).toMatchObject([{ reason: expect.stringContaining('ECONNREFUSED') }])
})

async function endListening(database: Database): Promise<void> {
  const { rowCount } = await database.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'turnout listening'`,
  )
  expect(rowCount).toBeGreaterThan(0)
}
