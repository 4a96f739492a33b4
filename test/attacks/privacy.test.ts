import { describe, expect, test } from 'vitest'
import { logIn } from '#accounts/sessions'
import * as registrations from '#registrations'
import { guestToken } from '#registrations/guest-links'
import { aGuest, anAccount, anEvent, openKit, PASSWORD } from '../kit/kit.ts'

// Whoever kept something of a person who is gone: a token, a link, a ticket, a page that is open. And whoever would like
// to see somebody else go.

const kit = await openKit({ RATE_LIMITS: 'on', RATE_LIMIT_LOGINS: '8' })
const erase = (headers: object, password: string = PASSWORD) =>
  kit.call('PUT', '/me/erasure', { payload: { password }, headers: headers as Record<string, string> })
const all = (text: string, values: unknown[] = []) => kit.database.query(text, values).then(({ rows }) => rows)
const from = (address: string) => ({ remoteAddress: address })

// S1 S37
describe('who signed up with an address that is not theirs', () => {
  test('reads nothing of what came to it, and takes nothing of it along when they leave', async () => {
    const email = 'invited@example.org'
    const event = await anEvent(kit.ctx, { title: 'A secret supper', visibility: 'private' })
    const owner = await kit.signIn(event.organizer)
    await kit.call('POST', `/events/${event.id}/invitations`, { headers: owner, payload: { emails: [email] } })
    await kit.call('POST', `/events/${event.id}/team/invitations`, {
      headers: owner,
      payload: { email, role: 'co-organizer' },
    })
    const opened = await kit.call('POST', '/accounts', {
      payload: { username: 'eve-invited', email, password: PASSWORD },
    })
    expect(opened.status).toBe(201)
    await kit.call('POST', `/events/${event.id}/invitations`, { headers: owner, payload: { emails: [email] } })
    await kit.settle()
    await kit.database.query(`insert into unsubscriptions (email_key, topic_group) values ($1, 'reminders')`, [email])
    const headers = await kit.signIn({ username: 'eve-invited' })
    const data = await kit.call('GET', '/me/data', { headers })
    expect(data.status).toBe(200)
    expect(JSON.stringify(data.body)).not.toContain('A secret supper')
    expect((await erase(headers)).status).toBe(204)
    const left = async (table: string, more = '') =>
      (await all(`select count(*) as n from ${table} where email_key = $1 ${more}`, [email]))[0]!.n
    expect(await left('event_invitations', 'and revoked_at is null')).toBe(1)
    expect([await left('team_invitations'), await left('unsubscriptions')]).toEqual([1, 1])
    const words = await all(`select count(*) as n from notifications where recipient = $1 and erased_at is null`, [
      email,
    ])
    expect(words[0]!.n).toBeGreaterThan(0)
  })
})

// S37
describe('after a deletion', () => {
  test('no token, link, ticket or calendar of the person opens anything', async () => {
    const ann = await anAccount(kit.ctx)
    const event = await anEvent(kit.ctx, { capacity: 2 })
    const headers = await kit.signIn(ann)
    const { refreshToken } = await logIn(kit.ctx, { username: ann.username, password: PASSWORD, kind: 'rotating' })
    const { id } = await registrations.register(kit.as(ann), event.id, { accountId: ann.id })
    const ticket = await kit.call('GET', `/registrations/${id}/ticket`, { headers })
    expect(ticket.status).toBe(200)
    const calendar = (await kit.call('GET', '/me/calendar', { headers })).body
    expect((await erase(headers)).status).toBe(204)

    for (const path of ['/me', '/me/data', '/me/activity', '/me/registrations', `/registrations/${id}`])
      expect((await kit.call('GET', path, { headers })).status, path).toBe(401)
    expect((await kit.call('POST', `/events/${event.id}/registrations`, { headers, payload: {} })).status).toBe(401)
    expect((await kit.call('POST', '/session-refreshes', { payload: { refreshToken } })).status).toBe(401)
    for (const generation of [0, 1, 2]) {
      const link = await kit.call('GET', `/guest-links/${guestToken(kit.ctx.config, id, generation)}`)
      expect(JSON.stringify(link.body)).not.toContain(ann.email)
    }
    const door = await kit.call('POST', `/events/${event.id}/check-ins`, { headers: await kit.signIn(event.organizer), payload: { code: ticket.body.code } }) // prettier-ignore
    expect([404, 409, 422]).toContain(door.status)
    const address = /\/api\/v1(\/[^"]*\.ics)/.exec(JSON.stringify(calendar))?.[1]
    if (address) expect((await kit.app.inject(`/api/v1${address}`)).statusCode).toBe(404)
  })

  // reliability S37
  test('nobody comes in by the ticket of a place that is kept because the person was in', async () => {
    const ann = await anAccount(kit.ctx)
    const event = await anEvent(kit.ctx, { startsInHours: 1 })
    const headers = await kit.signIn(ann)
    const { id } = await registrations.register(kit.as(ann), event.id, { accountId: ann.id })
    const { code } = (await kit.call('GET', `/registrations/${id}/ticket`, { headers })).body
    const door = await kit.signIn(event.organizer)
    const scan = () => kit.call('POST', `/events/${event.id}/check-ins`, { headers: door, payload: { code } })
    expect((await scan()).status).toBe(201)
    expect((await erase(headers)).status).toBe(204)
    expect((await kit.call('DELETE', `/events/${event.id}/check-ins/${id}`, { headers: door })).status).toBe(204)
    expect((await all('select status from registrations where id = $1', [id]))[0]!.status).toBe('going')
    expect((await scan()).body.type).toBe('/problems/checkin/code-unknown')
  })

  test('what they once asked for is answered to nobody again, whoever has the key that they sent along', async () => {
    const username = 'leaves-no-trace'
    const sent = {
      payload: { username, email: 'leaves.no.trace@example.org', password: PASSWORD, firstName: 'Tracy' },
      headers: { 'idempotency-key': 'sign-up-of-somebody' },
    }
    const opened = await kit.call('POST', '/accounts', sent)
    expect(opened.status).toBe(201)
    const again = await kit.call('POST', '/accounts', sent)
    expect(again.body).toEqual(opened.body)
    const headers = await kit.signIn({ username })
    const event = await anEvent(kit.ctx)
    const place = { payload: {}, headers: { ...headers, 'idempotency-key': 'a-place-for-somebody' } }
    expect((await kit.call('POST', `/events/${event.id}/registrations`, place)).body.name).toBe('Tracy')
    const kept = async () =>
      (await all('select scope, answer::text as answer from idempotency_keys')).filter(
        ({ scope, answer }) => /trac/i.test(String(answer)) || String(scope).startsWith(opened.body.id),
      )
    expect(await kept()).toHaveLength(2)
    expect((await erase(headers)).status).toBe(204)
    expect(await kept()).toEqual([])
    // Whoever says the same is somebody new.
    const anew = await kit.call('POST', '/accounts', sent)
    expect(anew.status).toBe(201)
    expect(anew.body.id).not.toBe(opened.body.id)
  })

  test('the organizer’s lists and exports say nothing of the person', async () => {
    const event = await anEvent(kit.ctx)
    const gina = { name: 'Gina Gone', email: 'gina.gone@example.org' }
    const { id } = await registrations.register(kit.ctx, event.id, gina)
    await kit.settle()
    const organizer = await kit.signIn(event.organizer)
    expect((await kit.call('DELETE', `/guest-links/${guestToken(kit.ctx.config, id)}`)).status).toBe(204)
    await kit.settle()
    const admin = await kit.signIn(await anAccount(kit.ctx, { role: 'admin' }))
    for (const [path, headers] of [
      [`/events/${event.id}/registrations`, organizer],
      [`/events/${event.id}/registrations.csv`, organizer],
      [`/events/${event.id}/door`, organizer],
      ['/notifications', admin],
      ['/audit', admin],
    ] as const) {
      const { payload, statusCode } = await kit.app.inject({ url: `/api/v1${path}`, headers })
      expect(statusCode, path).toBe(200)
      expect(payload.toLowerCase(), path).not.toMatch(/gina|gone@/)
    }
  })
})

describe('somebody else’s account', () => {
  test('is not deleted from another site’s page', async () => {
    const ann = await anAccount(kit.ctx)
    const { cookie } = await logIn(kit.ctx, { username: ann.username, password: PASSWORD, kind: 'web' })
    const name = kit.ctx.config.baseUrl.startsWith('https:') ? '__Host-session' : 'session'
    const evil = { cookie: `${name}=${cookie}`, origin: 'https://evil.example' }
    expect([401, 403]).toContain((await erase(evil)).status)
    expect((await all('select erased_at from accounts where id = $1', [ann.id]))[0]!.erased_at).toBe(null)
  })

  test('is not deleted by who has only its session and guesses the password', async () => {
    const ann = await anAccount(kit.ctx)
    const headers = await kit.signIn(ann)
    const statuses: number[] = []
    for (let guess = 0; guess < 12; guess++) {
      const answer = await kit.app.inject({ method: 'PUT', url: '/api/v1/me/erasure', headers, payload: { password: `guess number ${guess}` }, ...from('203.0.113.9') }) // prettier-ignore
      statuses.push(answer.statusCode)
    }
    expect(statuses.slice(0, 8)).toEqual(Array(8).fill(403))
    expect(statuses.slice(8).every((status) => status === 429)).toBe(true)
    expect((await all('select erased_at from accounts where id = $1', [ann.id]))[0]!.erased_at).toBe(null)
  })

  test('nor is a registration that another link is for', async () => {
    const event = await anEvent(kit.ctx)
    const [one, two] = [
      await registrations.register(kit.ctx, event.id, aGuest()),
      await registrations.register(kit.ctx, event.id, aGuest()),
    ]
    const [, signature] = guestToken(kit.ctx.config, one.id).split('.')
    for (const token of [`${two.id}.${signature}`, `${two.id}.1.${signature}`, two.id])
      expect((await kit.call('DELETE', `/guest-links/${token}`)).status).toBe(404)
    const ann = await anAccount(kit.ctx)
    const place = await registrations.register(kit.as(ann), event.id, { accountId: ann.id })
    expect((await kit.call('DELETE', `/guest-links/${guestToken(kit.ctx.config, place.id)}`)).status).toBe(409)
    expect(await all('select id from registrations where event_id = $1 and erased_at is not null', [event.id])).toEqual(
      [],
    )
  })
})
