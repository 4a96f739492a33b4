import { afterAll, describe, expect, test } from 'vitest'
import { addressOf } from '#http/limits'
import { buildApp } from '#app'
import type { App } from '#http/app'
import type { Ctx } from '#kernel/ctx'
import { mailboxOf } from '#kernel/mail-limits'
import * as registrations from '#registrations'
import { guestToken } from '#registrations/guest-links'
import { aGuest, anAccount, anEvent, openKit, PASSWORD } from '../kit/kit.ts'

// Getting around the limits, and using them as a weapon.

const kit = await openKit({
  RATE_LIMITS: 'on',
  RATE_LIMIT_WRITES: '10',
  RATE_LIMIT_LOGINS: '12',
  RATE_LIMIT_ACCOUNT_LOGINS: '6',
  RATE_LIMIT_REGISTRATIONS: '7',
  RATE_LIMIT_MAILS: '5',
  RATE_LIMIT_EVENT_MAILS: '2',
  RATE_LIMIT_READS: '40',
  REDIS_URL: process.env.TEST_REDIS_URL ?? '',
})
const behindProxy = await buildApp(
  { ...kit.ctx, config: { ...kit.ctx.config, trustedProxies: ['10.0.0.0/8'] } },
  { pages: false },
)
afterAll(() => behindProxy.close())

// Addresses that no other test, nor another run of this one, is counted under.
const run = Math.floor(Math.random() * 60_000)
let hosts = 0
const aStranger = () => ({ ...aGuest(), email: `stranger-${run}-${++hosts}@example.net` })
const anAddress = () => `${200 + (++hosts >> 8)}.${run >> 8}.${run % 256}.${hosts % 256}`

type Sent = { app?: App; from: string; headers?: Record<string, string>; method?: 'POST' | 'PATCH' | 'PUT' }
async function send(path: string, payload: object, { app = kit.app, from, headers, method = 'POST' }: Sent) {
  const answer = await app.inject({ method, url: `/api/v1${path}`, payload, remoteAddress: from, headers })
  return { status: answer.statusCode, headers: answer.headers, body: answer.json() }
}
/** A write that is refused for what it says, so that it costs nothing but being counted. */
const write = (sent: Sent) => send('/session-refreshes', { refreshToken: 'x' }, sent)
const logIn = (username: string, password: string, sent: Sent) => send('/sessions', { username, password }, sent)
const times = <T>(count: number, work: (n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, n) => work(n)))
const passed = (answers: { status: number }[]) => answers.filter(({ status }) => status !== 429).length

describe('who is counted', () => {
  // S3-33; reliability S28
  test('is the address that a request comes from, whatever it says of itself', async () => {
    const from = anAddress()
    const made = (n: number): Record<string, string>[] => [
      { 'x-forwarded-for': `192.0.2.${n}` },
      { 'x-forwarded-for': `192.0.2.${n}, 198.51.100.${n}` },
      { forwarded: `for=192.0.2.${n}` },
      { 'x-real-ip': `192.0.2.${n}` },
      { 'true-client-ip': `192.0.2.${n}` },
      { 'cf-connecting-ip': `192.0.2.${n}` },
      { 'x-client-ip': `192.0.2.${n}`, 'x-cluster-client-ip': `192.0.2.${n}` },
      { cookie: `device=${n}` },
      { 'user-agent': `browser ${n}` },
      { 'x-forwarded-host': `h${n}.example`, via: `1.1 p${n}` },
    ]
    expect(passed(await times(100, (n) => write({ from, headers: made(n)[n % 10] })))).toBe(10)
  })

  // reliability S28
  test('is, behind a proxy of ours, who the proxy saw and not who that one says it speaks for', async () => {
    const victim = anAddress()
    const answers = await times(30, (n) =>
      write({ app: behindProxy, from: '10.0.0.1', headers: { 'x-forwarded-for': `192.0.2.${n}, ${victim}` } }),
    )
    expect(passed(answers)).toBe(10)
    const other = { 'x-forwarded-for': `${victim}, ${anAddress()}` }
    expect(passed([await write({ app: behindProxy, from: '10.0.0.1', headers: other })])).toBe(1)
    const chained = { 'x-forwarded-for': `${anAddress()}, 10.0.0.9, 10.0.0.8` }
    expect(passed(await times(12, () => write({ app: behindProxy, from: '10.0.0.1', headers: chained })))).toBe(10)
    expect(
      passed(await times(12, () => write({ app: behindProxy, from: anAddress(), headers: chained }))),
      'no proxy',
    ).toBe(12)
  })

  // reliability S28
  test('is a household where addresses are many: all of an IPv6 /64, and IPv4 in either form', async () => {
    const net = `2001:db8:${run.toString(16)}:1`
    expect(passed(await times(30, (n) => write({ from: `${net}:${n}::${n}` })))).toBe(10)
    expect(passed([await write({ from: `2001:db8:${run.toString(16)}:2::1` })])).toBe(1)
    const from = anAddress()
    expect(passed(await times(30, (n) => write({ from: n % 2 ? from : `::ffff:${from}` })))).toBe(10)
    expect(addressOf('fe80::1%eth0')).toBe(addressOf('fe80::2'))
  })

  // S4-14
  test('is the account once somebody is logged in, wherever they come from and whoever shares their address', async () => {
    const [one, other] = [await anAccount(kit.ctx), await anAccount(kit.ctx)]
    const event = await anEvent(kit.ctx)
    const interested = async (headers: Record<string, string>, from: string) =>
      send(`/events/${event.id}/interest`, {}, { from, headers, method: 'PUT' })
    const [mine, theirs] = [await kit.signIn(one), await kit.signIn(other)]
    const shared = anAddress()
    expect(passed(await times(30, (n) => interested(mine, n % 2 ? shared : anAddress())))).toBe(10)
    expect(passed([await interested(theirs, shared)])).toBe(1)
  })

  // S4-14
  test('is counted by the event as well, where somebody registers', async () => {
    const [hot, other] = [await anEvent(kit.ctx), await anEvent(kit.ctx)]
    const from = anAddress()
    const register = (eventId: string) => send(`/events/${eventId}/registrations`, aStranger(), { from })
    const answers = await times(8, () => register(hot.id))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(7)
    const refused = answers.find(({ status }) => status === 429)!
    expect(refused.headers['ratelimit-policy']).toBe('"writes";q=10;w=60, "registrations";q=7;w=3600')
    expect(refused.headers.ratelimit).toMatch(/^"writes";r=\d+;t=\d+, "registrations";r=0;t=\d+$/)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(60)
    expect((await register(other.id)).status).toBe(201)
    expect((await send(`/events/${hot.id}/registrations`, aStranger(), { from: anAddress() })).status).toBe(201)
  })
})

describe('guessing a password', () => {
  // reliability S9
  test('is stopped from one address, however many accounts it tries', async () => {
    const from = anAddress()
    const answers = await times(30, (n) => logIn(`nobody ${run} ${n}`, 'wrong', { from }))
    expect(passed(answers)).toBe(12)
    expect(answers.find(({ status }) => status === 429)!.headers['retry-after']).toMatch(/^\d+$/)
  })

  // reliability S9
  test('is stopped for one account, however many addresses it comes from, and does not lock its owner out', async () => {
    const owner = await anAccount(kit.ctx, { username: `owner-${run}`, email: `owner-${run}@example.org` })
    const home = anAddress()
    expect((await logIn(owner.username, PASSWORD, { from: home })).status).toBe(201)
    const guesses = await times(40, () => logIn(owner.username, 'wrong', { from: anAddress() }))
    expect(guesses.filter(({ status }) => status === 401)).toHaveLength(5) // the owner was a stranger once
    expect(guesses.find(({ status }) => status === 429)!.headers['retry-after']).toMatch(/^\d+$/)
    expect((await logIn(owner.username, PASSWORD, { from: home })).status, 'from where they have before').toBe(201)
    expect((await logIn(owner.username, PASSWORD, { from: anAddress() })).status, 'from elsewhere').toBe(429)
    await kit.clock.advance({ minutes: 16 })
    if (!kit.ctx.config.redisUrl)
      // whose clock is its own
      expect((await logIn(owner.username, PASSWORD, { from: anAddress() })).status, 'later').toBe(201)
  })

  // reliability S9
  test('is stopped also from where the owner has logged in, whose address others may have', async () => {
    const owner = await anAccount(kit.ctx, { username: `shared-${run}` })
    const [home, cafe] = [anAddress(), anAddress()]
    for (const from of [home, cafe]) expect((await logIn(owner.username, PASSWORD, { from })).status).toBe(201)
    expect(passed(await times(10, () => logIn(owner.username, 'wrong', { from: cafe })))).toBe(6)
    expect((await logIn(owner.username, PASSWORD, { from: home })).status).toBe(201)
  })

  // reliability S28
  test('is counted as one under every spelling of the name, whether anybody has it or not', async () => {
    for (const name of [(await anAccount(kit.ctx, { username: `anna-${run}` })).username, `nobody-${run}`]) {
      const spellings = [name, name.toUpperCase(), ` ${name} `, name.replace('a', 'ａ').replace('n', 'ｎ')]
      const answers = await times(24, (n) => logIn(spellings[n % 4]!, 'wrong', { from: anAddress() }))
      expect(
        answers.filter(({ status }) => status === 401),
        name,
      ).toHaveLength(6)
    }
  })

  // reliability S28
  test('is not made easier by an address that somebody says they have', async () => {
    const owner = await anAccount(kit.ctx, { username: `told-${run}` })
    const home = anAddress()
    expect((await logIn(owner.username, PASSWORD, { from: home })).status).toBe(201)
    const headers = { 'x-forwarded-for': home, 'x-real-ip': home, cookie: `device=${home}` }
    const answers = await times(20, () => logIn(owner.username, 'wrong', { from: anAddress(), headers }))
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5)
  })

  test('leaves neither a name nor an address where it is counted', async () => {
    const owner = await anAccount(kit.ctx, { username: `quiet-${run}` })
    const from = anAddress()
    await logIn(owner.username, PASSWORD, { from })
    const { rows } = await kit.database.query(
      `select string_agg(r::text, ' ') as text from (select key from rate_counts union all select place from known_places) r`,
    )
    expect(rows[0]!.text).not.toContain(owner.username)
    expect(rows[0]!.text).not.toContain(from)
  })
})

describe('flooding somebody with our mails', () => {
  const register = (eventId: string, email: string) =>
    send(`/events/${eventId}/registrations`, { name: 'Vic', email }, { from: anAddress() })
  const count = async () => (await kit.database.query('select count(*) as n from notifications')).rows[0]!.n as number

  // S4-14; reliability S28
  test('ends with a few, whichever events and addresses it goes by and however theirs is spelled', async () => {
    const victim = `victim.${run}@gmail.com`
    const spellings = (n: number) =>
      [
        victim,
        victim.toUpperCase(),
        `vic.tim${run}@gmail.com`,
        `victim${run}+${n}@googlemail.com`,
        victim.replace('v', 'ｖ'),
      ][n % 5]!
    const events = await times(10, () => anEvent(kit.ctx))
    await kit.settle()
    const before = await count()
    const answers = await times(40, (n) => register(events[n % 10]!.id, spellings(n)))
    await kit.settle()
    expect((await count()) - before).toBeLessThanOrEqual(5)
    expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThan(0)
    const refused = answers.find(({ status }) => status === 429)!
    expect(refused.body).toMatchObject({ type: '/problems/too-many-requests' })
    expect(refused.headers['retry-after']).toMatch(/^\d+$/)
    expect((await register(events[0]!.id, `else-${run}@gmail.com`)).status).toBe(201)
  })

  test('ends sooner about one event', async () => {
    const event = await anEvent(kit.ctx)
    const answers = await times(10, (n) => register(event.id, `v-${run}+${n}@example.net`))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2)
  })

  test('is not what repeating one request does: it is answered as the first time, as often as it comes', async () => {
    const event = await anEvent(kit.ctx)
    const guest = aStranger()
    const repeat = (key: string, body: object = guest) =>
      send(`/events/${event.id}/registrations`, body, { from, headers: { 'idempotency-key': key } })
    const from = anAddress()
    const first = await repeat('one')
    expect(first.status).toBe(201)
    for (let n = 0; n < 4; n++) expect(await repeat('one')).toMatchObject({ status: 201, body: { id: first.body.id } })
    expect((await repeat('one', { ...guest, name: 'Else' })).body.type).toBe('/problems/idempotency-key-reused')
  })

  test('is not what one request does of which the first is still under way when the second is counted', async () => {
    const event = await anEvent(kit.ctx)
    const guest = aStranger()
    const once = { scope: 'a guest', key: 'two', fingerprint: 'the same' }
    const first = () => registrations.register(kit.ctx, event.id, guest, { once })
    let seated: string | undefined
    const full: Ctx['limiter'] = {
      async take() {
        seated ??= (await first()).id
        return { allowed: false, remaining: 0, resetSeconds: 60, over: 1 }
      },
      close: async () => {},
    }
    expect(await registrations.register({ ...kit.ctx, limiter: full }, event.id, guest, { once })).toMatchObject({
      id: seated,
    })
  })

  test('is no easier by passing a ticket on, or by correcting an address', async () => {
    const victim = `third-${run}@example.net`
    const statuses: number[] = []
    for (let n = 0; n < 8; n++) {
      const event = await anEvent(kit.ctx)
      const { body } = await register(event.id, aStranger().email)
      const link = `/guest-links/${guestToken(kit.ctx.config, body.id)}`
      const sent = { from: anAddress() }
      const answer =
        n % 2
          ? await send(`${link}/successor`, { name: 'Vic', email: victim }, { ...sent, method: 'PUT' })
          : await send(link, { email: victim }, { ...sent, method: 'PATCH' })
      statuses.push(answer.status)
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429, 429])
  })

  test('is no easier by signing up with it, however it is spelled', async () => {
    const answers = await times(10, (n) =>
      send(
        '/accounts',
        { username: `flood-${run}-${n}`, email: `fifth-${run}+${n}@example.net`, password: PASSWORD },
        { from: anAddress() },
      ),
    )
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(8)
  })

  test('is no easier by saying that one’s own address will be theirs', async () => {
    const victim = `fourth-${run}@example.net`
    const statuses: number[] = []
    for (let n = 0; n < 5; n++) {
      const headers = await kit.signIn(await anAccount(kit.ctx))
      const answer = await send('/me/email-changes', { email: victim }, { from: anAddress(), headers })
      statuses.push(answer.status)
    }
    expect(statuses).toEqual([202, 202, 429, 429, 429])
  })

  test('is nothing that whoever organizes is held up by', async () => {
    const event = await anEvent(kit.ctx)
    const headers = await kit.signIn(event.organizer)
    const answers = await times(4, (n) =>
      send(
        `/events/${event.id}/registrations`,
        { name: 'Kim', email: `kim-${run}+${n}@example.net` },
        { from: anAddress(), headers },
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201])
  })

  test.each([
    ['a.b+c@gmail.com', 'ab@gmail.com'],
    ['A.B@GoogleMail.com', 'ab@gmail.com'],
    ['a.b+c+d@example.org', 'a.b@example.org'],
    ['+x@example.org', '+x@example.org'],
    ['ａ@example.org', 'a@example.org'],
  ])('%s is the mailbox %s', (address, mailbox) => {
    expect(mailboxOf(address)).toBe(mailbox)
  })
})

describe('when neither Redis nor the database can count', () => {
  const uncounted = { take: async () => undefined, close: async () => {} }
  const open = async () => buildApp({ ...kit.ctx, limiter: uncounted }, { pages: false })

  // reliability R27
  test('nobody logs in, signs up or makes us write to strangers; reads go on, and writes are counted here', async () => {
    const app = await open()
    afterAll(() => app.close())
    const from = anAddress()
    const account = await anAccount(kit.ctx)
    const event = await anEvent(kit.ctx)
    const person = { username: `late-${run}`, email: `late-${run}@example.org`, password: 'a quiet harbour 9' }
    for (const [path, body] of [
      ['/sessions', { username: account.username, password: PASSWORD }],
      ['/web-sessions', { username: account.username, password: PASSWORD }],
      ['/accounts', person],
      [`/events/${event.id}/registrations`, aStranger()],
    ] as const) {
      const answer = await send(path, body, { app, from })
      expect([answer.status, answer.body.type], path).toEqual([503, '/problems/unavailable'])
      expect(answer.headers['retry-after']).toBe('5')
    }
    expect((await app.inject({ url: '/api/v1/categories', remoteAddress: from })).statusCode).toBe(200)
    expect(passed(await times(30, () => write({ app, from: anAddress() })))).toBe(30)
    const one = anAddress()
    expect(passed(await times(30, () => write({ app, from: one })))).toBe(10)
  })
})
