import { dialects } from '#dialects/dialects'
import { beforeAll, describe, expect, test } from 'vitest'
import { openKit } from '../../../test/kit/kit.ts'
import { createAdmin, signUp } from '#accounts'
import { actingAs } from '#kernel/ctx'
import { authenticate } from './authenticate.ts'
import { sessionCookie } from './tokens.ts'

const password = 'correct horse battery'

const kit = await openKit()
const { ctx } = kit
const ownOrigin = ctx.config.baseUrl
beforeAll(async () => {
  await signUp(ctx, { username: 'ann', email: 'ann@example.org', password })
  await createAdmin(actingAs(ctx, { kind: 'system', name: 'test' }), {
    username: 'root',
    email: 'root@example.org',
    password,
  })
})

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
const send = (method: Method, path: string, payload?: object, headers: Record<string, string> = {}) =>
  kit.app.inject({ method, url: `/api/v1${path}`, headers, ...(payload && { payload }) })
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const tokensOf = async (username: string) => (await send('POST', '/sessions', { username, password })).json()
const cookieOf = async (username: string) => {
  const [cookie] = (await send('POST', '/web-sessions', { username, password })).cookies
  return { cookie: `${cookie!.name}=${cookie!.value}` }
}

// S1-40 S2-01 S2-62 S4-13
describe('a program', () => {
  // S3-49 S3-50
  test('signs up, logs in, asks who it is, refreshes and logs out', async () => {
    const person = { username: 'Bob', email: 'bob@example.org', firstName: 'Bob', lastName: '' }
    const signedUp = await send('POST', '/accounts', { ...person, password })
    expect(signedUp.statusCode).toBe(201)
    expect(signedUp.json()).toEqual({
      ...person,
      role: 'attendee',
      picture: null,
      bio: '',
      emailVerified: false,
      termsToAccept: null,
      id: expect.any(String),
      number: expect.any(Number),
      createdAt: expect.stringMatching(/Z$/),
    })

    const loggedIn = await send('POST', '/sessions', { username: 'bob', password })
    expect(loggedIn.statusCode).toBe(201)
    const { accessToken, refreshToken, expiresIn, account } = loggedIn.json()
    expect([expiresIn, account]).toEqual([3600, signedUp.json()])
    expect(loggedIn.headers['cache-control']).toBe('no-store')
    expect((await send('GET', '/me', undefined, bearer(accessToken))).json()).toEqual(account)

    const refreshed = await send('POST', '/session-refreshes', { refreshToken })
    expect(refreshed.statusCode).toBe(201)
    expect(Object.keys(refreshed.json()).sort()).toEqual(['accessToken', 'expiresIn', 'refreshToken'])

    const loggedOut = await send('DELETE', '/sessions/current', undefined, bearer(accessToken))
    expect([loggedOut.statusCode, loggedOut.body]).toEqual([204, ''])
    for (const token of [accessToken, refreshed.json().accessToken]) {
      const refused = await send('GET', '/me', undefined, bearer(token))
      expect([refused.statusCode, refused.json().type]).toEqual([401, '/problems/accounts/invalid-token'])
    }
  })

  test('that signs up again with the same Idempotency-Key has one account and the same answer', async () => {
    const person = { username: 'carl', email: 'carl@example.org', password }
    const headers = { 'idempotency-key': 'sign-up-of-carl' }
    const answers = await Promise.all([1, 2, 3].map(() => send('POST', '/accounts', person, headers)))
    for (const answer of answers) expect([answer.statusCode, answer.json()]).toEqual([201, answers[0]!.json()])
  })

  test('is told nothing by a wrong log-in but that it is wrong', async () => {
    const answers = await Promise.all([
      send('POST', '/sessions', { username: 'ann', password: 'wrong' }),
      send('POST', '/sessions', { username: 'nobody', password: 'wrong' }),
      send('POST', '/web-sessions', { username: 'nobody', password: 'wrong' }),
    ])
    for (const answer of answers)
      expect(answer.json()).toMatchObject({ type: '/problems/accounts/bad-credentials', status: 401 })
    expect(answers[0].json().detail).toBe(answers[1].json().detail)
  })

  test('cannot name its own role, and sends no fields we do not know', async () => {
    const person = { username: 'eve', email: 'eve@example.org', password }
    for (const more of [{ role: 'admin' }, { isAdmin: true }, { id: 1 }]) {
      expect((await send('POST', '/accounts', { ...person, ...more })).statusCode).toBe(422)
    }
    expect((await send('POST', '/sessions', { username: { $ne: null }, password: ['x'] })).statusCode).toBe(422)
  })

  test('that is nobody has no account', async () => {
    const answer = await send('GET', '/me')
    expect([answer.statusCode, answer.json().type]).toEqual([401, '/problems/sign-in-required'])
  })
})

// S3-48
describe('nobody', () => {
  test('changes anything, but for coming in, registering or following an event as a guest, and following a link', async () => {
    const { paths } = kit.app.swagger() as unknown as {
      paths: Record<string, Record<string, { security?: unknown; tags?: string[] }>>
    }
    const spoken = new Set(dialects.map(([{ tag }]) => tag))
    const changes = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations)
        // Dialects let nobody write without a log-in unless ANONYMOUS_WRITES does: their own tests say so.
        .filter(([method, { tags }]) => method !== 'get' && !spoken.has(tags?.[0] ?? ''))
        .map(([method, { security }]) => ({ method: method.toUpperCase() as Method, path, open: !security })),
    )
    const open = changes
      .filter((each) => each.open)
      .map(({ method, path }) => `${method} ${path.replace('/api/v1', '')}`)
    expect(open.filter((each) => !/\/(guest|subscription)-links\//.test(each)).sort()).toEqual([
      'DELETE /unsubscriptions/{token}',
      'POST /accounts',
      'POST /email-verification-requests',
      'POST /email-verifications',
      'POST /events/{eventId}/registrations',
      'POST /events/{eventId}/subscriptions',
      'POST /password-reset-requests',
      'POST /password-resets',
      'POST /payments/stripe/notices',
      'POST /registrations/{registrationId}/payment',
      'POST /session-completions',
      'POST /session-refreshes',
      'POST /sessions',
      'POST /unsubscriptions/{token}',
      'POST /web-session-completions',
      'POST /web-sessions',
      'PUT /registrations/{registrationId}/cancellation',
      'PUT /team-invitations/{invitation}/refusal',
    ])
    const closed = changes.filter((each) => !each.open)
    expect(closed.length).toBeGreaterThan(40)
    for (const { method, path } of closed) {
      const url = path.replace(/\{\w+\}/g, '00000000-0000-7000-8000-000000000000')
      const answer = await kit.app.inject({ method, url, payload: {} })
      expect([method, path, answer.statusCode]).toEqual([method, path, 401])
    }
  })
})

describe('an admin', () => {
  test('grants roles, but not that of an admin', async () => {
    const ann = await tokensOf('ann')
    const root = await tokensOf('root')
    const path = `/accounts/${ann.account.id}/role`
    expect((await send('PUT', path, { role: 'organizer' })).statusCode).toBe(401)
    expect((await send('PUT', path, { role: 'organizer' }, bearer(ann.accessToken))).statusCode).toBe(403)
    expect((await send('PUT', path, { role: 'admin' }, bearer(root.accessToken))).statusCode).toBe(422)
    expect((await send('PUT', path, { role: 'organizer' }, bearer(root.accessToken))).json()).toMatchObject({
      role: 'organizer',
    })
    expect((await send('GET', '/me', undefined, bearer(ann.accessToken))).json()).toMatchObject({ role: 'organizer' })
  })
})

describe('a browser', () => {
  test('gets a cookie that no script reads and no other site sends', async () => {
    const answer = await send('POST', '/web-sessions', { username: 'ann', password }, { origin: ownOrigin })
    expect(answer.statusCode).toBe(201)
    expect(answer.json()).toMatchObject({ username: 'ann' })
    expect(answer.cookies).toEqual([
      {
        name: 'turnout_session',
        value: expect.any(String),
        path: '/',
        httpOnly: true,
        sameSite: 'Lax',
        maxAge: 604_800,
      },
    ])
  })

  test('over TLS gets one that is bound to this host', () => {
    const secure = sessionCookie({ ...ctx.config, baseUrl: 'https://events.example.org' })
    expect(secure).toEqual({
      name: '__Host-turnout_session',
      options: { path: '/', httpOnly: true, sameSite: 'lax', secure: true },
    })
  })

  test('logs out, and its cookie is taken back and good for nothing', async () => {
    const cookie = await cookieOf('ann')
    expect((await send('GET', '/me', undefined, cookie)).statusCode).toBe(200)
    const answer = await send('DELETE', '/sessions/current', undefined, { ...cookie, origin: ownOrigin })
    expect(answer.statusCode).toBe(204)
    expect(answer.cookies[0]).toMatchObject({ name: 'turnout_session', value: '' })
    expect((await send('GET', '/me', undefined, cookie)).statusCode).toBe(401)
  })

  test.each([
    ['another site', { origin: 'http://evil.example' }],
    ['a site whose name begins like ours', { origin: 'http://localhost:8000.evil.example' }],
    ['nowhere', { origin: 'null' }],
    ['another port', { origin: 'http://localhost:1' }],
    ['somewhere it does not say', {}],
    ['a sibling site', { 'sec-fetch-site': 'same-site' }],
    ['another site, saying so only there', { 'sec-fetch-site': 'cross-site' }],
  ])('changes nothing by a request from %s', async (_, headers) => {
    const cookie = await cookieOf('ann')
    const answer = await send('DELETE', '/sessions/current', undefined, {
      ...cookie,
      ...(headers as Record<string, string>),
    })
    expect([answer.statusCode, answer.json().type]).toEqual([403, '/problems/accounts/cross-site'])
    expect((await send('GET', '/me', undefined, cookie)).statusCode).toBe(200)
  })

  test('without an Origin is believed when it says that the page is ours', async () => {
    const answer = await send('DELETE', '/sessions/current', undefined, {
      ...(await cookieOf('ann')),
      'sec-fetch-site': 'same-origin',
    })
    expect(answer.statusCode).toBe(204)
  })

  test('is not logged in by another site', async () => {
    for (const headers of [{ origin: 'http://evil.example' }, { 'sec-fetch-site': 'cross-site' }] as Record<
      string,
      string
    >[]) {
      expect((await send('POST', '/web-sessions', { username: 'ann', password }, headers)).statusCode).toBe(403)
    }
  })

  test('with a cookie that has expired is nobody, and pages still open', async () => {
    const { cookie } = await cookieOf('ann')
    await kit.clock.advance({ days: 7, seconds: 1 })
    const cookies = Object.fromEntries([cookie.split('=')])
    expect(await authenticate(ctx, { cookies, method: 'GET' })).toEqual({ kind: 'anonymous' })
    expect(await authenticate(ctx, { cookies: { turnout_session: 'rubbish' }, method: 'GET' })).toEqual({
      kind: 'anonymous',
    })
  })

  test('that also sends a token is judged by the token', async () => {
    const cookie = await cookieOf('ann')
    expect((await send('GET', '/me', undefined, { ...cookie, ...bearer('rubbish') })).statusCode).toBe(401)
    expect((await send('GET', '/me', undefined, { ...cookie, authorization: 'Basic YTpi' })).statusCode).toBe(200)
    expect((await send('GET', '/me', undefined, { ...cookie, authorization: 'Bearer' })).statusCode).toBe(401)
  })
})
