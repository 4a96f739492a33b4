import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anAccount, anEvent, openKit, type Kit } from '../kit/kit.ts'
import { startProcess, type Running } from '../kit/processes.ts'

// A hundred at once at the doors of two processes, with a limit of ten. reliability R27

const ROUNDS = Number(process.env.RACE_ROUNDS ?? 20)
const LIMIT = 10
const AT_ONCE = 100
const net = Math.floor(Math.random() * 250)
let hosts = 0
const anAddress = () => `198.${net}.${(++hosts >> 8) & 255}.${hosts & 255}`

const WAYS: [name: string, redis: string | undefined][] = [
  ['PostgreSQL', ''],
  ['Redis', process.env.TEST_REDIS_URL],
  ['PostgreSQL, because Redis is not there', 'redis://127.0.0.1:1'],
]

for (const [name, redis] of WAYS)
  describe.skipIf(redis === undefined)(`counted by ${name}`, () => {
    let kit: Kit
    let doors: Running[]
    beforeAll(async () => {
      kit = await openKit()
      if (!kit.databaseUrl) throw new Error('The races need a PostgreSQL server: set TEST_DATABASE_URL.')
      const env = {
        DATABASE_URL: kit.databaseUrl,
        REDIS_URL: redis!,
        RATE_LIMITS: 'on',
        RATE_LIMIT_WRITES: String(LIMIT),
        RATE_LIMIT_LOGINS: String(LIMIT),
        RATE_LIMIT_ACCOUNT_LOGINS: String(LIMIT),
        RATE_LIMIT_MAILS: String(LIMIT),
        TRUSTED_PROXIES: '127.0.0.1', // so that a test comes from wherever it likes
      }
      doors = await Promise.all([1, 2].map(() => startProcess({ command: ['serve'], env })))
    })
    afterAll(async () => {
      await Promise.all(doors.map((door) => door.stop()))
    })

    const post = async (n: number, path: string, body: object, from: string) =>
      (
        await fetch(`${doors[n % 2]!.url}/api/v1${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-forwarded-for': from },
          body: JSON.stringify(body),
        })
      ).status
    const burst = (send: (n: number) => Promise<number>) =>
      Promise.all(Array.from({ length: AT_ONCE }, (_, n) => send(n)))
    const countOf = (statuses: number[], status: number) => statuses.filter((each) => each === status).length

    test(`${AT_ONCE} writes from one address: exactly ${LIMIT} pass`, async () => {
      for (let round = 1; round <= ROUNDS; round++) {
        const [event, from] = [await anEvent(kit.ctx), anAddress()]
        const statuses = await burst((n) =>
          post(n, `/events/${event.id}/registrations`, { name: 'A', email: `a${round}.${n}@example.org` }, from),
        )
        expect([countOf(statuses, 201), countOf(statuses, 429)], `round ${round}`).toEqual([LIMIT, AT_ONCE - LIMIT])
      }
    })

    test(`${AT_ONCE} log-ins from one address, to as many accounts: exactly ${LIMIT} are looked at`, async () => {
      const from = anAddress()
      const statuses = await burst((n) => post(n, '/sessions', { username: `n${n}`, password: 'wrong' }, from))
      expect([countOf(statuses, 401), countOf(statuses, 429)]).toEqual([LIMIT, AT_ONCE - LIMIT])
    })

    test(`${AT_ONCE} log-ins to one account, from as many addresses: exactly ${LIMIT} are looked at`, async () => {
      const { username } = await anAccount(kit.ctx, { username: `raced-${net}-${Date.now()}` })
      const statuses = await burst((n) => post(n, '/sessions', { username, password: 'wrong' }, anAddress()))
      expect([countOf(statuses, 401), countOf(statuses, 429)]).toEqual([LIMIT, AT_ONCE - LIMIT])
    })

    test(`${AT_ONCE} guests with one address, at as many events: exactly ${LIMIT} are written to`, async () => {
      const events: { id: string }[] = []
      for (let n = 0; n < AT_ONCE; n++) events.push(await anEvent(kit.ctx))
      const email = `flooded-${net}-${Date.now()}@example.org`
      const statuses = await burst((n) =>
        post(n, `/events/${events[n]!.id}/registrations`, { name: 'A', email }, anAddress()),
      )
      expect([countOf(statuses, 201), countOf(statuses, 429)]).toEqual([LIMIT, AT_ONCE - LIMIT])
    })
  })
