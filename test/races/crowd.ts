import { Agent, request } from 'node:http'
import type { Kit } from '../kit/kit.ts'

export type Answer = {
  status: number
  body: { id?: string; status?: string; position?: number | null; email?: string; type?: string }
}
export type Person = { name: string; email: string }

const agent = new Agent({ keepAlive: true, maxSockets: 600 })

/** Asks one process for a place, with an Idempotency-Key or without. Rejects when the connection breaks. */
export function ask(url: string, eventId: string, person: Person, key?: string): Promise<Answer> {
  const body = JSON.stringify(person)
  return new Promise((resolve, reject) => {
    const req = request(
      `${url}/api/v1/events/${eventId}/registrations`,
      {
        method: 'POST',
        agent,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          ...(key ? { 'idempotency-key': key } : {}),
        },
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

/** `people` in an order drawn by `random`. */
export function shuffled<T>(people: readonly T[], random: () => number): T[] {
  const result = [...people]
  for (let at = result.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    ;[result[at], result[other]] = [result[other]!, result[at]!]
  }
  return result
}

/** A generator of numbers below 1 that gives the same ones for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Everything that is wrong after a rush; empty when every rule held. */
export async function faultsOf(
  kit: Kit,
  eventId: string,
  capacity: number,
  people: number,
  answers: Answer[],
): Promise<string[]> {
  const faults: string[] = []
  const { rows } = await kit.database.query(
    `select id, status, email_key, row_number() over (partition by status order by place) as position, place from registrations where event_id = $1 order by place`,
    [eventId],
  )
  const { rows: pools } = await kit.database.query('select taken, waiting from seat_pools where event_id = $1', [
    eventId,
  ])
  const { rows: facts } = await kit.database.query(
    `select count(*) as n from facts where data ->> 'eventId' = $1 and kind like 'registration.%'`,
    [eventId],
  )
  const going = rows.filter((row) => row.status === 'going')
  const waitlisted = rows.filter((row) => row.status === 'waitlisted')
  const expected = Math.min(people, capacity)

  if (going.length > expected) faults.push(`oversold: ${going.length} of ${expected}`)
  if (going.length < expected) faults.push(`unsold: ${going.length} of ${expected}`)
  if (pools[0]!.taken !== going.length || pools[0]!.waiting !== waitlisted.length)
    faults.push(`counts ${JSON.stringify(pools[0])} for ${going.length} and ${waitlisted.length}`)
  if (rows.length !== people) faults.push(`${rows.length} rows for ${people} people`)
  if (new Set(rows.map((row) => row.email_key)).size !== rows.length) faults.push('a person has two rows')
  if (waitlisted.length > 0 && going.length > 0 && Number(going.at(-1)!.place) > Number(waitlisted[0]!.place))
    faults.push('somebody goes who came after the line began')
  if (facts[0]!.n !== rows.length) faults.push(`${String(facts[0]!.n)} facts for ${rows.length} rows`)

  const byId = new Map(rows.map((row) => [row.id as string, row]))
  const taken = answers.filter((answer) => answer.status === 201)
  if (taken.length !== rows.length)
    faults.push(`${taken.length} were told that they have a place, ${rows.length} have one`)
  for (const { body } of taken) {
    const row = byId.get(body.id!)
    if (row?.status !== body.status) faults.push(`told ${body.status}, is ${String(row?.status)}`)
    else if (body.status === 'waitlisted' && Number(row?.position) !== body.position)
      faults.push(`told position ${body.position}, is ${String(row?.position)}`)
  }
  const positions = taken.flatMap(({ body }) => body.position ?? []).sort((a, b) => a - b)
  if (positions.some((position, index) => position !== index + 1)) faults.push('positions have a gap or a repeat')
  for (const answer of answers) {
    if (
      answer.status !== 201 &&
      !(answer.status === 409 && answer.body.type === '/problems/registrations/already-registered')
    ) {
      faults.push(`answered ${answer.status} ${answer.body.type ?? ''}`)
    }
  }
  return faults
}
