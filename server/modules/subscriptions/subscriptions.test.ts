import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { invite } from '#events/invitations/invitations'
import * as events from '#events'
import * as registrations from '#registrations'
import { linkToken } from '#kernel/links'
import { relayFacts } from '#kernel/relay'
import { remind } from '#notifications/reminders'
import { anAccount, anEvent, aRegistration, openKit, PASSWORD } from '../../../test/kit/kit.ts'
import { addToTeam } from '../../../test/kit/teams.ts'
import { eraseMe } from '#privacy'
import { forgetPast } from './erasing.ts'

const kit = await openKit()
const limited = await openKit({ RATE_LIMITS: 'on', RATE_LIMIT_EVENT_MAILS: '2', RATE_LIMIT_FOLLOWERS: '6' })
const system = kit.as('system')

const follow = (eventId: string, payload: object = {}, headers: Record<string, string> = {}) =>
  kit.call('POST', `/events/${eventId}/subscriptions`, { payload, headers })
const inHours = (hours: number) => new Date(kit.ctx.now().getTime() + hours * 3_600_000).toISOString()
/** Mails since the last time: to whom, and the words that their subject begins with. */
async function mails(): Promise<string[]> {
  await kit.settle()
  return kit.mails
    .splice(0)
    .map(({ to, subject }) => `${to.address} ${/^[\w ]+/.exec(subject)![0]}`)
    .sort()
}
const count = async (table: 'subscriptions' | 'push_subscriptions') =>
  (await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(kit.ctx.db)).rows[0]!.n
const aBrowser = (name: string) => ({
  endpoint: `https://push.example/${name}`,
  keys: { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) },
})

beforeEach(async () => {
  await kit.settle()
  await sql`delete from push_subscriptions`.execute(kit.ctx.db)
  await sql`delete from subscriptions`.execute(kit.ctx.db)
  kit.mails.length = 0
})

// S4-24 S4-30 S4-33
describe('whoever follows an event', () => {
  test('by an address needs no account, hears how to end it, and of moves, of the start and of the end', async () => {
    const event = await anEvent(kit.ctx, { startsInHours: 100, title: 'Kites' })
    const answer = await follow(event.id, { email: 'Ann@Example.org' })
    expect([answer.status, answer.body]).toEqual([201, { by: 'email', id: null, link: null }])
    await kit.settle()
    expect(kit.mails[0]!.text).toMatch(/\/s\/[\w.-]+/)
    expect(await mails()).toEqual(['Ann@Example.org You follow'])

    await events.edit(kit.as(event.organizer), event.id, { title: 'Kites and more' })
    expect(await mails()).toEqual([])
    await events.edit(kit.as(event.organizer), event.id, { place: 'The hill' })
    await kit.settle()
    expect(kit.mails[0]!.text).not.toContain('registration')
    expect(await mails()).toEqual(['Ann@Example.org Moved'])
    await events.edit(kit.as(event.organizer), event.id, { startsAt: inHours(25), endsAt: inHours(26) })
    expect(await mails()).toEqual(['Ann@Example.org Moved'])
    await kit.clock.advance({ hours: 2 })
    expect(await remind(system)).toBe(1)
    expect(await mails()).toEqual(['Ann@Example.org Reminder'])
    await events.cancel(kit.as(event.organizer), event.id, { reason: 'No wind.' })
    await kit.settle()
    expect(kit.mails[0]!.text).toContain('No wind.')
    expect(await mails()).toEqual(['Ann@Example.org Event cancelled'])
  })

  test('twice is told nothing of it, and hears once', async () => {
    const event = await anEvent(kit.ctx)
    const answers = [await follow(event.id, { email: 'ann@example.org' }), await follow(event.id, { email: 'ANN@example.org' })] // prettier-ignore
    expect(answers.map(({ status, body }) => [status, body])).toEqual([answers[0], answers[0]].map((a) => [a!.status, a!.body])) // prettier-ignore
    expect(await mails()).toEqual(['ann@example.org You follow'])
    await events.cancel(kit.as(event.organizer), event.id)
    expect(await mails()).toEqual(['ann@example.org Event cancelled'])
  })

  test('and is registered as well, by the same address or account, is told once', async () => {
    const event = await anEvent(kit.ctx, { startsInHours: 25 })
    const account = await anAccount(kit.ctx, { email: 'bob@example.org' })
    const other = await anAccount(kit.ctx, { email: 'eve@example.org' })
    await follow(event.id, { email: 'ann@example.org' })
    await aRegistration(kit.ctx, event.id, { name: 'Ann', email: 'ANN@example.org' })
    await follow(event.id, {}, await kit.signIn(account))
    await follow(event.id, { email: 'bob@example.org' }) // and once more, by who did not say who they are
    await registrations.register(kit.as(account), event.id, { accountId: account.id })
    await follow(event.id, {}, await kit.signIn(other))
    await follow(event.id, { email: 'eve@example.org' })
    await mails()
    const everybody = (words: string) => ['ANN', 'bob', 'eve'].map((name) => `${name}@example.org ${words}`)
    await events.edit(kit.as(event.organizer), event.id, { place: 'The hill' })
    expect(await mails()).toEqual(everybody('Moved'))
    await kit.clock.advance({ hours: 2 })
    await remind(system)
    expect(await mails()).toEqual(everybody('Reminder'))
    await events.cancel(kit.as(event.organizer), event.id)
    expect(await mails()).toEqual(everybody('Event cancelled'))
  })

  test('hears nothing more once they have followed the link in their mail, which opens no other', async () => {
    const event = await anEvent(kit.ctx, { title: 'Kites' })
    await follow(event.id, { email: 'ann@example.org' })
    await kit.settle()
    const token = /\/s\/([\w.-]+)/.exec(kit.mails[0]!.text)![1]!
    expect((await kit.call('GET', `/subscription-links/${token}`)).body).toMatchObject({ by: 'email', event: { title: 'Kites' } }) // prettier-ignore
    const id = token.split('.')[0]!
    for (const wrong of [`${id}.${'x'.repeat(43)}`, linkToken(kit.ctx.config, 'invitation', id), 'rubbish'])
      for (const method of ['GET', 'DELETE'] as const)
        expect((await kit.call(method, `/subscription-links/${wrong}`)).body.type).toBe('/problems/registrations/link-invalid') // prettier-ignore
    expect((await kit.call('DELETE', `/subscription-links/${token}`)).status).toBe(204)
    expect((await kit.call('DELETE', `/subscription-links/${token}`)).status).toBe(204)
    expect((await kit.call('GET', `/subscription-links/${token}`)).status).toBe(404)
    kit.mails.length = 0
    await events.cancel(kit.as(event.organizer), event.id)
    expect(await mails()).toEqual([])
    const { rows } = await sql`select recipient, payload from notifications where topic = 'subscribed' and event_id = ${event.id}`.execute(kit.ctx.db) // prettier-ignore
    expect(rows).toEqual([{ recipient: '', payload: {} }])
  })

  test('is refused where there is nothing to hear of, by name', async () => {
    const organizer = await anAccount(kit.ctx, { role: 'organizer' })
    const draft = await anEvent(kit.ctx, { organizer, draft: true })
    const past = await anEvent(kit.ctx, { startsInHours: 1 })
    await kit.clock.advance({ hours: 4 })
    const cancelled = await anEvent(kit.ctx)
    await events.cancel(kit.as(cancelled.organizer), cancelled.id)
    const open = await anEvent(kit.ctx)
    const email = 'ann@example.org'
    const headers = await kit.signIn(organizer)
    const problem = async (...asked: Parameters<typeof follow>) => (await follow(...asked)).body.type
    expect(await problem(draft.id, { email })).toBe('/problems/not-found')
    expect(await problem(draft.id, {}, headers)).toBe('/problems/events/not-published')
    expect(await problem(past.id, { email })).toBe('/problems/registrations/event-past')
    expect(await problem(cancelled.id, { email })).toBe('/problems/registrations/event-cancelled')
    expect(await problem('00000000-0000-7000-8000-000000000000', { email })).toBe('/problems/not-found')
    expect(await problem(open.id, { email: 'nobody' })).toBe('/problems/invalid')
    expect(await problem(open.id)).toBe('/problems/invalid')
    expect(await problem(open.id, { email, push: aBrowser('x') })).toBe('/problems/invalid')
    for (const endpoint of ['http://push.example/x', 'https://me:secret@push.example/x', 'ftp://push.example', 'push'])
      expect(await problem(open.id, { push: { ...aBrowser('x'), endpoint } }), endpoint).toBe('/problems/invalid')
    expect(await count('subscriptions')).toBe(0)
  })

  test('of a private event has to be let in to it', async () => {
    const event = await anEvent(kit.ctx, { visibility: 'private' })
    const [invited, stranger] = [await anAccount(kit.ctx), await anAccount(kit.ctx)]
    await invite(kit.as(event.organizer), event.id, [invited.email])
    expect((await follow(event.id, { email: 'ann@example.org' })).status).toBe(404)
    expect((await follow(event.id, {}, await kit.signIn(stranger))).status).toBe(404)
    expect((await follow(event.id, {}, await kit.signIn(invited))).status).toBe(201)
  })

  test('of one that becomes private hears no more, but who may see it', async () => {
    const event = await anEvent(kit.ctx, { title: 'Kites' })
    const { organizer } = event
    const named = (name: string) => anAccount(kit.ctx, { email: `${name}@example.org` })
    const [invited, going, helping, stranger] = [await named('in'), await named('go'), await named('he'), await named('no')] // prettier-ignore
    await invite(kit.as(organizer), event.id, [invited.email, 'guest@example.org'])
    await registrations.register(kit.as(going), event.id, { accountId: going.id })
    await aRegistration(kit.ctx, event.id, { name: 'Reg', email: 'reg@example.org' })
    await addToTeam(kit.ctx, { eventId: event.id, seriesId: null }, helping.id, 'check-in')
    for (const account of [organizer, invited, going, helping, stranger])
      await follow(event.id, {}, await kit.signIn(account))
    await follow(event.id, { push: aBrowser('going') }, await kit.signIn(going))
    await follow(event.id, { push: aBrowser('nobodys') })
    for (const email of ['guest@example.org', 'reg@example.org', 'other@example.org']) await follow(event.id, { email })
    await mails()
    await events.edit(kit.as(organizer), event.id, { title: 'Kites and more', visibility: 'unlisted' })
    expect(await count('subscriptions')).toBe(10)
    await events.edit(kit.as(organizer), event.id, { place: 'The hill' })
    while ((await relayFacts(system)) > 0); // written for everybody, and not left
    await events.edit(kit.as(organizer), event.id, { visibility: 'private' })
    const { rows } = await sql<{ who: string }>`
      select coalesce(s.email, a.email, p.endpoint) as who from subscriptions s left join accounts a on a.id = s.account_id
        left join push_subscriptions p on p.id = s.push_id order by 1`.execute(kit.ctx.db)
    expect(rows.map(({ who }) => who).sort()).toEqual(
      [organizer.email, 'in@example.org', 'go@example.org', 'he@example.org', 'https://push.example/going', 'guest@example.org', 'reg@example.org'].sort(), // prettier-ignore
    )
    const { rows: ended } = await sql`
      select from facts where kind = 'subscription.ended' and data->>'eventId' = ${event.id}`.execute(kit.ctx.db)
    expect(ended).toHaveLength(3)
    expect((await mails()).filter((mail) => /^(no|other)@/.test(mail))).toEqual([])
  })

  test('cannot have an address flooded', async () => {
    const event = await anEvent(limited.ctx)
    const answers = []
    for (const email of ['ann@example.org', 'a.nn@example.org', 'ann+1@example.org', 'ann+2@example.org'])
      answers.push((await limited.call('POST', `/events/${event.id}/subscriptions`, { payload: { email } })).status)
    expect(answers).toEqual([201, 201, 201, 429])
  })

  test('cannot bring any number of browsers from one address', async () => {
    const [event, other] = [await anEvent(limited.ctx), await anEvent(limited.ctx)]
    const bring = async (eventId: string, n: number) =>
      (await limited.call('POST', `/events/${eventId}/subscriptions`, { payload: { push: aBrowser(`many${n}`) } }))
        .status
    const answers = []
    for (let n = 0; n < 7; n++) answers.push(await bring(event.id, n))
    expect(answers).toEqual([...Array<number>(6).fill(201), 429])
    expect(await bring(other.id, 7)).toBe(201)
  })

  test('by account sees it in a list, ends it there, and nobody else does', async () => {
    const [one, two] = [await anEvent(kit.ctx, { startsInHours: 50 }), await anEvent(kit.ctx, { startsInHours: 40 })]
    const [ann, bob] = [await anAccount(kit.ctx), await anAccount(kit.ctx)]
    const headers = await kit.signIn(ann)
    const made = (await follow(one.id, { email: ann.email.toUpperCase() }, headers)).body
    expect(made).toMatchObject({ by: 'account', id: expect.any(String), link: expect.any(String) })
    await follow(two.id, { push: aBrowser('ann') }, headers)
    const list = async (query = {}) => (await kit.call('GET', '/me/subscriptions', { headers, query })).body
    expect((await list()).items.map((each: { by: string; event: { id: string } }) => [each.by, each.event.id])).toEqual([['browser', two.id], ['account', one.id]]) // prettier-ignore
    const { nextCursor } = await list({ limit: '1' })
    expect((await list({ limit: '1', cursor: nextCursor })).items[0].event.id).toBe(one.id)
    const path = `/me/subscriptions/${made.id}`
    expect((await kit.call('DELETE', path, { headers: await kit.signIn(bob) })).status).toBe(404)
    expect((await kit.call('DELETE', path, { headers })).status).toBe(204)
    expect((await list()).items).toHaveLength(1)
  })

  test('is forgotten with the account, and when the event is over', async () => {
    const event = await anEvent(kit.ctx, { startsInHours: 10 })
    const account = await anAccount(kit.ctx)
    const headers = await kit.signIn(account)
    await follow(event.id, {}, headers)
    await follow(event.id, { push: aBrowser('mine') }, headers)
    await follow(event.id, { email: account.email })
    await follow(event.id, { email: 'ann@example.org' })
    await follow(event.id, { push: aBrowser('nobodys') })
    await kit.call('POST', '/me/push-subscriptions', { headers, payload: aBrowser('other') })
    await kit.settle()
    const exported = JSON.parse((await kit.app.inject({ url: '/api/v1/me/data', headers })).body) as Record<string, unknown[]> // prettier-ignore
    expect([exported.subscriptions!.length, exported.browsersWrittenTo!.length]).toEqual([3, 2])
    await eraseMe(kit.as(account), { password: PASSWORD })
    expect([await count('subscriptions'), await count('push_subscriptions')]).toEqual([2, 1])
    expect((await sql`select from notifications where recipient = ${account.email}`.execute(kit.ctx.db)).rows).toEqual([]) // prettier-ignore
    expect(await forgetPast(system)).toBe(0)
    await kit.clock.advance({ hours: 37 })
    expect(await forgetPast(system)).toBe(3)
    expect([await count('subscriptions'), await count('push_subscriptions')]).toEqual([0, 0])
  })
})

describe('a browser', () => {
  test('is there once, of whoever was last logged in there, and is ended by its link or by its account', async () => {
    const event = await anEvent(kit.ctx)
    const [ann, bob] = [await anAccount(kit.ctx), await anAccount(kit.ctx)]
    const first = (await follow(event.id, { push: aBrowser('one') })).body
    const again = (await follow(event.id, { push: aBrowser('one') }, await kit.signIn(ann))).body
    expect(again).toEqual(first)
    const owner = async () => (await sql<{ account_id: string }>`select account_id from push_subscriptions`.execute(kit.ctx.db)).rows[0]!.account_id // prettier-ignore
    expect(await owner()).toBe(ann.id)
    await follow(event.id, { push: aBrowser('one') })
    expect(await owner()).toBe(ann.id)
    const keep = async (account: typeof bob) =>
      (await kit.call('POST', '/me/push-subscriptions', { headers: await kit.signIn(account), payload: aBrowser('one') })).body.id // prettier-ignore
    expect(await keep(bob)).toBe(await keep(bob))
    expect(await owner()).toBe(bob.id)
    expect((await kit.call('DELETE', `/subscription-links/${first.link}`)).status).toBe(204)
    expect([await count('subscriptions'), await count('push_subscriptions')]).toEqual([0, 1])
    const path = `/me/push-subscriptions/${await keep(bob)}`
    expect((await kit.call('DELETE', path, { headers: await kit.signIn(ann) })).status).toBe(404)
    expect((await kit.call('DELETE', path, { headers: await kit.signIn(bob) })).status).toBe(204)
    expect(await count('push_subscriptions')).toBe(0)
  })
})
