import type { KyselyPlugin, RootOperationNode } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { actingAs, type Ctx } from '#kernel/ctx'
import { Refusal } from '#kernel/problem'
import * as registrations from '#registrations'
import { change } from '#series/changing'
import { extendAll } from '#series/horizon'
import * as series from '#series'
import { aGuest, anAccount, openKit } from '../kit/kit.ts'
import { seeded } from './crowd.ts'

// Several at the same series at once, each with a connection of its own to one PostgreSQL.

const ROUNDS = Number(process.env.RACE_ROUNDS ?? 10)
const WORKERS = 4
const seed = Number(process.env.RACE_SEED ?? Date.now() % 1_000_000)
const random = seeded(seed)

const kit = await openKit({ SERIES_HORIZON_DAYS: '60' })
if (!kit.databaseUrl) throw new Error('The races need a PostgreSQL server: set TEST_DATABASE_URL.')
const organizer = await anAccount(kit.ctx, { role: 'organizer' })
const hers = kit.as(organizer)

/** The same surroundings, whose statements do not lock that table's rows. */
function withoutLocksOf<C extends Ctx>(table: 'series' | 'seat_pools', ctx: C): C {
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }): RootOperationNode => {
      if (node.kind !== 'SelectQueryNode') return node
      const { endModifiers: _, ...rest } = node
      return JSON.stringify(rest.from).includes(`"${table}"`) ? rest : node
    },
    transformResult: async ({ result }) => result,
  }
  return { ...ctx, db: kit.ctx.db.withPlugin(plugin) }
}

let started = 0
async function aSeries(fields: { rule: string; capacity?: number }): Promise<string> {
  // An hour from now and in UTC, so that what the horizon reaches does not depend on the time of day of the run.
  const startsAt = new Date((Math.ceil(kit.ctx.now().getTime() / 1_000) + 3_600 + started++) * 1_000)
  const id = await series.create(hers, {
    title: 'Choir',
    startsAt: startsAt.toISOString(),
    endsAt: new Date(startsAt.getTime() + 3_600_000).toISOString(),
    zone: 'UTC',
    ...fields,
  })
  await series.publish(hers, id)
  return id
} // prettier-ignore

const query = async (text: string, id: string) => (await kit.database.query(text, [id])).rows
const madeTwice = (id: string) =>
  query(`select starts_at from events where series_id = $1 group by starts_at having count(*) > 1`, id)

describe('the horizon, at which several are at once', () => {
  beforeEach(() => kit.clock.advance({ days: 12 }))

  async function evening(ctx: Ctx): Promise<{ id: string; made: number; answered: number }> {
    const id = await aSeries({ rule: 'FREQ=DAILY' })
    const before = (await query('select id from events where series_id = $1', id)).length
    await kit.clock.advance({ days: 12 })
    const counts = await Promise.all(Array.from({ length: WORKERS }, () => extendAll(ctx)))
    const made = (await query('select id from events where series_id = $1', id)).length - before
    await series.remove(hers, id)
    return { id, made, answered: counts.reduce((sum, n) => sum + n) }
  }

  test(`${WORKERS} make each occurrence once, published, with seats`, async () => {
    for (let round = 1; round <= ROUNDS; round++) {
      const { id, made, answered } = await evening(kit.ctx)
      expect(await madeTwice(id), `round ${round}`).toEqual([])
      expect(made).toBe(12)
      expect(answered).toBe(12)
      expect(
        await query(
          `select e.id from events e left join seat_pools s on s.event_id = e.id
           where series_id = $1 and (s.event_id is null or published_at is null)`,
          id,
        ),
      ).toEqual([])
    }
  })

  // The test above means something only if it fails where the guard is gone.
  test('without the lock on the series, and its constraint, some are made twice', async () => {
    await kit.database.query('alter table events drop constraint events_once_in_series')
    const twice: unknown[] = []
    for (let round = 0; round < 10 && twice.length === 0; round++)
      twice.push(...(await madeTwice((await evening(withoutLocksOf('series', kit.ctx))).id)))
    await kit.database.query(
      `delete from events where series_id is not null;
       alter table events add constraint events_once_in_series unique (series_id, occurrence_at) deferrable initially immediate`,
    )
    expect(twice).not.toEqual([])
  })
})

describe(`all of them changed while people register (seed ${seed})`, () => {
  /** Everything that was wrong afterwards. */
  async function rush(ctx: Ctx): Promise<string[]> {
    const id = await aSeries({ rule: 'FREQ=WEEKLY;COUNT=4', capacity: 10 })
    const made = await query('select id from events where series_id = $1', id)
    const asked = Array.from({ length: 120 }, async () => {
      await new Promise((resolve) => setTimeout(resolve, random() * 150))
      return registrations.register(kit.ctx, made[Math.floor(random() * made.length)]!.id as string, aGuest())
    })
    const changes = Array.from({ length: 6 }, async (_, n) => {
      const fields = n % 2 ? { capacity: 10 + Math.floor(random() * 30) } : { title: `Choir ${n}`, capacity: 12 }
      await change(ctx, id, fields).catch((error: unknown) => {
        if (!(error instanceof Refusal && error.slug === 'registrations/capacity-below-taken')) throw error
      })
    })
    const places = await Promise.all(asked)
    await Promise.all(changes)
    const faults: string[] = []
    for (const { id: eventId } of made) {
      const [found] = await query(
        `select s.capacity, s.taken, s.waiting, count(*) filter (where r.status = 'going') as going,
           count(*) filter (where r.status = 'waitlisted') as waitlisted
         from seat_pools s left join registrations r on r.event_id = s.event_id where s.event_id = $1
         group by s.capacity, s.taken, s.waiting`,
        eventId as string,
      )
      if (Number(found!.going) !== found!.taken || Number(found!.waitlisted) !== found!.waiting)
        faults.push(`counts ${JSON.stringify(found)}`)
      if (Number(found!.going) > Number(found!.capacity)) faults.push(`oversold ${JSON.stringify(found)}`)
      if (Number(found!.waitlisted) > 0 && Number(found!.going) < Number(found!.capacity))
        faults.push(`somebody waits beside a free seat ${JSON.stringify(found)}`)
    }
    const [{ n } = { n: 0 }] = await query(
      `select count(*) as n from registrations r join events e on e.id = r.event_id where e.series_id = $1`,
      id,
    )
    if (Number(n) !== places.length) faults.push(`${String(n)} rows for ${places.length} places`)
    const told = await query(`select capacity from seat_pools s join events e on e.id = s.event_id where series_id = $1 group by capacity`, id) // prettier-ignore
    if (told.length !== 1) faults.push(`the occurrences differ: ${JSON.stringify(told)}`)
    return faults
  }

  test('nobody loses a place, no seat is given twice, and all have the same change', async () => {
    for (let round = 1; round <= ROUNDS; round++) expect(await rush(hers), `round ${round}`).toEqual([])
  })

  test('a change that does not lock the seats loses count of them', async () => {
    const faults: string[] = []
    for (let round = 0; round < 20 && faults.length === 0; round++) {
      const unguarded = actingAs(withoutLocksOf('seat_pools', kit.ctx), hers.actor)
      faults.push(...(await rush(unguarded).catch((error: Error) => [error.message])))
    }
    // Its counts are older than what the desk wrote meanwhile, and sometimes the table itself sees that.
    expect(faults[0]).toMatch(/^counts|seat_pools_/)
  })
})
