import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { anEvent, aRegistration, openKit, type Kit } from '../kit/kit.ts'
import { startProcess, type Running } from '../kit/processes.ts'
import { SERVICE_TOKEN, startNotificationService } from '../kit/notification-service.ts'
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

/** What a receiver keeps of a message: to whom it went, and what it is known by outside. */
type Arrival = { to: string; key: string }
type Receiver = {
  env: Record<string, string>
  arrivals(): Arrival[]
  /** Called when a message is there to its last byte; true: it is kept and never confirmed. */
  onWhole: (to: string) => Promise<boolean>
  stop(): Promise<void>
}

const MAIL_KILLS = Number(process.env.CRASH_KILLS ?? 1)
const MESSAGES = Number(process.env.CRASH_MESSAGES ?? 300)

// S1-06 S1-41 S1-45
describe(`kill -9 of the worker while ${MESSAGES} messages go out, ${MAIL_KILLS} times at each of three points`, () => {
  test('by mail: every one arrives, at most one of them twice for each kill, under the same Message-ID', async () => {
    const smtp = await startSmtp({
      behave: async (mail) => ((await receiver.onWhole(mail.to[0]!)) ? 'drop-after-data' : 'accept'),
    })
    const receiver: Receiver = {
      env: { SMTP_HOST: '127.0.0.1', SMTP_PORT: String(smtp.port), SMTP_TLS: 'off', MAIL_FROM: 'events@example.org' },
      arrivals: () => smtp.mails.map((mail) => ({ to: mail.to[0]!, key: mail.messageId })),
      onWhole: async () => false,
      stop: () => smtp.stop(),
    }
    await killWhileDraining(receiver, 'email')
  })

  test('by the notification service: the same, under the same Idempotency-Key', async () => {
    const service = await startNotificationService()
    service.behave = async ({ body }) =>
      (await receiver.onWhole((JSON.parse(body) as { email: string }).email)) ? 'reset' : 'accept'
    const receiver: Receiver = {
      env: { NOTIFICATION_SERVICE_URL: `${service.url}/api/notifications`, NOTIFICATION_TOKEN: SERVICE_TOKEN },
      arrivals: () =>
        service.kept.map(({ headers, body }) => ({
          to: (JSON.parse(body) as { email: string }).email,
          key: String(headers['idempotency-key']),
        })),
      onWhole: async () => false,
      stop: () => service.stop(),
    }
    await killWhileDraining(receiver, 'service')
  })
})

async function killWhileDraining(receiver: Receiver, channel: 'email' | 'service'): Promise<void> {
  const kit = await openKit()
  const url = needed(kit)
  const event = await anEvent(kit.ctx)
  for (let n = 0; n < MESSAGES; n += 50) {
    await Promise.all(
      Array.from({ length: Math.min(50, MESSAGES - n) }, (_, each) =>
        aRegistration(kit.ctx, event.id, { name: `G ${n + each}`, email: `g${n + each}@example.org` }),
      ),
    )
  }
  const env = { DATABASE_URL: url, LOG_LEVEL: 'info', ...receiver.env }
  const start = () => startProcess({ command: ['worker'], env, until: /"working"/ })
  const arrivals = () => receiver.arrivals().length
  const until = async (done: () => boolean | Promise<boolean>, what: string) => {
    for (const begun = Date.now(); !(await done()); await delay(2))
      if (Date.now() - begun > 60_000) throw new Error(`${what}: ${arrivals()} of ${MESSAGES} messages after a minute`)
  }
  const marked = async () => {
    const { rows } = await kit.database.query(`select count(*)::int as n from notifications where sent_at is not null`)
    return (rows[0] as { n: number }).n
  }

  // Before it was sent: claimed, and the last byte is not out. After it was sent and before that is marked: the receiver has
  // it and never says so. After it was marked: between two messages.
  const points = ['before sending', 'sent, not marked', 'marked'] as const
  let kills = 0
  /** How many had arrived when the worker was killed at each point, to tell what came twice and when. */
  const killedAt: string[] = []
  const share = Math.floor(MESSAGES / (points.length * MAIL_KILLS + 1))
  for (let round = 0; round < MAIL_KILLS; round++) {
    for (const point of points) {
      const enough = arrivals() + share
      let killed = false
      const now: { worker?: Running } = {}
      receiver.onWhole = async () => {
        if (point !== 'sent, not marked' || !now.worker || killed || arrivals() < enough) return false
        killed = true
        await now.worker.kill() // it has arrived, and its sender will never know
        return true
      }
      const worker = (now.worker = await start())
      if (point === 'sent, not marked') await until(() => killed, point)
      else if (point === 'marked') {
        await until(async () => (await marked()) >= enough - kills, point)
        await worker.kill()
      } else {
        const claimed = async () => {
          const { rows } = await kit.database.query(
            `select count(*)::int as n from notifications where leased_until > app_now() and sent_at is null`,
          )
          return (rows[0] as { n: number }).n > 0
        }
        await until(claimed, point)
        await worker.kill()
      }
      kills++
      killedAt.push(`${point}: ${arrivals()}`)
      await delay(100)
      await kit.clock.advance({ seconds: 21 }) // the dead worker's leases have run out: anybody may take its messages
    }
  }
  receiver.onWhole = async () => false
  const worker = await start()
  await until(async () => (await marked()) >= MESSAGES, 'the rest')
  expect(await worker.stop()).toBe(0)
  await receiver.stop()

  const all = receiver.arrivals()
  expect(new Set(all.map(({ to }) => to)).size, 'everybody has it').toBe(MESSAGES)
  expect(new Set(all.map(({ key }) => key)).size, 'a repeated message is the same message').toBe(MESSAGES)
  const twice = all.flatMap(({ key }, at) => {
    const first = all.findIndex((one) => one.key === key)
    return first < at ? [`the ${first}th again as the ${at}th`] : []
  })
  expect(
    twice.length,
    `at most one duplicate for each kill (${killedAt.join(', ')}): ${twice.join(', ')}`,
  ).toBeLessThanOrEqual(kills)
  if (process.env.SHOW_COUNTS) process.stdout.write(`${killedAt.join(', ')}; ${twice.join(', ')}\n`)
  const { rows } = await kit.database.query(
    `select count(*) filter (where sent_at is not null) as sent, count(*) as written from notifications where channel = $1`,
    [channel],
  )
  expect(rows[0]).toEqual({ sent: MESSAGES, written: MESSAGES })
  if (process.env.SHOW_COUNTS)
    process.stdout.write(`${channel}: ${MESSAGES} messages, ${kills} kills, ${all.length - MESSAGES} duplicates\n`)
}

function needed(kit: Kit): string {
  if (!kit.databaseUrl) throw new Error('These tests need a PostgreSQL server: set TEST_DATABASE_URL.')
  return kit.databaseUrl
}
