import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { anEvent, aRegistration, openKit, type Kit } from '../kit/kit.ts'
import { startProcess, type Running } from '../kit/processes.ts'
import { startSmtp } from '../kit/smtp.ts'
import { ask, seeded, type Answer, type Person } from './crowd.ts'

// What was acknowledged is there, whatever was killed. CRASH_ROUNDS=8 for the long run.

const ROUNDS = Number(process.env.CRASH_ROUNDS ?? 3)
const seed = Number(process.env.RACE_SEED ?? Date.now() % 1_000_000)
const random = seeded(seed)

type Sent = { person: Person; key: string; answer?: Answer }

/** Registers one person after the other in 20 lines until the door is shut in their face. `onAnswer` hears of each answer. */
async function registerUntilDead(url: string, eventId: string, round: number, onAnswer: () => void): Promise<Sent[]> {
  const sent: Sent[] = []
  let dead = false
  const line = async (lane: number) => {
    for (let n = 0; !dead; n++) {
      const name = `P ${round}-${lane}-${n}`
      const one: Sent = { person: { name, email: `${round}.${lane}.${n}@example.org` }, key: name.replaceAll(' ', '-') }
      sent.push(one)
      try {
        one.answer = await ask(url, eventId, one.person, one.key)
        onAnswer()
      } catch {
        dead = true // refused or reset: what became of this one is not known
      }
    }
  }
  await Promise.all(Array.from({ length: 20 }, (_, lane) => line(lane)))
  return sent
}

/** Rows by address, and what the counts say. */
async function audit(
  url: string,
  eventId: string,
  headers: Record<string, string>,
): Promise<Map<string, { id: string; status: string }>> {
  const found = new Map<string, { id: string; status: string }>()
  let cursor = ''
  do {
    const answer = await fetch(
      `${url}/api/v1/events/${eventId}/registrations?limit=100${cursor && `&cursor=${cursor}`}`,
      { headers },
    )
    const page = (await answer.json()) as {
      items: { id: string; email: string; status: string }[]
      nextCursor: string | null
    }
    for (const item of page.items) {
      expect(found.has(item.email), 'one row for each person').toBe(false)
      found.set(item.email, item)
    }
    cursor = page.nextCursor ?? ''
  } while (cursor)
  return found
}

async function killAndAsk(
  start: () => Promise<Running>,
  eventId: string,
  headers: (url: string) => Promise<Record<string, string>>,
): Promise<number> {
  let acknowledged = 0
  for (let round = 0; round < ROUNDS; round++) {
    const server = await start()
    let left = 40 + Math.floor(random() * 200) // answers until it is killed, with others under way
    const sent = await registerUntilDead(server.url, eventId, round, () => {
      if (--left === 0) void server.kill()
    })

    const again = await start()
    const rows = await audit(again.url, eventId, await headers(again.url))
    for (const { person, answer } of sent) {
      if (answer?.status !== 201) continue
      acknowledged++
      expect(rows.get(person.email), `${person.email} was told so`).toMatchObject({ id: answer.body.id })
    }
    for (const { person, key, answer } of sent.filter((each) => each.answer?.status !== 201)) {
      const retried = await ask(again.url, eventId, person, key)
      expect(retried.status, answer && JSON.stringify(answer)).toBe(201)
      const before = rows.get(person.email)
      if (before) expect(retried.body.id, 'the answer that got lost').toBe(before.id)
    }
    await again.stop()
  }
  return acknowledged
}

describe(`kill -9 while people register (seed ${seed}, ${ROUNDS} rounds)`, () => {
  test('on PostgreSQL nobody who was told so has lost their place, and a retry gets the same one', async () => {
    const kit = await openKit()
    const url = needed(kit)
    const event = await anEvent(kit.ctx, { capacity: 200 })
    const headers = await kit.signIn(event.organizer)
    const acknowledged = await killAndAsk(
      () => startProcess({ command: ['serve'], env: { DATABASE_URL: url } }),
      event.id,
      async () => headers,
    )
    expect(acknowledged).toBeGreaterThanOrEqual(40 * ROUNDS)
    const { rows } = await kit.database.query(
      `select p.taken, p.waiting, (select count(*) from registrations r where r.event_id = p.event_id and status = 'going') as going,
        (select count(*) from registrations r where r.event_id = p.event_id and status = 'waitlisted') as waitlisted,
        (select count(*) from facts where kind like 'registration.%' and data ->> 'eventId' = p.event_id::text) as facts
       from seat_pools p where event_id = $1`,
      [event.id],
    )
    const { taken, waiting, going, waitlisted, facts } = rows[0] as Record<string, number>
    expect({ taken, waiting, facts }).toEqual({ taken: going, waiting: waitlisted, facts: going! + waitlisted! })
  })

  test('with the embedded database the same, and the next start takes the folder over', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'turnout-crash-'))
    try {
      const start = () => startProcess({ command: ['serve'], env: { DATA_DIR: folder } })
      const server = await start()
      const call = async (method: string, path: string, body: unknown, token?: string) => {
        const answer = await fetch(`${server.url}/api/v1${path}`, {
          method,
          headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
          body: JSON.stringify(body),
        })
        return (await answer.json()) as { id: string; accessToken: string }
      }
      const credentials = { username: 'olga', password: 'tulips in the rain 7' }
      await call('POST', '/accounts', { ...credentials, email: 'olga@example.org', organizer: true })
      const { accessToken } = await call('POST', '/sessions', credentials)
      const startsAt = new Date(Date.now() + 7 * 86_400_000).toISOString()
      const endsAt = new Date(Date.now() + 7 * 86_400_000 + 3_600_000).toISOString()
      const { id } = await call(
        'POST',
        '/events',
        { title: 'Crash course', startsAt, endsAt, zone: 'UTC', capacity: 200 },
        accessToken,
      )
      await call('PUT', `/events/${id}/publication`, {}, accessToken)
      await server.stop()
      const headers = async (url: string) => {
        const answer = await fetch(`${url}/api/v1/sessions`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(credentials),
        })
        return { authorization: `Bearer ${((await answer.json()) as { accessToken: string }).accessToken}` }
      }
      expect(await killAndAsk(start, id, headers)).toBeGreaterThanOrEqual(40 * ROUNDS)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})

describe('kill -9 while mails go out', () => {
  test('killed at the worst moment and at others: every mail arrives, at most one of them twice for each kill, under the same Message-ID', async () => {
    const kit = await openKit()
    const url = needed(kit)
    const event = await anEvent(kit.ctx)
    const mails = 300
    for (let n = 0; n < mails; n += 50) {
      await Promise.all(
        Array.from({ length: 50 }, (_, each) =>
          aRegistration(kit.ctx, event.id, { name: `G ${n + each}`, email: `g${n + each}@example.org` }),
        ),
      )
    }
    let worker: Running
    let worstMoment: number | undefined
    const smtp = await startSmtp({
      async behave() {
        if (worstMoment === undefined || smtp.mails.length < worstMoment) return 'accept'
        worstMoment = undefined
        await worker.kill() // the mail has arrived, and its sender will never know
        return 'drop-after-data'
      },
    })
    const env = {
      DATABASE_URL: url,
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: String(smtp.port),
      SMTP_TLS: 'off',
      MAIL_FROM: 'events@example.org',
      LOG_LEVEL: 'info',
    }
    const start = () => startProcess({ command: ['worker'], env, until: /"working"/ })
    const arrived = async (many: number) => {
      for (const begun = Date.now(); smtp.mails.length < many; await delay(2)) {
        if (Date.now() - begun > 60_000) throw new Error(`${smtp.mails.length} of ${many} mails after a minute`)
      }
    }

    const kills = 4
    for (let kill = 1; kill <= kills; kill++) {
      const enough = smtp.mails.length + 50
      const worst = kill % 2 === 1
      worstMoment = worst ? enough : undefined
      worker = await start()
      await arrived(enough)
      if (worst) while (worstMoment !== undefined) await delay(2)
      else await worker.kill()
      await delay(100)
      await kit.clock.advance({ seconds: 31 }) // the dead worker's leases have run out: anybody may take its messages
    }
    worker = await start()
    const addresses = () => new Set(smtp.mails.flatMap((mail) => mail.to))
    for (const begun = Date.now(); addresses().size < mails && Date.now() - begun < 60_000;) await delay(50)
    await delay(500)
    expect(await worker.stop()).toBe(0)
    await smtp.stop()

    expect(addresses().size).toBe(mails)
    expect(smtp.mails.length - mails).toBeLessThanOrEqual(kills)
    expect(new Set(smtp.mails.map((mail) => mail.messageId)).size, 'a repeated mail is the same mail').toBe(mails)
    const { rows } = await kit.database.query(
      `select count(*) filter (where sent_at is not null) as sent, count(*) as written from notifications`,
    )
    expect(rows[0]).toEqual({ sent: mails, written: mails })
  })
})

function needed(kit: Kit): string {
  if (!kit.databaseUrl) throw new Error('These tests need a PostgreSQL server: set TEST_DATABASE_URL.')
  return kit.databaseUrl
}
