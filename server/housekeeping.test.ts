import { afterAll, describe, expect, test } from 'vitest'
import { connectPostgres } from '#db/connect'
import type { Ctx } from '#kernel/ctx'
import * as events from '#events'
import { anAccount, anEvent, aRegistration, openKit } from '../test/kit/kit.ts'
import { housekeeping } from './housekeeping.ts'
import { openSurroundings } from './surroundings.ts'

const kit = await openKit()
const { database } = kit
const run = (name: string, ctx: Ctx = kit.ctx) =>
  housekeeping.find((job) => job.name === name)!.run(ctx, new AbortController().signal)
const keys = async () =>
  (await database.query('select key from idempotency_keys order by key', [])).rows.map((row) => row.key)
const remember = (key: string) =>
  database.query(
    `insert into idempotency_keys (scope, key, fingerprint, status, answer) values ('x', $1, 'x', 201, '{}')`,
    [key],
  )

describe('housekeeping', () => {
  test('forgets answers after two days and not before', async () => {
    await remember('old')
    await kit.clock.advance({ hours: 47 })
    await remember('young')
    await run('forget-idempotency-keys')
    expect(await keys()).toEqual(['old', 'young'])
    await kit.clock.advance({ hours: 2 })
    await run('forget-idempotency-keys')
    expect(await keys()).toEqual(['young'])
  })
})

describe('what was counted', () => {
  test('is forgotten when its window is over, and where somebody logged in from after ninety days', async () => {
    const { id } = await anAccount(kit.ctx)
    await database.query(
      `insert into rate_counts values ('old', 1, app_now()), ('young', 1, app_now() + interval '1 hour')`,
    )
    await database.query(
      `insert into known_places values ($1, 'old', app_now() - interval '91 days'), ($1, 'young', app_now())`,
      [id],
    )
    await run('forget-rate-counts')
    await run('forget-known-places')
    expect((await database.query('select key from rate_counts', [])).rows).toEqual([{ key: 'young' }])
    expect((await database.query('select place from known_places', [])).rows).toEqual([{ place: 'young' }])
  })
})

if (kit.databaseUrl) {
  const url = kit.databaseUrl
  describe('where a statement may take a moment only', () => {
    const hasty = connectPostgres(`${url}?statement_timeout=200&query_timeout=400`, {
      connections: 2,
      onError: () => {},
    })
    const { ctx, close } = openSurroundings(kit.ctx.config, kit.ctx.log, hasty)
    afterAll(close)
    const slowly = (table: string, what: 'delete' | 'update') =>
      database.query(`
        create or replace function dawdle() returns trigger language plpgsql as 'begin perform pg_sleep(0.7); return null; end';
        create trigger dawdle before ${what} on ${table} for each statement execute function dawdle()`)

    test('jobs take as long as they take', async () => {
      await kit.clock.advance({ hours: 50 })
      await slowly('idempotency_keys', 'delete')
      await expect(hasty.query('delete from idempotency_keys')).rejects.toMatchObject({ code: '57014' })
      await run('forget-idempotency-keys', ctx)
      expect(await keys()).toEqual([])
    })

    test('so does cancelling an event with all who are registered, and what comes after it may not', async () => {
      const event = await anEvent(kit.ctx)
      const { id } = await aRegistration(kit.ctx, event.id)
      await slowly('registrations', 'update')
      await events.cancel({ ...kit.as(event.organizer), db: ctx.db }, event.id)
      expect((await database.query('select status from registrations where id = $1', [id])).rows).toEqual([
        { status: 'cancelled' },
      ])
      for (let n = 0; n < 3; n++)
        // on whichever connection
        await expect(hasty.query('update registrations set name = name')).rejects.toMatchObject({ code: '57014' })
    })
  })
}
