import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Ctx } from '#kernel/ctx'
import { relayFacts } from '#kernel/relay'
import type { Channel } from '#notifications/channels/channel'
import { openMail } from '#notifications/channels/email'
import * as events from '#events'
import * as registrations from '#registrations'
import { aGuest, anEvent, openKit } from '../../../test/kit/kit.ts'
import { startSmtp, type Behaviour, type ReceivedMail, type SmtpReceiver } from '../../../test/kit/smtp.ts'
import { backoff, deliver, startDelivery } from './delivery.ts'

const MANY = 40
const kit = await openKit()
const system = kit.as('system')

let smtp: SmtpReceiver
let ctx: Ctx
let behave: (mail: ReceivedMail) => Behaviour | Promise<Behaviour>

beforeEach(async () => {
  await sql`truncate notifications, channel_breakers, channel_pauses`.execute(kit.ctx.db)
  behave = () => 'accept'
  smtp = await startSmtp({ behave: (mail) => behave(mail) })
  ctx = withServer(smtp.port)
})
afterEach(async () => {
  ctx.channels.email!.close()
  await smtp.stop()
})

// S4-15 S4-16 S1-02
describe('delivery', () => {
  test('what is due is sent once each, under a Message-ID made of its id, and marked after the server has confirmed', async () => {
    const ids = await due(MANY)
    expect(await deliverAll()).toBe(MANY)
    expect(smtp.mails.map((mail) => mail.messageId).sort()).toEqual(ids.map((id) => `<${id}@events.example>`).sort())
    expect(await states()).toEqual({ sent: MANY, due: 0, failed: 0 })
    expect(await deliver(ctx)).toBe(0)
  })

  test('whoever is killed at any moment leaves at most one message that arrived and is not marked', async () => {
    await due(MANY)
    let worst = 0
    behave = async (): Promise<Behaviour> => {
      const arrived = smtp.mails.length
      worst = Math.max(worst, arrived - (await states()).sent)
      return 'accept'
    }
    await Promise.all([deliver(ctx, { batch: MANY / 2 }), deliver(ctx)]) // the loop, and the job that empties the outbox
    expect(smtp.mails).toHaveLength(MANY)
    expect(worst).toBe(0) // the next end comes only after the one before is marked
  })

  test(`a 451 is tried again later, and nothing is lost or doubled`, async () => {
    const ids = await due(MANY)
    behave = firstTime({ code: 451, text: 'come back later' })
    expect(await deliver(ctx)).toBe(MANY)
    expect(smtp.mails).toHaveLength(0)
    expect((await rows()).every((row) => row.attempts === 1 && row.last_error?.includes('451'))).toBe(true)
    await kit.clock.advance({ seconds: 5 })
    await deliverAll()
    expect(arrivals()).toEqual(new Map(ids.map((id) => [`<${id}@events.example>`, 1])))
    expect(await states()).toEqual({ sent: MANY, due: 0, failed: 0 })
  })

  for (const how of [{ code: 421, text: 'shutting down' }, 'drop-after-data', 'tarpit'] as const)
    test(`a server that does ${JSON.stringify(how)} each time is left alone, and tried by one message`, async () => {
      await due(MANY)
      ctx = withServer(smtp.port, { timeout: 300, pause: 1 })
      behave = () => how
      await deliver(ctx)
      const offered = smtp.offered.length
      expect(offered).toBeLessThan(MANY)
      expect(await breaker()).toMatchObject({ isOpen: true })
      await kit.clock.advance({ minutes: 2 })
      await deliver(ctx)
      expect(smtp.offered.length).toBe(offered + 1)
      behave = () => 'accept'
      for (let round = 0; round < 8; round++) {
        await kit.clock.advance({ hours: 6 })
        await deliverAll()
      }
      expect(await states()).toEqual({ sent: MANY, due: 0, failed: 0 })
      expect(await breaker()).toBeUndefined()
    })

  test('a message that is taken back in the middle of it says nothing of the server', async () => {
    await due(8)
    behave = async (): Promise<Behaviour> => {
      await sql`update notifications set lease = gen_random_uuid() where sent_at is null`.execute(kit.ctx.db)
      await new Promise((resolve) => setTimeout(resolve, 400)) // until it is noticed
      return 'accept'
    }
    await deliver(ctx, { lease: 300 })
    expect(smtp.offered.length).toBeLessThan(8)
    expect(await breaker()).toBeUndefined()
  })

  test('a server that refuses the message it is tried with for good is there, and a message that nobody was asked about tells nothing', async () => {
    const open = sql`
      insert into channel_breakers (channel, destination, failures, retry_at, last_error)
      values ('email', ${`127.0.0.1:${smtp.port}`}, 5, app_now() - interval '1 second', 'it hung')`
    const [unusable] = await due(1)
    await sql`update notifications set recipient = 'nobody' where id = ${unusable}`.execute(kit.ctx.db)
    await open.execute(kit.ctx.db)
    expect(await deliver(ctx)).toBe(1)
    expect([smtp.offered.length, await breaker()]).toEqual([0, { isOpen: true }])
    await sql`truncate notifications, channel_breakers`.execute(kit.ctx.db)
    await due(MANY)
    await open.execute(kit.ctx.db)
    behave = firstTime({ code: 550, text: 'no such user' }, () => smtp.mails.length === 0)
    expect(await deliver(ctx)).toBe(1)
    expect(await breaker()).toBeUndefined()
  })

  test('a 550 is final: the message is given up at once, with a reason that names nobody', async () => {
    await due(MANY)
    behave = (mail) =>
      mail.to[0]!.includes('7@') ? { code: 550, text: `5.1.1 <${mail.to[0]}> no such user` } : 'accept'
    await deliverAll()
    const { sent, failed } = await states()
    expect(failed).toBeGreaterThan(0)
    expect(sent + failed).toBe(MANY)
    expect(smtp.offered).toHaveLength(MANY)
    const dead = (await rows()).filter((row) => row.failed_at)
    for (const row of dead)
      expect(row).toMatchObject({
        attempts: 1,
        last_error: expect.stringMatching(/^DATA: 550 5\.1\.1 <address> no such user/),
      })
  })

  describe('a message that waits for its next attempt while what it says ceases to be so is not sent any more', () => {
    const relayAll = async () => {
      while ((await relayFacts(system)) > 0);
    }
    /** The subjects that arrive when the server takes mail again. */
    const arriving = async () => {
      await relayAll()
      behave = () => 'accept'
      await kit.clock.advance({ hours: 1 })
      await deliverAll()
      return smtp.mails.map((mail) => `${mail.to[0]!.split('@')[0]}: ${mail.subject.split(':')[0]}`)
    }
    const refuse: typeof behave = () => ({ code: 451, text: 'come back later' })

    test('who cancelled hears of the cancellation alone', async () => {
      const event = await anEvent(kit.ctx)
      const ann = await registrations.register(kit.ctx, event.id, { name: 'Ann', email: 'ann@example.com' })
      await relayAll()
      behave = refuse
      await deliver(ctx)
      await registrations.cancel(system, ann.id)
      expect(await arriving()).toEqual(['ann: Registration cancelled'])
      expect((await rows()).map((row) => row.last_error)).toContain(
        'it was not so any more: the registration is cancelled',
      )
    })

    test('also when they cancelled in the middle of the attempt', async () => {
      const event = await anEvent(kit.ctx)
      const ann = await registrations.register(kit.ctx, event.id, { name: 'Ann', email: 'ann@example.com' })
      await relayAll()
      behave = async (mail) => {
        await registrations.cancel(system, ann.id)
        await relayAll()
        return refuse(mail)
      }
      await deliver(ctx)
      expect(await arriving()).toEqual(['ann: Registration cancelled'])
    })

    test('who came from the line to a seat hears of the seat alone, and of an event that was called off that alone', async () => {
      const event = await anEvent(kit.ctx, { capacity: 1 })
      const ann = await registrations.register(kit.ctx, event.id, { name: 'Ann', email: 'ann@example.com' })
      await registrations.register(kit.ctx, event.id, { name: 'Ben', email: 'ben@example.com' })
      await relayAll()
      behave = refuse
      await deliver(ctx)
      await registrations.cancel(system, ann.id)
      expect((await arriving()).sort()).toEqual(['ann: Registration cancelled', 'ben: You have a seat now'])

      const off = await anEvent(kit.ctx)
      await registrations.register(kit.ctx, off.id, { name: 'Cem', email: 'cem@example.com' })
      await relayAll()
      behave = refuse
      await deliver(ctx)
      await events.cancel(kit.as(off.organizer), off.id)
      expect((await arriving()).slice(2)).toEqual(['cem: Event cancelled'])
    })
  })

  test('a message that keeps failing is tried eight times and then given up', async () => {
    await due(2)
    behave = () => ({ code: 451, text: 'no' })
    for (let round = 0; round < 12; round++) {
      await deliverAll()
      await kit.clock.advance({ hours: 6 })
    }
    expect(smtp.offered).toHaveLength(16)
    expect(await states()).toEqual({ sent: 0, due: 0, failed: 2 })
  })

  test('a server that keeps the mail and hangs up gets it once more at most, under the same Message-ID', async () => {
    const ids = await due(MANY)
    const tricky = new Set(ids.filter((_, index) => index % 4 === 0).map((id) => `<${id}@events.example>`))
    behave = firstTime('drop-after-data', (mail) => tricky.has(mail.messageId))
    for (let round = 0; round < 8; round++) {
      await deliverAll()
      await kit.clock.advance({ hours: 6 })
    }
    expect(await states()).toEqual({ sent: MANY, due: 0, failed: 0 })
    for (const [messageId, times] of arrivals()) expect(times, messageId).toBe(tricky.has(messageId) ? 2 : 1)
    for (const messageId of tricky) {
      const [first, second] = smtp.mails.filter((mail) => mail.messageId === messageId)
      expect(second!.raw).toBe(first!.raw)
    }
  })

  test('a server that stops answering holds nothing up for ever, and nothing is lost', async () => {
    const slow = new Set((await due(MANY)).slice(0, 2).map((id) => `<${id}@events.example>`))
    ctx = withServer(smtp.port, { timeout: 1_000, pause: 1 })
    behave = firstTime('tarpit', (mail) => slow.has(mail.messageId))
    for (let round = 0; round < 8; round++) {
      await deliverAll()
      await kit.clock.advance({ hours: 6 })
    }
    expect(await states()).toEqual({ sent: MANY, due: 0, failed: 0 })
    expect([...arrivals().values()].every((times) => times === 1)).toBe(true)
    expect(smtp.mails).toHaveLength(MANY)
  })

  test('while nobody is there mail waits, however long that lasts, and no attempt is counted', async () => {
    await due(MANY)
    await smtp.stop()
    ctx = withServer(smtp.port, { pause: 1 })
    for (let round = 0; round < 20; round++) {
      expect(await deliver(ctx)).toBe(0)
      await kit.clock.advance({ hours: 6 })
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    expect(await states()).toEqual({ sent: 0, due: MANY, failed: 0 })
    expect((await rows()).every((row) => row.attempts === 0 && row.lease === null)).toBe(true)

    smtp = await startSmtp({ port: smtp.port })
    await new Promise((resolve) => setTimeout(resolve, 40))
    await kit.clock.advance({ minutes: 1 }) // the breaker lets one try
    await deliverAll()
    expect(smtp.mails).toHaveLength(MANY)
    expect(await states()).toEqual({ sent: MANY, due: 0, failed: 0 })
  })

  test('a server without the encryption that is required gets no mail, and the mail waits', async () => {
    await due(3)
    ctx = withServer(smtp.port, { pause: 1 }, 'starttls')
    expect(await deliver(ctx)).toBe(0)
    expect(smtp.offered).toHaveLength(0)
    expect(await states()).toEqual({ sent: 0, due: 3, failed: 0 })
  })

  test('without a mail server in the settings mail waits', async () => {
    await due(3)
    ctx = { ...system, channels: { email: openMail({ ...kit.ctx.config, smtp: null }) } }
    expect(await deliver(ctx)).toBe(0)
    expect(await states()).toEqual({ sent: 0, due: 3, failed: 0 })
  })

  test('several deliverers at once never send one message twice', async () => {
    await due(150)
    await Promise.all(
      Array.from({ length: 4 }, async () => {
        const own = withServer(smtp.port)
        for (let done = 1; done > 0;) done = await deliver(own, { batch: 7 })
        own.channels.email!.close()
      }),
    )
    expect(smtp.mails).toHaveLength(150)
    expect(new Set(smtp.mails.map((mail) => mail.messageId)).size).toBe(150)
    expect((await rows()).every((row) => row.attempts === 1)).toBe(true)
  })

  test('what a dead deliverer held is sent by another after twenty seconds, and not before', async () => {
    await due(3)
    const dead = { ...ctx, channels: { email: { send: () => new Promise<never>(() => {}), close: () => {} } } }
    void deliver(dead)
    await until(async () => (await rows()).every((row) => row.lease !== null))
    await kit.clock.advance({ seconds: 18 })
    expect(await deliver(ctx)).toBe(0)
    await kit.clock.advance({ seconds: 3 })
    expect(await deliver(ctx)).toBe(3)
    expect(smtp.mails).toHaveLength(3)
  })

  test('a batch that takes longer than its lease renews it, and nobody takes it over', async () => {
    await due(6)
    behave = async (): Promise<Behaviour> => {
      await new Promise((resolve) => setTimeout(resolve, 120))
      return 'accept'
    }
    const slow = deliver(ctx, { lease: 300 })
    await until(async () => (await rows()).every((row) => row.lease !== null))
    const impatient = withServer(smtp.port)
    let stolen = 0
    let over = false
    void slow.finally(() => (over = true))
    while (!over) {
      stolen += await deliver(impatient)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    impatient.channels.email!.close()
    expect(stolen).toBe(0)
    expect(smtp.mails).toHaveLength(6)
  })

  test('who has lost the lease sends nothing of it any more', async () => {
    await due(8)
    const stalled = { ...ctx, channels: { email: slowly(ctx.channels.email!, 400) } }
    const running = deliver(stalled, { lease: 300 })
    await until(async () => (await rows()).every((row) => row.lease !== null))
    await sql`update notifications set lease = gen_random_uuid()`.execute(kit.ctx.db)
    await running
    expect(smtp.offered).toHaveLength(0)
  })

  test('stopping finishes what is being handed over and gives back the rest at once', async () => {
    await due(MANY)
    let open = () => {}
    const gate = new Promise<void>((resolve) => (open = resolve))
    behave = async (): Promise<Behaviour> => {
      await gate
      return 'accept'
    }
    const delivery = startDelivery(ctx)
    await until(async () => smtp.offered.length > 0)
    const stopped = delivery.stop()
    await until(async () => (await rows()).filter((row) => row.lease !== null).length <= 4)
    open()
    await stopped
    const left = await rows()
    expect(left.filter((row) => row.sent_at)).toHaveLength(smtp.mails.length)
    expect(left.filter((row) => !row.sent_at).every((row) => row.lease === null && row.attempts === 0)).toBe(true)
    expect(smtp.mails.length).toBeLessThanOrEqual(4)
  })

  test('a running delivery sends what is written later as soon as it is woken', async () => {
    const delivery = startDelivery(ctx)
    await due(2)
    delivery.wake()
    await smtp.waitFor(2)
    await delivery.stop()
  })

  test('a message that kills its sender every time is given up in the end', async () => {
    await due(1)
    const dying = { ...ctx, channels: { email: { send: () => Promise.reject(new Error('dead')), close: () => {} } } }
    for (let round = 0; round < 8; round++) {
      await deliver(dying).catch(() => {})
      await kit.clock.advance({ seconds: 21 })
    }
    expect(await deliver(ctx)).toBe(0)
    expect(await states()).toEqual({ sent: 0, due: 0, failed: 1 })
    expect(smtp.offered).toHaveLength(0)
  })

  test('a payload that nobody can write a mail from is given up and holds up no other', async () => {
    await due(3)
    await sql`update notifications set payload = '{}' where id = (select min(id::text)::uuid from notifications)`.execute(
      kit.ctx.db,
    )
    await deliverAll()
    expect(await states()).toEqual({ sent: 2, due: 0, failed: 1 })
  })

  test('waits grow from five seconds to six hours, and are a random part of that', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8].map((attempt) => backoff(attempt, 1) / 1_000)).toEqual([
      5, 20, 80, 320, 1_280, 5_120, 20_480, 21_600,
    ])
    expect(backoff(3, 0.5)).toBe(40_000)
  })
})

describe('mail headers', () => {
  test('name where one click turns it off, on what can be turned off alone', async () => {
    const event = await anEvent(kit.ctx)
    await registrations.register(kit.ctx, event.id, { name: 'Ann', email: 'ann@x.org' })
    const startsAt = new Date(Date.parse(event.startsAt) + 3_600_000).toISOString()
    await relayFacts(system)
    await deliverAll()
    await events.edit(kit.as(event.organizer), event.id, { startsAt })
    while ((await relayFacts(system)) > 0);
    await deliverAll()
    const [confirmed, moved] = await smtp.waitFor(2)
    const header = (mail: ReceivedMail, key: string) => mail.parsed.headers.find((each) => each.key === key)?.value
    expect(header(confirmed!, 'list-unsubscribe')).toBeUndefined()
    expect(header(moved!, 'list-unsubscribe')).toMatch(
      /^<https:\/\/events\.example\/api\/v1\/unsubscriptions\/[\w.-]+>$/,
    )
    expect(header(moved!, 'list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
  })

  const attacks = [
    'Ann\r\nBcc: victim@x.org',
    'Ann\nSubject: gone',
    'x@y.org>, "Ann" <victim@x.org',
    '"Ann" <victim@x.org>,',
    '=?utf-8?q?=0ABcc:_victim@x.org?=',
    '{{constructor}}{{7*7}}',
  ]

  for (const words of attacks) {
    test(`a name or title like ${JSON.stringify(words)} adds no header and no recipient`, async () => {
      const event = await anEvent(kit.ctx)
      await registrations.register(kit.ctx, event.id, { name: 'Ann', email: 'ann@x.org' })
      // Past every check at the door: the mail does not rely on them.
      await sql`update events set title = ${words} where id = ${event.id}`.execute(kit.ctx.db)
      await sql`update registrations set name = ${words} where event_id = ${event.id}`.execute(kit.ctx.db)
      await relayFacts(system)
      await deliverAll()
      const [mail] = await smtp.waitFor(1)
      expect(mail!.to).toEqual(['ann@x.org'])
      expect(mail!.parsed.to).toEqual([expect.objectContaining({ address: 'ann@x.org' })])
      const names = mail!.parsed.headers.map((header) => header.key)
      expect(names).not.toContain('bcc')
      expect(names).not.toContain('cc')
      expect(new Set(names).size).toBe(names.length)
      expect(mail!.subject).toMatch(/^You have a place: /)
      expect(mail!.parsed.headers).toContainEqual(
        expect.objectContaining({ key: 'auto-submitted', value: 'auto-generated' }),
      )
    })
  }

  for (const address of [
    'a@b.org\r\nRCPT TO:<victim@x.org>',
    'a@b.org, victim@x.org',
    '"a@b.org>,<victim"@x.org',
    'nobody',
    'a b@x.org',
  ]) {
    test(`an address like ${JSON.stringify(address)} is given up before anybody is asked`, async () => {
      const [id] = await due(1)
      await sql`update notifications set recipient = ${address} where id = ${id}`.execute(kit.ctx.db)
      await deliverAll()
      expect(smtp.offered).toHaveLength(0)
      expect(await states()).toEqual({ sent: 0, due: 0, failed: 1 })
    })
  }
})

function withServer(port: number, limits: Parameters<typeof openMail>[1] = {}, tls: 'off' | 'starttls' = 'off'): Ctx {
  const config = {
    ...kit.ctx.config,
    baseUrl: 'https://events.example',
    smtp: { host: '127.0.0.1', port, tls, user: null, password: null },
  }
  return { ...system, config, channels: { email: openMail(config, limits) } }
}

/** Writes that many messages that are due, and returns their ids. */
async function due(count: number): Promise<string[]> {
  const event = await anEvent(kit.ctx)
  await Promise.all(Array.from({ length: count }, () => registrations.register(kit.ctx, event.id, aGuest())))
  while ((await relayFacts(system)) > 0);
  return (await rows()).map((row) => row.id)
}

async function deliverAll(): Promise<number> {
  let total = 0
  for (let done = 1; done > 0; total += done) done = await deliver(ctx)
  return total
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

async function breaker(): Promise<{ isOpen: boolean } | undefined> {
  const { rows: found } = await sql<{ isOpen: boolean }>`
    select retry_at is not null as "isOpen" from channel_breakers`.execute(kit.ctx.db)
  return found[0]
}

function arrivals(): Map<string, number> {
  const times = new Map<string, number>()
  for (const { messageId } of smtp.mails) times.set(messageId, (times.get(messageId) ?? 0) + 1)
  return times
}

/** Treats each message that way the first time it is offered, and accepts it afterwards. */
function firstTime(behaviour: Behaviour, which: (mail: ReceivedMail) => boolean = () => true) {
  const seen = new Set<string>()
  return (mail: ReceivedMail): Behaviour => {
    if (!which(mail) || seen.has(mail.messageId)) return 'accept'
    seen.add(mail.messageId)
    return behaviour
  }
}

function slowly(mail: Channel, ms: number): Channel {
  return {
    close: () => mail.close(),
    async send(message) {
      await new Promise((resolve) => setTimeout(resolve, ms))
      return mail.send(message)
    },
  }
}

async function until(condition: () => Promise<boolean>, withinMs = 5_000): Promise<void> {
  for (const begun = Date.now(); !(await condition());) {
    if (Date.now() - begun > withinMs) throw new Error('it never happened')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
