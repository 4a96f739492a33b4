import { describe, expect, test } from 'vitest'
import * as checkin from '#checkin'
import * as events from '#events'
import { actingAs, type Ctx } from '#kernel/ctx'
import { newId } from '#kernel/ids'
import * as prices from '#payments/prices'
import * as registrations from '#registrations'
import * as holds from '#registrations/holds'
import { openDesk } from '#registrations/desk'
import { LOCK_SEATS, SEAT_BATCH } from '#registrations/seats.sql'
import { aGuest, anAccount, anEvent, openKit, type Kit } from '../kit/kit.ts'
import { seeded, shuffled } from './crowd.ts'

// Seats are freed in every way at once while others stand at the desk, on one PostgreSQL. PROMOTION_ROUNDS for another
// number of rounds.

const ROUNDS = Number(process.env.PROMOTION_ROUNDS ?? 20)
const SEATS = 20
const LINE = 40
const seed = Number(process.env.RACE_SEED ?? Date.now() % 1_000_000)
const random = seeded(seed)

async function openRace(): Promise<Kit> {
  const kit = await openKit()
  if (!kit.databaseUrl) throw new Error('The races need a PostgreSQL server: set TEST_DATABASE_URL.')
  return kit
}

/** What is refused is an answer too; anything else is a fault. */
async function refusedOrDone(faults: string[], work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const { slug } = error as { slug?: string }
    if (!slug) faults.push(`failed: ${(error as Error).message}`)
  }
}

/** One event, full and with a line; then everything at once. Everything that is wrong afterwards; empty when every rule held. */
async function rush(kit: Kit, ctx: Ctx, paid: boolean): Promise<string[]> {
  const organizer = await anAccount(kit.ctx, { role: 'organizer' })
  const event = await anEvent(kit.ctx, { organizer, capacity: SEATS, startsInHours: 5 })
  const by = actingAs(ctx, { kind: 'account', id: organizer.id, role: 'organizer', sessionId: newId() })
  const system = actingAs(ctx, { kind: 'system', name: 'test' })
  const seated = await Promise.all(
    Array.from({ length: SEATS }, () => registrations.register(kit.ctx, event.id, aGuest(`Seated ${newId()}`))),
  )
  if (paid) await prices.set(kit.as(organizer), event.id, { amount: 100, currency: 'EUR', provider: 'manual' })
  for (let n = 0; n < LINE; n++) await registrations.register(kit.ctx, event.id, aGuest(`Waits ${newId()}`))
  // Some of the seats are held, and their time is over.
  const held = seated.slice(0, 3).map(({ id }) => id)
  await kit.database.query('update registrations set held_until = app_now() where id = any($1::uuid[])', [held])

  const faults: string[] = []
  const work = [
    ...seated.slice(3, 10).map(
      ({ id }) =>
        () =>
          registrations.cancel(system, id),
    ),
    () => events.edit(by, event.id, { capacity: SEATS + 2 }),
    () => events.edit(by, event.id, { capacity: SEATS + 4 }),
    () => holds.lapse(system),
    () => holds.lapse(system),
    ...Array.from({ length: 4 }, () => () => checkin.walkIn(by, event.id, aGuest(`Walks ${newId()}`))),
    ...Array.from({ length: 8 }, () => () => registrations.register(ctx, event.id, aGuest(`Late ${newId()}`))),
  ]
  await Promise.all(
    shuffled(work, random).map(async (each) => {
      await new Promise((resolve) => setTimeout(resolve, random() * 5))
      await refusedOrDone(faults, each)
    }),
  )
  return [...faults, ...(await faultsOf(kit, event.id, paid ? 0 : 10))]
}

/** `free`: how many seats became free by what was given back, besides those that were added. */
async function faultsOf(kit: Kit, eventId: string, freed: number): Promise<string[]> {
  const { rows } = await kit.database.query(
    `select id, name, status, held_until is not null as held, promoted_at is not null as promoted, place::int as place
     from registrations where event_id = $1 order by place`,
    [eventId],
  )
  const { rows: pools } = await kit.database.query(
    'select capacity, taken, waiting from seat_pools where event_id = $1',
    [eventId],
  )
  const { rows: facts } = await kit.database.query(
    `select data ->> 'registrationId' as id from facts
     where data ->> 'eventId' = $1 and kind in ('registration.promoted', 'registration.offered') order by facts.id`,
    [eventId],
  )
  const { capacity, taken, waiting } = pools[0] as { capacity: number; taken: number; waiting: number }
  const going = rows.filter((row) => row.status === 'going')
  const waits = rows.filter((row) => row.status === 'waitlisted')
  const promoted = rows.filter((row) => row.promoted)
  const faults: string[] = []
  if (taken !== going.length || waiting !== waits.length)
    faults.push(`counts ${taken} and ${waiting} for ${going.length} and ${waits.length}`)
  if (going.length !== capacity) faults.push(`${going.length} go, to ${capacity} seats, and ${waits.length} wait`)
  // The line moved from its head, and nobody who came later than its head has a seat without having been in it.
  const places = (list: typeof rows) => list.map((row) => row.place as number)
  if (Math.max(...places(promoted)) > Math.min(...places(waits))) faults.push('somebody was promoted past the line')
  const first = Math.min(...places(rows.filter((row) => row.promoted || row.status === 'waitlisted')))
  for (const row of going)
    if (!row.promoted && (row.place as number) > first) faults.push(`${String(row.name)} passed the line`)
  const expected = freed + capacity - SEATS
  if (freed > 0 && promoted.length !== expected) faults.push(`${promoted.length} promoted for ${expected} seats`)
  if (facts.length !== promoted.length) faults.push(`${facts.length} were told of ${promoted.length} promotions`)
  const order = facts.map(({ id }) => rows.find((row) => row.id === id)?.place as number)
  if (order.some((place, at) => at > 0 && place < order[at - 1]!))
    faults.push(`they were told out of the order of the line: ${order.join(' ')} of ${places(promoted).join(' ')}`)
  return faults
}

// S3-25
describe(`seats that are freed in every way while others come (seed ${seed}, ${ROUNDS} rounds)`, () => {
  test('go down the line, one each, strictly in its order, and nobody passes it', async () => {
    const kit = await openRace()
    for (let round = 0; round < ROUNDS; round++) expect(await rush(kit, kit.ctx, round % 2 === 1)).toEqual([])
  })

  test('without the lock of the seat row they are lost, given twice or counted wrongly', async () => {
    const kit = await openRace()
    await kit.database.query(
      'alter table seat_pools drop constraint seat_pools_never_oversold, drop constraint seat_pools_nobody_waits_beside_a_free_seat',
    )
    const statements = { lock: LOCK_SEATS.replace('for update', ''), seat: SEAT_BATCH }
    const ctx = { ...kit.ctx, db: withoutSeatLocks(kit.ctx.db), desk: openDesk(kit.database, kit.ctx.wake, statements) }
    const faults: string[] = []
    for (let round = 0; round < ROUNDS && faults.length === 0; round++) faults.push(...(await rush(kit, ctx, false)))
    expect(faults).toContainEqual(expect.stringMatching(/counts|promoted|go, to|passed/))
  })
})

/** The same database, whose seat rows are not locked by whoever reads them to change them. */
function withoutSeatLocks(db: Ctx['db']): Ctx['db'] {
  return db.withPlugin({
    transformQuery({ node }) {
      if (node.kind !== 'SelectQueryNode' || !JSON.stringify(node.from).includes('"seat_pools"')) return node
      return { ...node, endModifiers: undefined }
    },
    transformResult: async ({ result }) => result,
  })
}
