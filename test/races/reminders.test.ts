import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { remind } from '#notifications/reminders'
import { connectPostgres } from '#db/connect'
import { actingAs, type Ctx } from '#kernel/ctx'
import { anEvent, openKit } from '../kit/kit.ts'

// Several workers look at the same moment, on one PostgreSQL. REMINDER_ROUNDS for another number of rounds.

const ROUNDS = Number(process.env.REMINDER_ROUNDS ?? 10)
const PEOPLE = 200

const kit = await openKit()
if (!kit.databaseUrl) throw new Error('The races need a PostgreSQL server: set TEST_DATABASE_URL.')

/** `n` people who are going, without the desk: only their number matters here. */
async function crowd(eventId: string, n: number): Promise<void> {
  await sql`
    insert into registrations (id, event_id, name, email, email_key, status, created_at)
    select gen_random_uuid(), ${eventId}, 'Person ' || i, i || '@example.org', i || '@example.org', 'going', app_now() - interval '1 minute'
    from generate_series(1, ${n}) i`.execute(kit.ctx.db)
  await sql`update seat_pools set taken = taken + ${n} where event_id = ${eventId}`.execute(kit.ctx.db)
}

const written = async (eventId: string) =>
  (
    await sql<{ n: number; people: number }>`
    select count(*) as n, count(distinct recipient) as people from notifications
    where topic = 'reminder' and event_id = ${eventId}`.execute(kit.ctx.db)
  ).rows[0]!

// S3-26
test('two workers at the mark write each reminder once', async () => {
  const others = [1, 2].map(() => connectPostgres(kit.databaseUrl!, { connections: 2, onError: () => {} }))
  const workers: Ctx[] = [kit.ctx, ...others.map((database) => ({ ...kit.ctx, database, db: database.kysely }))]
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const event = await anEvent(kit.ctx, { startsInHours: 25 })
      await crowd(event.id, PEOPLE)
      await kit.clock.advance({ hours: 1, minutes: 1 })
      const did = await Promise.all(workers.map((ctx) => remind(actingAs(ctx, { kind: 'system', name: 'race' }))))
      expect(Math.max(...did)).toBeGreaterThan(0)
      expect(await written(event.id)).toEqual({ n: PEOPLE, people: PEOPLE })
    }
  } finally {
    for (const database of others) await database.close()
  }
})

test('ten thousand people who go to one event are written to within seconds', async () => {
  const event = await anEvent(kit.ctx, { startsInHours: 25 })
  await crowd(event.id, 10_000)
  await kit.clock.advance({ hours: 1, minutes: 1 })
  const begun = performance.now()
  expect(await remind(kit.as('system'))).toBe(1)
  const ms = performance.now() - begun
  console.log(`10,000 reminders in one statement: ${Math.round(ms)} ms`)
  expect(await written(event.id)).toEqual({ n: 10_000, people: 10_000 })
  expect(ms).toBeLessThan(20_000)
})
