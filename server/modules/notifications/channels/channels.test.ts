import { createECDH } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Ctx } from '#kernel/ctx'
import { newId } from '#kernel/ids'
import { startNotificationService, SERVICE_OWNER, SERVICE_TOKEN } from '../../../../test/kit/notification-service.ts'
import { anAccount, openKit } from '../../../../test/kit/kit.ts'
import { startSmtp, type Behaviour, type SmtpReceiver } from '../../../../test/kit/smtp.ts'
import { startTwilio, TWILIO } from '../../../../test/kit/twilio.ts'
import {
  startWebReceiver,
  type Request,
  type WebBehaviour,
  type WebReceiver,
} from '../../../../test/kit/web-receiver.ts'
import { deliver } from '#notifications/delivery'
import { browsersIn } from '#subscriptions/browsers'
import type { Channel, ChannelName } from './channel.ts'
import { openMail } from './email.ts'
import { openService } from './external.ts'
import { openPush } from './push.ts'
import { openSms } from './sms.ts'

// Whatever the other side does: nothing is lost, and nothing is marked as sent that was not confirmed. Each channel is an
// entry here, with a real server on loopback that misbehaves the first time it is handed a message.

type Fault = {
  name: string
  /** What the server does; `'away'` is that there is none. */
  does: unknown
  /** What becomes of a message that it was done to once. */
  ends?: 'failed'
  /** It has arrived without our knowing, so that it arrives twice. */
  kept?: true
  /** The attempt is none of the message's. */
  free?: true
  /** The channel rests until an admin says otherwise. */
  pauses?: true
  /** We wait for so many milliseconds, and not as long as otherwise. */
  patience?: number
  /** Not before so many seconds. */
  waits?: number
}
type Side = {
  channel: Channel
  misbehave(once: (recipient: string) => unknown): void
  /** To whom each message went that the server has, in the order in which they came. */
  arrived(): string[]
  stop(): Promise<void>
}
type Entry = {
  name: ChannelName
  recipient(n: number): string
  start(port?: number, timeout?: number): Promise<Side & { port: number }>
  faults: Fault[]
  /** Each message goes to a host of its own, and none of them is left alone for another's failures. */
  everywhere?: true
}

const MANY = 12
/** A browser's public key: of what it would read, nothing is asked here. */
const A_KEY = createECDH('prime256v1').generateKeys('base64url')
const trap = await startWebReceiver((_, res) => res.writeHead(200).end())
afterAll(() => trap.stop())

const json = { 'content-type': 'application/json' }
const webFaults: Fault[] = [
  { name: 'a refused connection', does: 'away', free: true },
  { name: 'one byte per second', does: 'slow', patience: 400 },
  { name: '500', does: { status: 500 } },
  { name: '503 without a word', does: { status: 503 } },
  { name: '429 with Retry-After', does: { status: 429, headers: { 'retry-after': '90' } }, waits: 90 },
  { name: '401', does: { status: 401 }, free: true, pauses: true },
  { name: '403', does: { status: 403 }, free: true, pauses: true },
  {
    name: '200 with rubbish',
    does: { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Welcome to the hotel</html>' },
  },
  { name: '200 with broken JSON', does: { status: 200, headers: json, body: '{"status":' } },
  { name: '200 that says that it failed', does: { status: 200, headers: json, body: '{"success":false}' } },
  { name: 'a reset before the answer', does: 'reset', kept: true },
  { name: 'a reset in the middle of the answer', does: 'break-off', kept: true },
  { name: 'a redirect to a private address', does: { status: 307, headers: { location: trap.url } }, free: true },
  { name: 'too large an answer', does: 'too-large' },
  { name: '422', does: { status: 422, headers: json, body: '{"error":"no"}' }, ends: 'failed' },
]

const ENTRIES: Entry[] = [
  {
    name: 'email',
    recipient: (n) => `person${n}@example.org`,
    async start(port, timeout) {
      let once: (recipient: string) => unknown = () => undefined
      const smtp: SmtpReceiver = await startSmtp({
        port,
        behave: (mail) => (once(mail.to[0] ?? '') as Behaviour | undefined) ?? 'accept',
      })
      const settings = { host: '127.0.0.1', port: smtp.port, tls: 'off' as const, user: null, password: null }
      const channel = openMail({ ...kit.ctx.config, smtp: settings }, { timeout, pause: 1 })
      return {
        channel,
        port: smtp.port,
        misbehave: (each) => (once = each),
        arrived: () => smtp.mails.map((mail) => mail.to[0]!),
        stop: () => smtp.stop(),
      }
    },
    faults: [
      { name: 'a refused connection', does: 'away', free: true },
      { name: '421', does: { code: 421, text: 'come back later' } },
      { name: '451', does: { code: 451, text: 'come back later' } },
      { name: '550', does: { code: 550, text: 'no such user' }, ends: 'failed' },
      { name: 'a drop after DATA', does: 'drop-after-data', kept: true },
      { name: 'no answer at all', does: 'tarpit', patience: 800 },
    ],
  },
  {
    name: 'service',
    recipient: (n) => `person${n}@example.org`,
    start: (port, timeout) =>
      web(
        startNotificationService(port),
        ({ body }) => (JSON.parse(body) as { email: string }).email,
        (url) =>
          openService({ url: `${url}/api/notifications`, token: SERVICE_TOKEN, ownerId: SERVICE_OWNER }, { timeout }),
      ),
    faults: [...webFaults, { name: '200 with nothing in it', does: { status: 200 } }],
  },
  {
    name: 'sms',
    recipient: (n) => `+4930${10_001 + n}`,
    start: (port, timeout) =>
      web(
        startTwilio(port),
        ({ body }) => new URLSearchParams(body).get('To') ?? '',
        (url) => openSms({ url, ...TWILIO }, { timeout }),
      ),
    faults: [
      ...webFaults,
      { name: '200 with a sid', does: { status: 200, headers: json, body: '{"sid":"SM1"}' } },
      { name: '201 without a sid', does: { status: 201, headers: json, body: '{}' } },
      { name: 'error 20003', does: { status: 400, headers: json, body: '{"code":20003}' }, free: true, pauses: true },
      { name: 'error 21211', does: { status: 400, headers: json, body: '{"code":21211}' }, ends: 'failed' },
      { name: 'error 20429', does: { status: 429, headers: json, body: '{"code":20429}' } },
    ],
  },
  {
    name: 'push',
    recipient: (n) => `00000000-0000-7000-8000-0000000000${10 + n}`,
    everywhere: true,
    async start(port, timeout) {
      const receiver = startWebReceiver((_, res) => res.writeHead(201).end(), port)
      const { url, port: taken } = await receiver
      for (let n = 0; n < MANY; n++)
        await sql`
          insert into push_subscriptions (id, endpoint, p256dh, auth)
          values (${this.recipient(n)}, ${`${url}/${this.recipient(n)}`}, ${A_KEY}, ${'A'.repeat(22)})
          on conflict (id) do update set endpoint = excluded.endpoint`.execute(kit.ctx.db)
      return web(
        receiver,
        (request) => request.url.slice(1),
        () => openPush(kit.ctx.config, browsersIn(kit.ctx.db), { allowHttp: true, ports: [taken], privateHosts: ['127.0.0.1'], ...(timeout && { timeout }) }), // prettier-ignore
      )
    },
    faults: [
      { name: 'a refused connection', does: 'away' },
      { name: 'one byte per second', does: 'slow', patience: 400 },
      { name: '500', does: { status: 500 } },
      { name: '429 with Retry-After', does: { status: 429, headers: { 'retry-after': '90' } }, waits: 90 },
      { name: 'a reset before the answer', does: 'reset', kept: true },
      {
        name: 'a redirect to a private address',
        does: { status: 307, headers: { location: trap.url } },
        ends: 'failed',
      },
      { name: '413', does: { status: 413 }, ends: 'failed' },
    ],
  },
]

async function web(
  starting: Promise<WebReceiver>,
  recipientOf: (request: Request) => string,
  open: (url: string) => Channel,
): Promise<Side & { port: number }> {
  const receiver = await starting
  return {
    channel: open(receiver.url),
    port: receiver.port,
    misbehave: (once) =>
      (receiver.behave = (request) => (once(recipientOf(request)) as WebBehaviour | undefined) ?? 'accept'),
    arrived: () => receiver.kept.map(recipientOf),
    stop: () => receiver.stop(),
  }
}

const kit = await openKit()
const counts: Record<string, unknown>[] = []
if (process.env.SHOW_COUNTS) afterAll(() => console.table(counts))

// S1-41 S1-44 S1-45 S1-81 S1-85 S3-26
describe.each(ENTRIES)('by $name', (entry) => {
  let side: Awaited<ReturnType<Entry['start']>>
  let ctx: Ctx
  beforeEach(async () => {
    await sql`truncate notifications, channel_pauses, channel_breakers, facts`.execute(kit.ctx.db)
    trap.requests.length = 0
    side = await entry.start()
    ctx = through(side)
  })
  afterEach(async () => {
    side.channel.close()
    await side.stop()
  })
  const through = (to: Side): Ctx => ({ ...kit.as('system'), channels: { [entry.name]: to.channel } })

  test('what is due arrives once each, and is marked then', async () => {
    await due(entry, MANY)
    await deliverAll(ctx, entry.name)
    expect(side.arrived().sort()).toEqual(everybody(entry))
    expect(await states()).toEqual({ sent: MANY, due: 0, failed: 0 })
  })

  test.each(entry.faults)('$name: nothing is lost, and nothing marked that was not confirmed', async (fault) => {
    await due(entry, MANY)
    if (fault.patience) {
      side.channel.close()
      await side.stop()
      side = await entry.start(undefined, fault.patience)
      ctx = through(side)
    }
    if (fault.does === 'away') await side.stop()
    const seen = new Map<string, number>()
    side.misbehave((recipient) => {
      seen.set(recipient, (seen.get(recipient) ?? 0) + 1)
      return seen.get(recipient) === 1 ? fault.does : undefined
    })
    await deliver(ctx, { channel: entry.name })
    const first = await rows()
    expect(
      first.filter((row) => row.sent_at),
      'marked without a confirmation',
    ).toEqual([])
    expect(first.every((row) => row.attempts <= (fault.free ? 0 : 1))).toBe(true)
    if (fault.waits) {
      const tried = first.filter((row) => row.last_error)
      expect(tried.length).toBeGreaterThan(0)
      for (const row of tried)
        expect((row.due_at.getTime() - kit.ctx.now().getTime()) / 1_000).toBeGreaterThan(fault.waits - 2)
    }
    if (fault.pauses) {
      const offered = seen.size
      await kit.clock.advance({ hours: 1 })
      expect(await deliver(ctx, { channel: entry.name })).toBe(0)
      expect(seen.size, 'a paused channel asks nobody').toBe(offered)
      expect((await kit.as('system').db.selectFrom('facts').select('kind').execute()).map(({ kind }) => kind)).toEqual([
        'channel.paused',
      ])
      side.misbehave(() => undefined) // what lets us in there was put right
      const admin = await kit.signIn(await anAccount(kit.ctx, { role: 'admin' }))
      expect((await kit.call('POST', `/admin/channels/${entry.name}/resume`, { headers: admin })).status).toBe(200)
    }
    if (fault.does === 'away') {
      const { port } = side
      side.channel.close()
      side = await entry.start(port)
      ctx = through(side)
    }
    for (let round = 0; round < 40 && (await states()).due > 0; round++) {
      await kit.clock.advance({ minutes: 2 })
      await deliver(ctx, { channel: entry.name })
      const arrived = new Set(side.arrived())
      const marked = (await rows()).filter((row) => row.sent_at).map((row) => row.recipient)
      expect(marked.filter((recipient) => !arrived.has(recipient))).toEqual([])
    }
    const ended = await states()
    expect(ended).toEqual(fault.ends ? { sent: 0, due: 0, failed: MANY } : { sent: MANY, due: 0, failed: 0 })
    const twice = fault.kept ? everybody(entry) : []
    expect(side.arrived().sort()).toEqual(fault.ends ? [] : [...everybody(entry), ...twice].sort())
    expect(trap.requests, 'a redirect is not followed').toEqual([])
    counts.push({ channel: entry.name, fault: fault.name, ...ended, arrived: side.arrived().length })
  })

  if (!entry.everywhere)
    test('a destination that keeps failing is left alone, tried by one message, and taken up again when that arrives', async () => {
      await due(entry, MANY)
      const { port } = side
      await side.stop()
      for (let round = 0; round < 3; round++) {
        await deliver(ctx, { channel: entry.name })
        await kit.clock.advance({ seconds: 6 })
        await new Promise((resolve) => setTimeout(resolve, 8)) // mail looks away by its own clock for some milliseconds
      }
      await kit.clock.advance({ minutes: 2 })
      const admin = await kit.signIn(await anAccount(kit.ctx, { role: 'admin' }))
      const state = async () => {
        const { body } = await kit.call('GET', '/admin/channels', { headers: admin })
        return body.items.find((each: { name: string }) => each.name === entry.name)
      }
      expect(await state()).toMatchObject({
        due: MANY,
        paused: null,
        breakers: [{ destination: `127.0.0.1:${port}`, state: 'half-open', lastError: expect.any(String) }],
      })
      const before = (await state()).breakers[0].failures
      await new Promise((resolve) => setTimeout(resolve, 100))
      await deliver(ctx, { channel: entry.name })
      expect((await state()).breakers[0]).toMatchObject({ state: 'open', failures: before + 1 })
      expect(await deliver(ctx, { channel: entry.name })).toBe(0)
      expect((await rows()).every((row) => row.attempts === 0)).toBe(true)

      side.channel.close()
      side = await entry.start(port)
      ctx = through(side)
      await kit.clock.advance({ minutes: 2 })
      expect(await deliver(ctx, { channel: entry.name })).toBe(1)
      expect(await state()).toMatchObject({ breakers: [], due: MANY - 1, sentInLastHour: 1 })
      await deliverAll(ctx, entry.name)
      expect(await states()).toEqual({ sent: MANY, due: 0, failed: 0 })
    })

  test('words that look like markup, headers or fields stay words', async () => {
    await due(entry, 1, { name: 'Ann\r\nBcc: victim@x.org&To=+491&owner_id=1 <b>"}' })
    await deliverAll(ctx, entry.name)
    expect(side.arrived()).toEqual([entry.recipient(0)])
  })
})

describe('the form', () => {
  test('the service is handed id, email, message and owner_id, with the token, and the id as Idempotency-Key', async () => {
    await sql`truncate notifications, channel_pauses, channel_breakers`.execute(kit.ctx.db)
    const service = await startNotificationService()
    const channel = openService({
      url: `${service.url}/api/notifications`,
      token: SERVICE_TOKEN,
      ownerId: SERVICE_OWNER,
    })
    const [id] = await due(ENTRIES[1]!, 1)
    await deliverAll({ ...kit.as('system'), channels: { service: channel } }, 'service')
    const [request] = service.requests
    expect(request).toMatchObject({ method: 'POST', url: '/api/notifications' })
    expect(request!.headers).toMatchObject({ authorization: `Bearer ${SERVICE_TOKEN}`, 'idempotency-key': id })
    expect(JSON.parse(request!.body)).toEqual({
      id,
      email: 'person0@example.org',
      message: expect.stringContaining('Your password was changed'),
      owner_id: SERVICE_OWNER,
    })
    await service.stop()
  })

  test('Twilio is handed From, To and a Body of at most 320 characters', async () => {
    await sql`truncate notifications, channel_pauses, channel_breakers`.execute(kit.ctx.db)
    const twilio = await startTwilio()
    await due(ENTRIES[2]!, 1)
    await deliverAll({ ...kit.as('system'), channels: { sms: openSms({ url: twilio.url, ...TWILIO }) } }, 'sms')
    const form = new URLSearchParams(twilio.requests[0]!.body)
    expect([...form.keys()]).toEqual(['From', 'To', 'Body'])
    expect(form.get('Body')).toBe('Your password was changed http://localhost:8000/forgot')
    await twilio.stop()
  })
})

const everybody = (entry: Entry) => Array.from({ length: MANY }, (_, n) => entry.recipient(n)).sort()

/** Writes that many messages that are due, and returns their ids. */
async function due(entry: Entry, count: number, payload: object = { name: 'Ann' }): Promise<string[]> {
  const ids = Array.from({ length: count }, newId)
  for (const [n, id] of ids.entries())
    await sql`
      insert into notifications (id, topic, channel, recipient, payload, dedupe_key)
      values (${id}, 'password-changed', ${entry.name}, ${entry.recipient(n)}, ${JSON.stringify(payload)}::jsonb, ${id})`.execute(
      kit.ctx.db,
    )
  return ids
}

async function deliverAll(ctx: Ctx, channel: ChannelName): Promise<void> {
  while ((await deliver(ctx, { channel })) > 0);
}

function rows() {
  return kit.ctx.db.selectFrom('notifications').selectAll().execute()
}

async function states() {
  const all = await rows()
  const sent = all.filter((row) => row.sent_at).length
  const failed = all.filter((row) => row.failed_at).length
  return { sent, failed, due: all.length - sent - failed }
}
