import { Agent, request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeFor } from '#checkin/tickets'
import { aRegistration, anEvent, openKit, type Kit } from '../kit/kit.ts'
import { startProcess, type Running } from '../kit/processes.ts'
import { seeded, shuffled } from './crowd.ts'

// Ten devices at the door scan every ticket at once, through the HTTP doors of two processes on one PostgreSQL.

const TICKETS = 200
const TICKETS_AT_ONCE = 20
const DEVICES = 10
const seed = Number(process.env.RACE_SEED ?? Date.now() % 1_000_000)
const random = seeded(seed)
const agent = new Agent({ keepAlive: true, maxSockets: 200 })

type Answer = { ticket: number; status: number; body: { at?: string; by?: string; type?: string } }

let kit: Kit
let doors: Running[]
beforeAll(async () => {
  kit = await openKit()
  if (!kit.databaseUrl) throw new Error('The races need a PostgreSQL server: set TEST_DATABASE_URL.')
  const options = { command: ['serve'], env: { DATABASE_URL: kit.databaseUrl } }
  doors = await Promise.all([startProcess(options), startProcess(options)])
})
afterAll(async () => {
  await Promise.all(doors.map((door) => door.stop()))
})

// S0-40
test(`${TICKETS} tickets, each scanned by ${DEVICES} devices at once, let ${TICKETS} people in (seed ${seed})`, async () => {
  expect(await evening()).toEqual([])
})

// The test above means something only if it fails where the guard is gone: here the database looks whether somebody is
// in before it writes the entry, and nothing keeps two from looking at once.
test('a door that looks and then writes, without the key, lets somebody in twice', async () => {
  await kit.database.query(`
    alter table checkins drop constraint checkins_pkey;
    create function look_first() returns trigger language plpgsql as $$
    begin
      if exists (select from checkins where registration_id = new.registration_id) then return null; end if;
      return new;
    end $$;
    create trigger look_first before insert on checkins for each row execute function look_first()`)
  const faults: string[] = []
  for (let round = 0; round < 5 && faults.length === 0; round++) faults.push(...(await evening()))
  expect(faults).toContainEqual(expect.stringMatching(/^let in \d+ times/))
})

/** Everything that was wrong with one evening; empty when every rule held. */
async function evening(): Promise<string[]> {
  const event = await anEvent(kit.ctx, { startsInHours: 5 })
  const { authorization } = await kit.signIn(event.organizer)
  const people = await Promise.all(Array.from({ length: TICKETS }, () => aRegistration(kit.ctx, event.id)))
  const scans = people.flatMap(({ id }, ticket) =>
    Array.from({ length: DEVICES }, (_, device) => ({ ticket, device, registrationId: id })),
  )
  // All devices at one ticket are close to each other in time, and in an order that nobody has chosen.
  const order = shuffled(
    Array.from({ length: TICKETS }, (_, n) => n),
    random,
  ).flatMap((ticket) =>
    shuffled(
      scans.filter((scan) => scan.ticket === ticket),
      random,
    ),
  )
  const answers: Answer[] = []
  while (order.length > 0) {
    const together = order.splice(0, TICKETS_AT_ONCE * DEVICES).map(({ ticket, device, registrationId }) => {
      const code = codeFor(kit.ctx.config, { registrationId, generation: 0 })
      const body = { code, device: `device ${device}`, scanId: `${ticket}/${device}` }
      return scan(doors[device % 2]!.url, event.id, authorization, body).then((answer) => ({ ticket, ...answer }))
    })
    answers.push(...(await Promise.all(together)))
  }
  const faults: string[] = []
  for (const ticket of people.keys()) faults.push(...faultsOf(answers.filter((each) => each.ticket === ticket)))
  const { rows } = await kit.database.query(
    `select (select count(*) from checkins where event_id = $1) as entries,
      (select count(*) from facts where kind = 'checkin.made' and data ->> 'eventId' = $1::text) as facts`,
    [event.id],
  )
  if (Number(rows[0]!.entries) !== TICKETS || Number(rows[0]!.facts) !== TICKETS)
    faults.push(`counts ${JSON.stringify(rows[0])}`)
  return faults
}

function faultsOf(answers: Answer[]): string[] {
  const entries = answers.filter((answer) => answer.status === 201)
  if (entries.length !== 1) return [`let in ${entries.length} times`]
  return answers
    .filter((answer) => answer !== entries[0])
    .filter(
      ({ status, body }) =>
        status !== 409 ||
        body.type !== '/problems/checkin/already-in' ||
        body.at !== entries[0]!.body.at ||
        body.by === undefined,
    )
    .map(({ status, body }) => `answered ${status} ${JSON.stringify(body)}`)
}

function scan(url: string, eventId: string, authorization: string, payload: object): Promise<Omit<Answer, 'ticket'>> {
  const body = JSON.stringify(payload)
  return new Promise((resolve, reject) => {
    const req = request(
      `${url}/api/v1/events/${eventId}/check-ins`,
      {
        method: 'POST',
        agent,
        headers: { authorization, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      },
      (res) => {
        const chunks: Buffer[] = []
        res.on('data', (chunk: Buffer) => chunks.push(chunk))
        res.on('error', reject)
        res.on('end', () =>
          resolve({ status: res.statusCode!, body: JSON.parse(Buffer.concat(chunks).toString()) as Answer['body'] }),
        )
      },
    )
    req.on('error', reject)
    req.end(body)
  })
}
