import { once } from 'node:events'
import { createServer } from 'node:http'
import { createServer as listenTo, type AddressInfo, type Server } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { freePort } from '../../../test/kit/processes.ts'
import { anAccount, anEvent, aRegistration, openKit } from '../../../test/kit/kit.ts'
import { startSmtp } from '../../../test/kit/smtp.ts'
import { buildApp } from '#app'
import type { Config, Smtp } from '#config'
import type { Ctx } from '#kernel/ctx'
import type { Job } from '#kernel/jobs'
import { relayFacts } from '#kernel/relay'
import { openMail } from '#notifications/channels/email'
import { runDue } from '#schedules/runner'
import { declare } from '#schedules/scheduler'
import * as schedules from '#schedules'
import { examine, sendTestMail } from './doctor.ts'
import { spoken } from './finding.ts'

const kit = await openKit({ RETAIN_SESSIONS_DAYS: '0' })
const system = kit.as('system')
const query = async (text: string, values: unknown[] = []) => (await kit.database.query(text, values)).rows

let breaks = false
const jobs: readonly Job[] = [
  { name: 'good', cron: '0 0 1 1 *', run: async () => {} },
  {
    name: 'bad',
    cron: '0 0 1 1 *',
    run: async () => {
      if (breaks) throw new Error('the disk is full')
    },
  },
]
const smtp = await startSmtp()
const servers: Server[] = []
afterAll(async () => {
  await smtp.stop()
  for (const server of servers) server.close()
})

const configured = (change: Partial<Config>, ctx: Ctx = system): Ctx => ({
  ...ctx,
  config: { ...ctx.config, ...change },
})
const mailThrough = (change: Partial<Smtp>): Ctx => {
  const own: Smtp = { host: '127.0.0.1', port: smtp.port, tls: 'off', user: null, password: null, ...change }
  const changed = configured({ smtp: own, mailFrom: 'events@example.org' })
  return { ...changed, channels: { ...changed.channels, email: openMail(changed.config, { timeout: 1_000 }) } }
}
const look = async (name: string, ctx: Ctx) => (await examine(ctx)).find((each) => each.name === name)!

/** Answers like this, at an address of its own. */
async function answering(status: number, body = '', head: Record<string, string> = {}): Promise<string> {
  const server = createServer((_req, res) => void res.writeHead(status, head).end(body)).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A mail server that lets nobody log in, on a port of its own. */
async function doorkeeper(): Promise<number> {
  const server = listenTo((socket) => {
    socket.write('220 here\r\n')
    socket.on('data', (chunk) => {
      const line = String(chunk)
      socket.write(line.startsWith('EHLO') ? '250-here\r\n250 AUTH PLAIN LOGIN\r\n' : '535 5.7.8 Not you\r\n')
    })
    socket.on('error', () => undefined)
  }).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

let well: Ctx
beforeAll(async () => {
  const port = await freePort()
  const reached = configured({ baseUrl: `http://127.0.0.1:${port}` }, mailThrough({}))
  well = { ...mailThrough({}), config: reached.config }
  const app = await buildApp(reached, { pages: false })
  await app.listen({ host: '127.0.0.1', port })
  afterAll(() => app.close())
})
beforeEach(async () => {
  breaks = false
  await query('delete from job_runs')
  await query('delete from schedules')
  await query('update facts set delivered_at = app_now() where delivered_at is null')
  await query('delete from notifications')
  await declare(system, jobs)
})

describe('the doctor', () => {
  test('finds nothing where all is well', async () => {
    await schedules.ask(system, 'good')
    await runDue(system, jobs)
    const findings = await examine(well)
    expect(findings.filter(({ state }) => state !== 'ok')).toEqual([])
    expect(findings.map(({ name }) => name)).toEqual([
      ...[
        'database',
        'migrations',
        'clock',
        'disk',
        'secrets',
        'base url',
        'mail',
        'redis',
        'relay',
        'messages',
        'worker',
      ],
      ...['job bad', 'job good'],
    ])
    expect((await look('job good', well)).says).toMatch(/^Ran \d+ seconds? ago and took \d+ ms; next in \d+ days\.$/)
    expect((await look('job bad', well)).says).toMatch(/^Has not run yet; next in/)
  })

  // S2-54
  test('says that no mail server is set up, is there, or lets us in, and that a password goes in the clear', async () => {
    expect(await look('mail', system)).toMatchObject({ state: 'warn', says: 'No mail server is set up.' })
    const absent = await look('mail', mailThrough({ port: await freePort() }))
    expect(absent).toMatchObject({ state: 'fail', says: expect.stringMatching(/does not let us in: .*ECONNREFUSED/) })
    const noTls = await look('mail', mailThrough({ tls: 'starttls' }))
    expect(noTls.state).toBe('fail')
    const own = { user: 'ann', password: 'hush-hush-42' }
    const refused = await look('mail', mailThrough({ ...own, port: await doorkeeper() }))
    expect(refused).toMatchObject({ state: 'fail', says: expect.stringContaining('535 5.7.8 Not you') })
    expect(JSON.stringify(refused)).not.toContain('hush-hush-42')
    expect(await look('mail', mailThrough(own))).toMatchObject({
      state: 'warn',
      says: expect.stringContaining('in the clear'),
    })
  })

  test('sends a test mail, and says why it was not taken', async () => {
    expect(await sendTestMail(mailThrough({}), 'ann@example.org')).toBeNull()
    expect(smtp.mails.at(-1)).toMatchObject({ to: ['ann@example.org'], subject: 'A test mail' })
    expect(await sendTestMail(mailThrough({ port: await freePort() }), 'ann@example.org')).toContain('ECONNREFUSED')
  })

  test.each([
    ['nobody is there', async () => `http://127.0.0.1:${await freePort()}`, /^Nobody answers at .*ECONNREFUSED/],
    ['something else is there', () => answering(200, '<h1>Welcome to nginx!</h1>'), /^Something else answers/],
    ['another instance is there', () => answering(200, '{"status":"ok","proof":"AAAA"}'), /^Something else answers/],
    ['it answers null', () => answering(200, 'null'), /^Something else answers/],
    ['people are sent on', () => answering(301, '', { location: 'https://example.org/' }), /sends people on/],
    ['the proxy passes another name', () => answering(421), /does not know that name/],
    ['it answers without end', () => answering(200, 'x'.repeat(100_000)), /^Nobody answers at .*more than 65536 bytes/],
  ])('says of the base URL that %s', async (_what, where, says) => {
    const found = await look('base url', configured({ baseUrl: await where() }))
    expect(found).toMatchObject({ state: 'fail', says: expect.stringMatching(says), todo: expect.any(String) })
  })

  test('takes our own answer for ours, and not that of an instance with another key', async () => {
    expect(await look('base url', well)).toMatchObject({ state: 'ok' })
    const another = configured({ secretKey: 'another-0123456789-abcdefghijklmnop' }, well)
    expect(await look('base url', another)).toMatchObject({
      state: 'fail',
      says: expect.stringMatching(/^Something else/),
    })
    const inTheOpen = configured({ mode: 'production' }, well)
    expect(await look('base url', inTheOpen)).toMatchObject({
      state: 'warn',
      says: expect.stringMatching(/without encryption/),
    })
  })

  test('says how long facts have waited, and which reaction fails', async () => {
    await anEvent(kit.ctx)
    await kit.clock.advance({ minutes: 2 })
    expect(await look('relay', system)).toMatchObject({
      state: 'warn',
      says: expect.stringMatching(/the oldest for 2 minutes|120 seconds|12\d seconds/),
    })
    await kit.clock.advance({ minutes: 10 })
    await query(`update facts set attempts = 3, last_error = 'no such column' where delivered_at is null`)
    expect(await look('relay', system)).toMatchObject({
      state: 'fail',
      says: expect.stringMatching(/the oldest for 12 minutes; \d+ failed: no such column\.$/),
    })
  })

  test('says how long messages are due, why, and that some were given up', async () => {
    const event = await anEvent(kit.ctx)
    await aRegistration(kit.ctx, event.id)

    await relayFacts(system)
    expect(await look('messages', system)).toMatchObject({ state: 'ok' })
    await kit.clock.advance({ minutes: 3 })
    await query(`update notifications set last_error = 'CONN: refused'`)
    expect(await look('messages', system)).toMatchObject({
      state: 'warn',
      says: expect.stringMatching(/^1 messages are due, the oldest for 3 minutes; the last error: CONN: refused\.$/),
      todo: expect.stringContaining('SMTP_HOST'),
    })
    await kit.clock.advance({ minutes: 10 })
    expect(await look('messages', system)).toMatchObject({ state: 'fail' })
    await query('update notifications set failed_at = app_now()')
    expect(await look('messages', system)).toMatchObject({
      state: 'warn',
      says: '1 messages were given up since yesterday.',
    })
    await kit.clock.advance({ hours: 25 })
    expect(await look('messages', system)).toMatchObject({ state: 'ok' })
  })

  test('says that no worker is here, or was', async () => {
    await kit.clock.advance({ minutes: 4 })
    expect(await look('worker', system)).toMatchObject({
      state: 'fail',
      says: 'No worker has been here for 4 minutes.',
    })
    await query('delete from schedules')
    expect(await look('worker', system)).toMatchObject({ state: 'fail', says: 'No worker has ever been here.' })
  })

  test('says of each job that it failed, is paused, or is overdue', async () => {
    breaks = true
    await schedules.ask(system, 'bad')
    for (let tries = 0; tries < 5; tries++) {
      await runDue(system, jobs)
      await kit.clock.advance({ minutes: 20 })
    }
    const failed = await look('job bad', system)
    expect(failed).toMatchObject({ state: 'fail', says: 'Failed 20 minutes ago: the disk is full.' })
    expect(failed.todo).toMatch(/POST \/api\/v1\/admin\/job-runs\/[0-9a-f-]{36}\/retries/)
    breaks = false
    await schedules.ask(system, 'bad')
    await runDue(system, jobs)
    expect(await look('job bad', system)).toMatchObject({
      state: 'warn',
      says: expect.stringContaining('1 runs were given up'),
    })
    await schedules.change(system, 'good', { paused: true })
    expect(await look('job good', system)).toMatchObject({ state: 'warn', says: expect.stringMatching(/paused for/) })
    await schedules.change(system, 'good', { paused: false, cron: '* * * * *' })
    await kit.clock.advance({ minutes: 10 })
    expect(await look('job good', system)).toMatchObject({
      state: 'fail',
      says: expect.stringMatching(/it has been due for \d+ minutes/),
      todo: 'Start a `worker` for the queue periodic.',
    })
  })

  test('says of a job that its run waits, though its schedule was fired: no worker has its queue', async () => {
    await schedules.ask(system, 'good')
    await kit.clock.advance({ minutes: 4 })
    expect(await look('job good', system)).toMatchObject({ state: 'ok' })
    await kit.clock.advance({ minutes: 2 })
    expect(await look('job good', system)).toMatchObject({
      state: 'fail',
      says: 'Has not run yet; a run has waited for 6 minutes.',
      todo: 'Start a `worker` for the queue periodic.',
    })
  })

  test('says of a paused channel why, and how it goes on, and not that a worker is missing', async () => {
    const event = await anEvent(kit.ctx)
    await aRegistration(kit.ctx, event.id)
    await relayFacts(system)
    await query(`insert into channel_pauses (channel, reason) values ('email', 'it answered 401')`)
    await kit.clock.advance({ minutes: 11 })
    const findings = await examine(system)
    await query('delete from channel_pauses')
    expect(findings.find(({ name }) => name === 'channel email')).toEqual({
      name: 'channel email',
      state: 'fail',
      says: 'It has been paused for 11 minutes, and 1 messages wait: it answered 401.',
      todo: 'Put right what lets us in there, then POST /api/v1/admin/channels/email/resume.',
    })
    expect(findings.find(({ name }) => name === 'messages')).toMatchObject({ state: 'ok' })
    expect(await look('messages', system)).toMatchObject({ state: 'fail' })
  })

  test('says what is wrong with clocks, keys, Redis and the schema', async () => {
    const fast = { ...system, now: () => new Date(kit.ctx.now().getTime() + 5_000) }
    expect(await look('clock', fast)).toMatchObject({
      state: 'warn',
      says: expect.stringMatching(/5\.\d seconds apart|4\.9/),
    })
    const faster = { ...system, now: () => new Date(kit.ctx.now().getTime() - 60_000) }
    expect((await look('clock', faster)).state).toBe('fail')
    expect(await look('secrets', configured({ secretKey: 'x'.repeat(40) }))).toMatchObject({ state: 'warn' })
    expect(await look('secrets', configured({ secretKey: 'short', mode: 'production' }))).toMatchObject({
      state: 'fail',
    })
    const away = configured({ redisUrl: `redis://:hush-hush-42@127.0.0.1:${await freePort()}` })
    const redis = await look('redis', away)
    expect(redis).toMatchObject({ state: 'warn', says: expect.stringContaining('ECONNREFUSED') })
    expect(JSON.stringify(redis)).not.toContain('hush-hush-42')
    await query(`alter table migrations rename to migrations_elsewhere`)
    expect(await look('migrations', system)).toMatchObject({ state: 'fail', todo: 'Run `migrate`.' })
    await query(`alter table migrations_elsewhere rename to migrations`)
  })

  const redisUrl = process.env.TEST_REDIS_URL
  if (redisUrl)
    test('finds Redis where it is', async () => {
      expect(await look('redis', configured({ redisUrl }))).toMatchObject({ state: 'ok' })
    })

  test('that cannot look at one thing says so and looks at the others', async () => {
    await query('alter table job_runs rename to job_runs_elsewhere')
    const findings = await examine(system)
    await query('alter table job_runs_elsewhere rename to job_runs')
    expect(findings.find(({ name }) => name === 'jobs')).toMatchObject({
      state: 'fail',
      says: 'It could not be looked at.',
    })
    expect(findings.find(({ name }) => name === 'database')).toMatchObject({ state: 'ok' })
  })

  test('tells no secret', async () => {
    const url = `postgres://turnout:hush-hush-42@127.0.0.1:1/turnout`
    const secretive = configured({ databaseUrl: url, redisUrl: 'redis://:hush-hush-42@127.0.0.1:1', stripe: { secretKey: 'sk_test_hush-hush-42', webhookSecret: 'hush-hush-42' } }, mailThrough({ user: 'ann', password: 'hush-hush-42' })) // prettier-ignore
    const told = JSON.stringify(await examine(secretive))
    expect(told).not.toContain('hush-hush')
    expect(told).not.toContain(system.config.secretKey)
  })
})

describe('over HTTP', () => {
  test('an admin sees the same, and sends a test mail; others do neither', async () => {
    const admin = await kit.signIn(await anAccount(kit.ctx, { role: 'admin' }))
    const { status, body } = await kit.call('GET', '/admin/doctor', { headers: admin })
    expect([status, body.healthy]).toEqual([200, false]) // nobody is at the base URL of tests
    expect(body.checks.find((each: { name: string }) => each.name === 'base url')).toMatchObject({ state: 'fail' })
    const mail = await kit.call('POST', '/admin/doctor/test-mail', {
      headers: admin,
      payload: { to: 'ann@example.org' },
    })
    expect(mail).toMatchObject({ status: 200, body: { sent: true, error: null } })
    expect(kit.mails.at(-1)).toMatchObject({ to: { address: 'ann@example.org' }, subject: 'A test mail' })
    const organizer = await kit.signIn(await anAccount(kit.ctx, { role: 'organizer' }))
    expect((await kit.call('GET', '/admin/doctor', { headers: organizer })).status).toBe(403)
    expect((await kit.call('GET', '/admin/doctor')).status).toBe(401)
  })

  test('whoever is alive proves whose they are, for a nonce and for nothing else', async () => {
    const ask = async (query: string) => (await kit.app.inject(`/health/live${query}`)).json()
    expect(await ask('')).toEqual({ status: 'ok' })
    const { proof } = await ask('?nonce=abcdefghijklmnop')
    expect(proof).toMatch(/^[\w-]{43}$/)
    expect((await ask('?nonce=abcdefghijklmnoq')).proof).not.toBe(proof)
    expect((await ask('?nonce=short')).status).toBe(422)
  })
})

test('times are said as people say them', () => {
  expect([1, 90, 150, 7_300, 200_000].map(spoken)).toEqual(['1 second', '90 seconds', '3 minutes', '2 hours', '2 days'])
})
