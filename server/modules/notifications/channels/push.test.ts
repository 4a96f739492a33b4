import { sql } from 'kysely'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import webPush from 'web-push'
import * as events from '#events'
import { readConfig } from '#config'
import { actingAs, type Ctx } from '#kernel/ctx'
import { relayFacts } from '#kernel/relay'
import { vapidOf } from '#kernel/vapid'
import { deliver } from '#notifications/delivery'
import { remind } from '#notifications/reminders'
import * as registrations from '#registrations'
import { browsersIn } from '#subscriptions/browsers'
import { anAccount, anEvent, aRegistration, openKit } from '../../../../test/kit/kit.ts'
import { startPushReceiver, type ReceivingBrowser } from '../../../../test/kit/push-receiver.ts'
import { openPush } from './push.ts'

const kit = await openKit()
const receiver = await startPushReceiver()
afterAll(() => receiver.stop())
const here = {
  allowHttp: true,
  ports: [receiver.port],
  privateHosts: ['127.0.0.1'],
  now: () => kit.ctx.now().getTime(),
}
const withPush = (limits: object): Ctx => ({
  ...actingAs(kit.ctx, { kind: 'system', name: 'test' }),
  channels: { ...kit.ctx.channels, push: openPush(kit.ctx.config, browsersIn(kit.ctx.db), limits) },
})
const ctx = withPush(here)

beforeEach(async () => {
  receiver.behave = () => undefined
  receiver.ignores = () => false
  await sql`update events set deleted_at = app_now()`.execute(kit.ctx.db)
  await sql`delete from notifications`.execute(kit.ctx.db)
  await sql`delete from push_subscriptions`.execute(kit.ctx.db)
})

/** A browser that follows the event; its push service is here. */
async function aFollower(eventId: string): Promise<ReceivingBrowser> {
  const browser = receiver.browser()
  const { endpoint, keys } = browser.subscription
  const shown = `https://push.example/${endpoint.slice(-32)}`
  const { status } = await kit.call('POST', `/events/${eventId}/subscriptions`, { payload: { push: { endpoint: shown, keys } } }) // prettier-ignore
  expect(status).toBe(201)
  await sql`update push_subscriptions set endpoint = ${endpoint} where endpoint = ${shown}`.execute(kit.ctx.db)
  return browser
}
const push = async () => {
  while ((await relayFacts(ctx)) > 0);
  return deliver(ctx, { channel: 'push' })
}
const state = async () => (await sql<{ sent: boolean; failed: boolean; attempts: number; last_error: string | null; wait: number }>`
  select sent_at is not null as sent, failed_at is not null as failed, attempts, last_error,
    round(extract(epoch from due_at - app_now()))::int as wait from notifications where channel = 'push' order by created_at`.execute(kit.ctx.db)).rows // prettier-ignore

// S3-27
describe('web push', () => {
  test('shows a browser that somebody asked to be reminded what begins, when it moves, and that it is off', async () => {
    const event = await anEvent(kit.ctx, { startsInHours: 25, title: 'Kites & kites' })
    const [one, two] = [await aFollower(event.id), await aFollower(event.id)]
    await kit.clock.advance({ hours: 2 })
    await remind(ctx)
    expect(await push()).toBe(2)
    const slug = (await kit.call('GET', `/events/${event.id}`)).body.slug as string
    expect(one.received.map(({ said }) => said)).toEqual([
      {
        title: expect.stringMatching(/^Reminder: Kites & kites, /),
        body: expect.stringMatching(/^“Kites & kites” begins on /),
        url: `http://localhost:8000/e/${slug}`,
        tag: slug,
      },
    ])
    expect(two.received).toHaveLength(1)
    const { headers, bytes } = one.received[0]!
    expect(headers).toMatchObject({ urgency: 'high', topic: expect.stringMatching(/^[\w-]{32}$/) })
    expect(Number(headers.ttl)).toBeLessThanOrEqual(23 * 3_600)
    expect(Number(headers.ttl)).toBeGreaterThan(22 * 3_600)
    expect(bytes).toBeLessThan(4_096)
    expect(await state()).toMatchObject(Array(2).fill({ sent: true, failed: false, attempts: 1, last_error: null }))

    await events.edit(kit.as(event.organizer), event.id, { place: 'The hill' })
    await push()
    await events.cancel(kit.as(event.organizer), event.id)
    await push()
    expect(one.received.map(({ said }) => said.title.split(':')[0])).toEqual(['Reminder', 'Moved', 'Event cancelled'])
    expect(new Set(one.received.map(({ headers }) => headers.topic)).size).toBe(1)
  })

  test('reaches a browser of somebody who is registered as well: they asked for that', async () => {
    const event = await anEvent(kit.ctx, { startsInHours: 25 })
    await aRegistration(kit.ctx, event.id)
    const browser = await aFollower(event.id)
    await kit.clock.advance({ hours: 2 })
    await remind(ctx)
    await push()
    expect(browser.received).toHaveLength(1)
  })

  test('shows a browser that an account has named what is written to the account, and one that only follows no more than that', async () => {
    const account = await anAccount(kit.ctx)
    const headers = await kit.signIn(account)
    const browsers = [receiver.browser(), receiver.browser()]
    const [named, follows] = browsers.map(({ subscription: { endpoint, keys } }) => ({
      endpoint: `https://push.example/${endpoint.slice(-32)}`,
      keys,
    }))
    const [going, other] = [
      await anEvent(kit.ctx, { startsInHours: 25 }),
      await anEvent(kit.ctx, { startsInHours: 90 }),
    ]
    await kit.call('POST', '/me/push-subscriptions', { headers, payload: named })
    await kit.call('POST', `/events/${other.id}/subscriptions`, { headers, payload: { push: follows } })
    for (const [n, { endpoint }] of [named!, follows!].entries())
      await sql`update push_subscriptions set endpoint = ${browsers[n]!.subscription.endpoint} where endpoint = ${endpoint}`.execute(kit.ctx.db) // prettier-ignore
    await registrations.register(kit.as(account), going.id, { accountId: account.id })
    await kit.clock.advance({ hours: 2 })
    await remind(ctx)
    await push()
    expect(browsers.map(({ received }) => received.length)).toEqual([2, 0]) // that there is a place, and that it begins
    await kit.settle()
    expect(kit.mails.filter(({ to, subject }) => to.address === account.email && subject.startsWith('Reminder'))).toHaveLength(1) // prettier-ignore
  })

  for (const status of [404, 410])
    test(`forgets a browser whose service says ${status}, with what it followed`, async () => {
      const event = await anEvent(kit.ctx)
      await aFollower(event.id)
      receiver.behave = () => ({ status })
      await events.edit(kit.as(event.organizer), event.id, { place: 'The hill' })
      await push()
      expect(await state()).toMatchObject([{ failed: true, last_error: expect.stringContaining('ended it') }])
      for (const table of ['subscriptions', 'push_subscriptions'])
        expect((await sql`select from ${sql.table(table)}`.execute(kit.ctx.db)).rows).toEqual([])
    })

  test('waits as long as it is asked to, gives up what is refused for good, and lets no service that does not believe us stop the others', async () => {
    const event = await anEvent(kit.ctx)
    const browsers = await Promise.all(Array.from({ length: 4 }, () => aFollower(event.id)))
    const answers = [{ status: 429, headers: { 'retry-after': '600' } }, { status: 403 }, { status: 413 }]
    receiver.behave = () => answers.shift()
    await events.edit(kit.as(event.organizer), event.id, { place: 'The hill' })
    expect(await push()).toBe(4)
    const rows = (await state()).sort((a, b) => a.wait - b.wait)
    expect(rows.filter(({ sent }) => sent)).toHaveLength(1)
    expect(rows.find(({ last_error: error }) => error?.includes('413'))).toMatchObject({ failed: true })
    const waits = (code: string) => rows.find(({ last_error: error }) => error?.includes(code))!.wait
    expect(waits('429')).toBeGreaterThanOrEqual(599)
    expect(waits('403')).toBeGreaterThanOrEqual(899)
    await kit.clock.advance({ hours: 1 })
    expect(await push()).toBe(2)
    expect(browsers.flatMap(({ received }) => received)).toHaveLength(3)
  })

  test('arrives while services that never answer are waited for', async () => {
    const event = await anEvent(kit.ctx)
    const silent = await Promise.all(Array.from({ length: 4 }, () => aFollower(event.id)))
    const others = await Promise.all(Array.from({ length: 12 }, () => aFollower(event.id)))
    const paths = new Set(silent.map(({ subscription }) => new URL(subscription.endpoint).pathname))
    receiver.ignores = (path) => paths.has(path)
    await events.edit(kit.as(event.organizer), event.id, { place: 'The hill' })
    while ((await relayFacts(ctx)) > 0);
    const delivering = deliver(withPush({ ...here, timeout: 2_500 }), { channel: 'push' })
    await expect.poll(async () => (await state()).filter(({ sent }) => sent).length, { timeout: 2_000 }).toBe(12)
    expect(others.every(({ received }) => received.length === 1)).toBe(true)
    expect(await delivering).toBe(16)
    expect((await state()).filter(({ last_error: error }) => error?.includes('no whole answer'))).toHaveLength(4)
  })

  test('goes to no address that is not public, nor by plain http', async () => {
    const event = await anEvent(kit.ctx)
    const before = receiver.requests
    await aFollower(event.id)
    const inside = `https://127.0.0.1:${receiver.port}/x`
    await events.edit(kit.as(event.organizer), event.id, { place: 'The hill' })
    while ((await relayFacts(ctx)) > 0);
    await deliver(withPush({}), { channel: 'push' })
    expect(await state()).toMatchObject([{ failed: true, last_error: 'the push service: only https is requested' }])
    await sql`update notifications set failed_at = null`.execute(kit.ctx.db)
    await sql`update push_subscriptions set endpoint = ${inside}`.execute(kit.ctx.db)
    await deliver(withPush({ ports: [receiver.port] }), { channel: 'push' })
    expect(await state()).toMatchObject([{ failed: true, last_error: 'the push service: the address is not public' }])
    expect(receiver.requests).toBe(before)
  })

  test('says by which key it comes: one of its own from the secret key, or the pair of the settings', async () => {
    const { publicKey, privateKey } = vapidOf(kit.ctx.config)
    expect((await kit.call('GET', '/push-key')).body).toEqual({ key: publicKey })
    expect(vapidOf({ vapid: null, secretKey: 'another, and as long as the first one' }).publicKey).not.toBe(publicKey)
    expect(Buffer.from(publicKey, 'base64url')).toHaveLength(65)
    const pair = webPush.generateVAPIDKeys()
    const read = (VAPID_PUBLIC_KEY: string, VAPID_PRIVATE_KEY: string) =>
      vapidOf(readConfig('test', { SECRET_KEY: 'x'.repeat(40), VAPID_PUBLIC_KEY, VAPID_PRIVATE_KEY }))
    expect(read(pair.publicKey, pair.privateKey)).toEqual(pair)
    for (const [one, other] of [
      [pair.publicKey, privateKey],
      [pair.publicKey, ''],
      ['', pair.privateKey],
      ['x', 'y'],
    ] as const)
      // prettier-ignore
      expect(() => read(one, other)).toThrow('two halves of one pair')
  })
})
