import { expect, test } from 'vitest'
import { connectPostgres } from '#db/connect'
import { cleanUp } from '#events/clean-up/clean-up'
import { newId } from '#kernel/ids'
import { anAccount, anEvent, openKit, type Kit } from '../kit/kit.ts'
import { seeded, shuffled } from './crowd.ts'

// Old events that nobody has used are erased by two cleanings at once, while people come to use them, each over a
// connection of their own: closer together than the doors of the program would ever let them come.

const EVENTS = 150
const PEOPLE = 15
const seed = Number(process.env.RACE_SEED ?? Date.now() % 1_000_000)
const random = seeded(seed)

/** Events that nobody has used and that ended a month ago. */
async function oldEvents(kit: Kit): Promise<string[]> {
  const organizer = await anAccount(kit.ctx, { role: 'organizer' })
  const ids: string[] = []
  while (ids.length < EVENTS) ids.push((await anEvent(kit.ctx, { organizer })).id)
  await kit.database.query(
    `update events set starts_at = app_now() - interval '31 days', ends_at = app_now() - interval '30 days'`,
  )
  return ids
}

/** Registers for events in any order, and answers what was committed; the others were gone. */
async function people(kit: Kit, ids: string[]): Promise<{ came: string[]; faults: string[] }> {
  const own = connectPostgres(kit.databaseUrl!, { connections: PEOPLE, onError: () => {} })
  const came: string[] = []
  const faults: string[] = []
  const tasks = shuffled(ids, random)
  await Promise.all(
    Array.from({ length: PEOPLE }, async (_, n) => {
      for (const eventId of tasks.filter((_id, at) => at % PEOPLE === n)) {
        const id = newId()
        try {
          await own.borrow(async (client) => {
            await client.query({ text: 'begin' })
            await client.query({
              text: `insert into registrations (id, event_id, name, email, email_key, status) values ($1, $2, 'Ann', 'a@example.org', 'a@example.org', 'going')`,
              values: [id, eventId],
            })
            await client.query({ text: 'select pg_sleep($1)', values: [random() * 0.02] })
            await client.query({ text: 'commit' })
          })
          came.push(id)
        } catch (error) {
          const { code, constraint } = error as { code?: string; constraint?: string }
          if (constraint !== 'registrations_event_id_fkey') faults.push(`${code} ${String(error)}`)
        }
      }
    }),
  )
  await own.close()
  return { came, faults }
}

async function lost(kit: Kit, came: string[]): Promise<number> {
  const { rows } = await kit.database.query('select count(*) as n from registrations where id = any($1::uuid[])', [
    came,
  ])
  return came.length - Number(rows[0]!.n)
}

// S1-50; C13
test(`nobody who uses an old event loses anything to the cleaning, and each event is cleaned once (seed ${seed})`, async () => {
  const kit = await openKit()
  if (!kit.databaseUrl) throw new Error('The races need a PostgreSQL server: set TEST_DATABASE_URL.')
  const ids = await oldEvents(kit)
  const clean = async () => {
    const own = connectPostgres(kit.databaseUrl!, { connections: 2, onError: () => {} })
    const done = await cleanUp({ ...kit.as('system'), db: own.kysely }, { days: 7 })
    await own.close()
    return done
  }
  const [{ came, faults }, ...cleanings] = await Promise.all([people(kit, ids), clean(), clean()])
  cleanings.push(await clean())
  expect(faults).toEqual([])
  expect(await lost(kit, came)).toBe(0)
  const count = async (text: string) => Number((await kit.database.query(text, [ids])).rows[0]!.n)
  const archived = await count(
    'select count(*) as n from events where id = any($1::uuid[]) and archived_at is not null',
  )
  const erased = EVENTS - (await count('select count(*) as n from events where id = any($1::uuid[])'))
  expect(archived).toBe(came.length)
  expect(archived + erased).toBe(EVENTS)
  expect(Math.min(archived, erased)).toBeGreaterThan(0) // it was a race
  const sum = (what: 'erased' | 'archived' | 'left') => cleanings.reduce((total, done) => total + done[what], 0)
  expect([sum('erased'), sum('archived'), sum('left')]).toEqual([erased, archived, 0])
  expect(
    await count(
      `select count(*) as n from facts where kind in ('event.erased', 'event.archived') and (data->>'eventId')::uuid = any($1)`,
    ),
  ).toBe(EVENTS)
})

// The test above means something only if it fails where the guards are gone: here one statement looks and erases, and
// what points to an event goes with it.
test('a cleaning that looks and erases in one statement loses what people were just writing', async () => {
  const kit = await openKit()
  await kit.database.query(`alter table registrations drop constraint registrations_event_id_fkey,
    add constraint registrations_event_id_fkey foreign key (event_id) references events on delete cascade`)
  let losses = 0
  for (let round = 0; round < 10 && losses === 0; round++) {
    const ids = await oldEvents(kit)
    const erase = async () => {
      for (let n = 0; n < EVENTS; n += 10)
        await kit.database.query(`delete from events where id in (
          select id from events e where ends_at < app_now() - interval '7 days'
            and not exists (select from registrations where event_id = e.id) order by ends_at, id limit 10)`)
    }
    const [{ came }] = await Promise.all([people(kit, ids), erase()])
    losses = await lost(kit, came)
  }
  expect(losses).toBeGreaterThan(0)
})
