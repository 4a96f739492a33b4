import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anAccount, anEvent, openKit, type Kit } from '../kit/kit.ts'
import { startProcess, type Running } from '../kit/processes.ts'
import { ask, faultsOf, seeded, shuffled, type Answer, type Person } from './crowd.ts'

// The rush for seats, through the HTTP doors of two processes on one PostgreSQL. RACE_ROUNDS=50 for the long run.

const ROUNDS = Number(process.env.RACE_ROUNDS ?? 10)
const CAPACITIES = [1, 10, 100, 499]
const CLIENTS = 500
const seed = Number(process.env.RACE_SEED ?? Date.now() % 1_000_000)
const random = seeded(seed)

/** 500 clients for 450 people: every tenth comes again, written otherwise. */
function someTwice(): { people: number; clients: Person[] } {
  const people = Array.from({ length: CLIENTS * 0.9 }, (_, n) => ({
    name: `Person ${n}`,
    email: `person.${n}@example.org`,
  }))
  const again = people
    .slice(0, CLIENTS * 0.1)
    .map(({ name, email }) => ({ name: name.toUpperCase(), email: email.toUpperCase().replace('EXAMPLE', 'eXample') }))
  return { people: people.length, clients: shuffled([...people, ...again], random) }
}

const everybody = Array.from({ length: CLIENTS }, (_, n) => ({ name: `Person ${n}`, email: `person.${n}@example.org` }))

async function rush(
  kit: Kit,
  doors: Running[],
  capacity: number,
  send: (doors: Running[], eventId: string) => Promise<{ people: number; answers: Answer[] }>,
): Promise<string[]> {
  const organizer = await anAccount(kit.ctx, { role: 'organizer' })
  const { id } = await anEvent(kit.ctx, { capacity, organizer })
  const { people, answers } = await send(doors, id)
  return faultsOf(kit, id, capacity, people, answers)
}

async function sendSomeTwice(doors: Running[], eventId: string) {
  const { people, clients } = someTwice()
  const answers = await Promise.all(clients.map((person) => ask(doors[random() < 0.5 ? 0 : 1]!.url, eventId, person)))
  return { people, answers }
}

async function sendEachOnce(doors: Running[], eventId: string) {
  const order = shuffled(everybody, random)
  const answers = await Promise.all(order.map((person, n) => ask(doors[n % 2]!.url, eventId, person)))
  return { people: everybody.length, answers }
}

async function sendThroughBoth(doors: Running[], eventId: string) {
  const order = shuffled(everybody, random)
  const answers = await Promise.all(order.flatMap((person) => doors.map((door) => ask(door.url, eventId, person))))
  return { people: everybody.length, answers }
}

async function openDoors(kit: Kit, wrong?: 'no-lock' | 'one-statement'): Promise<Running[]> {
  if (!kit.databaseUrl) throw new Error('The races need a PostgreSQL server: set TEST_DATABASE_URL.')
  const env = { DATABASE_URL: kit.databaseUrl }
  const options = wrong ? { entry: 'test/races/unguarded.ts', command: [wrong], env } : { command: ['serve'], env }
  return Promise.all([startProcess(options), startProcess(options)])
}

// S3-04: two processes
describe(`the rush for seats (seed ${seed}, ${ROUNDS} rounds)`, () => {
  let kit: Kit
  let doors: Running[]
  beforeAll(async () => {
    kit = await openKit()
    doors = await openDoors(kit)
  })
  afterAll(async () => {
    await Promise.all(doors.map((door) => door.stop()))
  })

  for (const capacity of CAPACITIES) {
    test(`${CLIENTS} clients, a tenth of the people twice in other spelling, ${capacity} seats`, async () => {
      for (let round = 1; round <= ROUNDS; round++)
        expect(await rush(kit, doors, capacity, sendSomeTwice), `round ${round}`).toEqual([])
    })
    test(`every person through both processes at the same moment, ${capacity} seats`, async () => {
      for (let round = 1; round <= ROUNDS; round++)
        expect(await rush(kit, doors, capacity, sendThroughBoth), `round ${round}`).toEqual([])
    })
  }
})

// The tests above mean something only if they fail where the guard is gone.
describe('with the table’s own rules taken away', () => {
  async function rushUntil(
    kit: Kit,
    doors: Running[],
    fault: RegExp,
    rounds: number,
    send: typeof sendSomeTwice,
  ): Promise<string[]> {
    const faults: string[] = []
    for (let round = 0; round < rounds && !faults.some((each) => fault.test(each)); round++)
      faults.push(...(await rush(kit, doors, 100, send)))
    return faults
  }

  async function unguarded(wrong: 'no-lock' | 'one-statement') {
    const kit = await openKit()
    await kit.database.query(
      'alter table seat_pools drop constraint seat_pools_never_oversold, drop constraint seat_pools_nobody_waits_beside_a_free_seat',
    )
    return { kit, doors: await openDoors(kit, wrong) }
  }

  test('a desk without its lock oversells within 20 rounds', async () => {
    const { kit, doors } = await unguarded('no-lock')
    // Nobody twice: whoever meets their own other registration waits for it at the index, which is as good as a lock.
    const faults = await rushUntil(kit, doors, /^oversold/, 20, sendEachOnce)
    await Promise.all(doors.map((door) => door.stop()))
    expect(faults).toContainEqual(expect.stringMatching(/^oversold/))
  })

  test('a desk that locks and decides in one statement leaves seats unsold or lets somebody go ahead of the line', async () => {
    const { kit, doors } = await unguarded('one-statement')
    const faults = await rushUntil(kit, doors, /^unsold|after the line/, 60, sendThroughBoth)
    await Promise.all(doors.map((door) => door.stop()))
    expect(faults).toContainEqual(expect.stringMatching(/^unsold|after the line/))
  })
})
