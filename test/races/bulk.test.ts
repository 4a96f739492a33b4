import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as events from '#events'
import { connectPostgres } from '#db/connect'
import { transaction } from '#kernel/ctx'
import { anEvent, aRegistration, openKit, type Kit } from '../kit/kit.ts'
import { startProcess, type Running } from '../kit/processes.ts'
import { seeded, shuffled } from './crowd.ts'

// Many who change the same events together, each in an order of their own, through the HTTP doors of two processes on
// one PostgreSQL, while people register for them.

const EVENTS = 20
const BULKS = 48
const PEOPLE = 60
const TIMES = 10
const ROUNDS = Number(process.env.RACE_ROUNDS ?? 3)
const seed = Number(process.env.RACE_SEED ?? Date.now() % 1_000_000)
const random = seeded(seed)

type World = { ids: string[]; organizer: { id: string; username: string; role: string } }

/** An organizer's events, with room for everybody. */
async function aWorld(kit: Kit): Promise<World> {
  const { id, organizer } = await anEvent(kit.ctx, { capacity: 1_000 })
  const ids = [id]
  while (ids.length < EVENTS) ids.push((await anEvent(kit.ctx, { organizer, capacity: 1_000 })).id)
  return { ids, organizer }
}

/**
 * Bulks of two kinds meet their own kind in other orders: at events and their seats, or at addresses and tags that nobody
 * has used before and everybody makes now. Apart, because whoever waits at the one meets nobody at the other.
 */
function rowsOf(round: number, n: number, ids: string[]): { operations: object[]; changes: boolean; fails: boolean } {
  const changes = n % 2 === 0
  const fails = n % 3 === 2
  const group = `${round}.${Math.floor(n / 8)}` // four of them make the same, at the same time
  const operations = changes
    ? shuffled(ids, random).map((id, at) => ({
        do: 'update',
        id,
        title: `b${n}`,
        ...(n % 8 !== 2 ? { capacity: 1_000 + at } : {}), // the others touch no seats
      }))
    : shuffled([1, 2, 3, 4, 5, 6], random).map((word) => aDraft(`new ${group} ${word}`, [`tag ${group} ${word}`]))
  const refused = { do: 'update', id: UNKNOWN, title: 'no' }
  return { operations: fails ? [...operations, refused] : operations, changes, fails }
}
const UNKNOWN = '00000000-0000-7000-8000-00000000ffff'
const aDraft = (title: string, tags: string[]) => ({
  do: 'create',
  title,
  tags,
  startsAt: '2027-06-01T10:00:00Z',
  endsAt: '2027-06-01T12:00:00Z',
  zone: 'UTC',
})

/** How often the database had to end somebody's transaction because two waited for each other. */
async function deadlocks(kit: Kit): Promise<number> {
  const { rows } = await kit.database.query(
    `select deadlocks from pg_stat_database where datname = current_database()`,
    [],
  )
  return Number(rows[0]!.deadlocks)
}

// S0-38
describe(`many bulks over the same events (seed ${seed}, ${ROUNDS} rounds)`, () => {
  let kit: Kit
  let doors: Running[]
  beforeAll(async () => {
    kit = await openKit()
    if (!kit.databaseUrl) throw new Error('The races need a PostgreSQL server: set TEST_DATABASE_URL.')
    const options = { command: ['serve'], env: { DATABASE_URL: kit.databaseUrl, RATE_LIMITS: 'off' } }
    doors = await Promise.all([startProcess(options), startProcess(options)])
  })
  afterAll(async () => {
    await Promise.all(doors.map((door) => door.stop()))
  })

  test('are seen whole or not at all, and never wait for each other in a ring', async () => {
    const faults: string[] = []
    for (let round = 1; round <= ROUNDS; round++) faults.push(...(await rush(kit, doors, round)))
    expect(faults).toEqual([])
    await Promise.all(doors.map((door) => door.stop())) // what a connection has counted is told when it ends
    expect(await deadlocks(kit)).toBe(0)
  })
})

/** Everything that was wrong with one rush; empty when every rule held. */
async function rush(kit: Kit, doors: Running[], round: number): Promise<string[]> {
  const { ids, organizer } = await aWorld(kit)
  const { authorization } = await kit.signIn(organizer)
  const faults: string[] = []

  let over = false
  const watching = (async () => {
    while (!over) {
      const half = await halfSeen(kit, ids)
      if (half) faults.push(half)
    }
  })()

  const done = { changes: 0, drafts: 0 }
  const bulks = Array.from({ length: BULKS }, async (_, n) => {
    const { operations, changes, fails } = rowsOf(round, n, ids)
    const { status, body } = await untilServed(
      `${doors[n % 4 < 2 ? 0 : 1]!.url}/api/v1/events/bulk`,
      { operations },
      authorization,
    )
    if (status !== (fails ? 422 : 200)) faults.push(`answered ${status} ${JSON.stringify(body)}`)
    else if (fails && body.rows!.length !== 1) faults.push(`refused ${JSON.stringify(body.rows)}`)
    else if (!fails) done[changes ? 'changes' : 'drafts']++
  })
  const people = Array.from({ length: PEOPLE }, async (_, n) => {
    for (let at = 0; at < TIMES; at++) {
      const person = { name: `P ${n}`, email: `p${n}.${at}@example.org` }
      const eventId = ids[Math.floor(random() * EVENTS)]!
      const { status } = await untilServed(`${doors[n % 2]!.url}/api/v1/events/${eventId}/registrations`, person)
      if (status !== 201) faults.push(`somebody was answered ${status}`)
    }
  })
  await Promise.all([...bulks, ...people])
  over = true
  await watching

  const count = async (text: string, value: unknown) => Number((await kit.database.query(text, [value])).rows[0]!.n)
  const changes = await count('select sum(version - 2) as n from events where id = any($1::uuid[])', ids)
  if (changes !== done.changes * EVENTS) faults.push(`${changes} changes by ${done.changes} bulks`)
  const taken = await count('select sum(taken) as n from seat_pools where event_id = any($1::uuid[])', ids)
  if (taken !== PEOPLE * TIMES) faults.push(`${taken} seats for ${PEOPLE * TIMES} people`)
  const drafts = await count(
    'select count(*) as n from events where published_at is null and organizer_id = $1',
    organizer.id,
  )
  if (drafts !== done.drafts * 6) faults.push(`${drafts} drafts by ${done.drafts} bulks`)
  return faults
}

/** What is to be seen now of bulks that are not done; undefined where all of it is whole. */
async function halfSeen(kit: Kit, ids: string[]): Promise<string | undefined> {
  const { rows } = await kit.database.query(
    `select count(distinct title) filter (where version > 2) as titles, count(distinct version) as versions
     from events where id = any($1::uuid[])`,
    [ids],
  )
  if (Number(rows[0]!.titles) > 1 || Number(rows[0]!.versions) !== 1)
    return `half of a bulk was seen: ${JSON.stringify(rows[0])}`
}

/** Asks again as long as a lock was not to be had in time: that is a 503, which says so. */
async function untilServed(url: string, payload: object, authorization?: string) {
  for (;;) {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
      body: JSON.stringify(payload),
    })
    const body = (await answer.json()) as { rows?: unknown[] }
    if (answer.status !== 503) return { status: answer.status, body }
  }
}

// The test above means something only if it fails where its guards are gone: here each row has a transaction of its own,
test('without one transaction, half of a bulk is seen, and stays when one of its rows is refused', async () => {
  const kit = await openKit()
  const { ids, organizer } = await aWorld(kit)
  const ctx = kit.as(organizer)
  let over = false
  const halves = (async () => {
    let seen = 0
    while (!over) if (await halfSeen(kit, ids)) seen++
    return seen
  })()
  const bulk = async (title: string, rows: string[]) => {
    for (const id of rows) await events.edit(ctx, id, { title })
  }
  for (let round = 0; round < 5; round++) await bulk(`T ${round}`, ids)
  expect(await halfSeen(kit, ids)).toBeUndefined()
  await expect(bulk('refused', [...ids.slice(1), UNKNOWN])).rejects.toThrow()
  over = true
  expect(await halves).toBeGreaterThan(0)
  expect(await halfSeen(kit, ids)).toMatch(/^half of a bulk was seen/)
})

// and here everybody goes through the same rows, in
// one transaction, and locks what each row needs when it comes to it.
test('without the locks in one order, the database has to break rings', async () => {
  const kit = await openKit()
  const { ids, organizer } = await aWorld(kit)
  await aRegistration(kit.ctx, ids[0]!)
  const own = connectPostgres(kit.databaseUrl!, { connections: 10, onError: () => {} })
  const ctx = { ...kit.as(organizer), db: own.kysely }
  for (let round = 0; round < 3; round++)
    await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        transaction(ctx, async (tx) => {
          for (const id of shuffled(ids, random)) await events.edit(tx, id, { title: `T ${n}`, capacity: 1_000 + n })
        }).catch(() => {}),
      ),
    )
  await own.close()
  await expect.poll(() => deadlocks(kit), { timeout: 10_000 }).toBeGreaterThan(0)
})
