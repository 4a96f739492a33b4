import { afterAll, describe, expect, test } from 'vitest'
import { buildApp } from '#app'
import { readConfig, type Config } from '#config'
import type { App } from '#http/app'
import { aGuest, anAccount, anEvent, openKit, PASSWORD } from '../kit/kit.ts'

// Other sites' pages that use a visitor's browser, and requests that call us by another name.

const kit = await openKit()
async function open(config: Partial<Config>): Promise<App> {
  const app = await buildApp({ ...kit.ctx, config: { ...kit.ctx.config, ...config } }, { pages: false })
  afterAll(() => app.close())
  return app
}
const LISTED = 'https://app.example.org'
const shared = await open({ corsOrigins: [LISTED, 'http://localhost:5173'] })

describe('pages of other sites', () => {
  // reliability S10
  test('read nothing where none is listed', async () => {
    for (const origin of [LISTED, 'http://localhost:8000', 'null']) {
      const { headers } = await kit.app.inject({ url: '/api/v1/events', headers: { origin } })
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([])
    }
  })

  // reliability S10
  test.each([
    'https://app.example.org.evil.com',
    'https://evil-app.example.org',
    'https://evilapp.example.org',
    'https://app.example.orgevil.com',
    'https://sub.app.example.org',
    'https://example.org',
    'http://app.example.org',
    'https://app.example.org:8443',
    'https://app.example.org:443',
    'https://app.example.org/',
    'https://APP.example.org',
    'https://app.example.org, https://evil.com',
    'https://app_example.org',
    'https://appXexample.org',
    'https://evil.com/https://app.example.org',
    'https://user@app.example.org',
    'null',
    'file://',
    '*',
    '',
  ])('read nothing as %j', async (origin) => {
    for (const method of ['GET', 'OPTIONS', 'POST'] as const) {
      const { headers } = await shared.inject({
        method,
        url: '/api/v1/events',
        headers: { origin, 'access-control-request-method': 'POST' },
      })
      expect(
        Object.keys(headers).filter((name) => name.startsWith('access-control-')),
        method,
      ).toEqual([])
    }
  })

  // reliability S10
  test('that are listed read answers and refusals, whether they were kept or not, and never with a cookie', async () => {
    const event = await anEvent(kit.ctx)
    const url = `/api/v1/events/${event.id}`
    const read = (headers: Record<string, string> = {}) => shared.inject({ url, headers })
    const fresh = await read({ origin: LISTED })
    const kept = await read({ origin: LISTED })
    expect([fresh.headers['cache-status'], kept.headers['cache-status']]).toEqual([undefined, 'Turnout; hit'])
    for (const answer of [fresh, kept, await shared.inject({ url: '/api/v1/me', headers: { origin: LISTED } })]) {
      expect(answer.headers['access-control-allow-origin']).toBe(LISTED)
      expect(answer.headers['access-control-expose-headers']).toContain('etag')
      expect(answer.headers.vary).toContain('origin')
      expect(answer.headers).not.toHaveProperty('access-control-allow-credentials')
    }
    // What was kept for one is not told another.
    for (const headers of [{}, { origin: 'https://evil.com' }] as Record<string, string>[]) {
      const answer = await read(headers)
      expect(answer.headers['cache-status']).toBe('Turnout; hit')
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin')
      expect(answer.headers.vary).toContain('origin')
    }
    const other = await read({ origin: 'http://localhost:5173' })
    expect(other.headers['access-control-allow-origin']).toBe('http://localhost:5173')
    const withCookie = await read({ origin: LISTED, cookie: 'turnout_session=x' })
    expect(withCookie.headers).not.toHaveProperty('access-control-allow-origin')
  })

  // reliability S10
  test('that are listed may ask before, for everything but cookies', async () => {
    const ask = (method: string) =>
      shared.inject({
        method: 'OPTIONS',
        url: '/api/v1/events',
        headers: {
          origin: LISTED,
          'access-control-request-method': method,
          'access-control-request-headers': 'authorization,content-type,idempotency-key',
        },
      })
    const answer = await ask('POST')
    expect([answer.statusCode, answer.body]).toEqual([204, ''])
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': LISTED,
      'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
      'access-control-allow-headers': expect.stringMatching(/authorization.*idempotency-key/),
      'access-control-max-age': '600',
      vary: 'origin, access-control-request-method, access-control-request-headers',
      'x-content-type-options': 'nosniff',
    })
    expect(answer.headers).not.toHaveProperty('access-control-allow-credentials')
    expect(
      (await shared.inject({ method: 'OPTIONS', url: '/api/v1/events', headers: { origin: LISTED } })).statusCode,
    ).not.toBe(204)
  })

  // reliability S10
  test('write by a bearer’s token alone, also when they are listed', async () => {
    const organizer = await anAccount(kit.ctx, { role: 'organizer' })
    const login = await kit.app.inject({
      method: 'POST',
      url: '/api/v1/web-sessions',
      payload: { username: organizer.username, password: PASSWORD },
      headers: { origin: kit.ctx.config.baseUrl },
    })
    const { name, value } = login.cookies[0]!
    const write = (headers: Record<string, string>) =>
      shared.inject({ method: 'POST', url: '/api/v1/venues', payload: { name: `Hall ${Math.random()}` }, headers })
    const bearer = await write({ origin: LISTED, ...(await kit.signIn(organizer)) })
    expect([bearer.statusCode, bearer.headers['access-control-allow-origin']]).toEqual([201, LISTED])
    const cookie = `${name}=${value}`
    for (const origin of [
      LISTED,
      'https://evil.com',
      'null',
      'http://localhost:8000.evil.com',
      'http://localhost:80000',
      '',
    ])
      expect((await write({ origin, cookie })).json(), origin).toMatchObject({ type: '/problems/accounts/cross-site' })
    expect((await write({ cookie })).statusCode, 'from nowhere').toBe(403)
    expect((await write({ cookie, origin: kit.ctx.config.baseUrl })).statusCode, 'from ours').toBe(201)
  })

  // reliability S10
  test('log nobody in, also when they are listed, and send no form', async () => {
    const { username } = await anAccount(kit.ctx)
    const payload = JSON.stringify({ username, password: PASSWORD })
    const logIn = (headers: Record<string, string>) =>
      shared.inject({ method: 'POST', url: '/api/v1/web-sessions', payload, headers })
    const json = { 'content-type': 'application/json' }
    for (const headers of [
      { origin: LISTED },
      { origin: 'https://evil.com' },
      { 'sec-fetch-site': 'cross-site' },
    ] as Record<string, string>[])
      expect((await logIn({ ...json, ...headers })).statusCode).toBe(403)
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
      expect((await logIn({ 'content-type': type, origin: kit.ctx.config.baseUrl })).statusCode, type).toBe(415)
    expect((await logIn(json)).statusCode, 'a program').toBe(201)
  })

  // reliability S10
  test('do not get at the cookie, which over TLS is bound to this very host', async () => {
    const secure = await open({ baseUrl: 'https://events.example.org' })
    const { username } = await anAccount(kit.ctx)
    const answer = await secure.inject({
      method: 'POST',
      url: '/api/v1/web-sessions',
      payload: { username, password: PASSWORD },
      headers: { host: 'events.example.org', origin: 'https://events.example.org' },
    })
    const set = String(answer.headers['set-cookie'])
    expect(set).toMatch(/^__Host-turnout_session=/)
    for (const attribute of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']) expect(set).toContain(attribute)
    expect(set).not.toMatch(/domain/i)
    const [pair] = set.split(';')
    const me = (cookie: string) => secure.inject({ url: '/api/v1/me', headers: { host: 'events.example.org', cookie } })
    expect((await me(pair!)).statusCode).toBe(200)
    expect((await me(pair!.replace('__Host-', ''))).statusCode, 'under a name that a subdomain can set').toBe(401)
  })
})

describe('the name that a request calls us', () => {
  const ask = (app: App, host: string, headers: Record<string, string> = {}, url = '/api/v1/categories') =>
    app.inject({ url, headers: { host, ...headers } })

  // S1-20; reliability S22
  test.each([
    'evil.example',
    'evil.example:8000',
    'localhost.evil.example',
    'evil-localhost',
    'localhost@evil.example',
    'evil.example#localhost',
    'localhost evil.example',
    'localhost,evil.example',
    'localhost:8000:8000',
    'localhost:port',
    '169.254.169.254',
    '[::ffff:7f00:1]',
    '.',
  ])('%j is not ours', async (host) => {
    for (const url of ['/api/v1/categories', '/api/v1/categories', '/nothing', '/api/docs/', '/api/schema/']) {
      const answer = await ask(kit.app, host, {}, url)
      expect([answer.statusCode, answer.json().type], url).toEqual([421, '/problems/misdirected'])
      expect(answer.headers['content-security-policy']).toMatch(/default-src '(none|self)'/)
      expect(answer.body).not.toContain('evil')
    }
  })

  // reliability S22
  test('is not believed for an answer that is kept either, nor for what a proxy would say of it', async () => {
    for (let n = 0; n < 2; n++) expect((await ask(kit.app, 'localhost')).statusCode).toBe(200)
    expect((await ask(kit.app, 'localhost')).headers['cache-status']).toBe('Turnout; hit')
    expect((await ask(kit.app, 'evil.example')).statusCode).toBe(421)
    const trusting = await open({ trustedProxies: ['127.0.0.1'] })
    expect((await ask(trusting, 'evil.example', { 'x-forwarded-host': 'localhost' })).statusCode).toBe(421)
    expect((await ask(trusting, 'localhost', { 'x-forwarded-host': 'evil.example' })).body).not.toContain('evil')
  })

  // S1-20
  test('is the base URL’s or one of ALLOWED_HOSTS, on any port and in any case; in production no other', async () => {
    const production = readConfig('production', {
      SECRET_KEY: 'c2VjcmV0LWZvci10ZXN0cy1vbmx5LTAxMjM0NTY3ODk',
      BASE_URL: 'https://events.example.org',
      ALLOWED_HOSTS: 'turnout.internal, 10.1.2.3, ::1',
      SMTP_HOST: 'mail.example.org',
      SMTP_PORT: '587',
      MAIL_FROM: 'a@example.org',
    })
    const app = await open({ baseUrl: production.baseUrl, allowedHosts: production.allowedHosts })
    for (const host of [
      'events.example.org',
      'EVENTS.example.org:8443',
      'turnout.internal:8000',
      '10.1.2.3',
      '[::1]:8000',
    ])
      expect((await ask(app, host)).statusCode, host).toBe(200)
    for (const host of [
      'localhost',
      '127.0.0.1',
      'example.org',
      'www.events.example.org',
      'events.example.org.',
      '10.1.2.30',
    ])
      expect((await ask(app, host)).statusCode, host).toBe(421)
    expect(kit.ctx.config.allowedHosts, 'outside production').toEqual(['localhost', '127.0.0.1', '[::1]'])
    expect(() => readConfig('test', { ALLOWED_HOSTS: '*' })).toThrow(/ALLOWED_HOSTS must be names of hosts/)
    expect(() => readConfig('test', { ALLOWED_HOSTS: 'https://x.example' })).toThrow(/ALLOWED_HOSTS/)
    expect(() => readConfig('test', { CORS_ORIGINS: '*' })).toThrow(/CORS_ORIGINS must be scheme and host/)
    expect(() => readConfig('test', { CORS_ORIGINS: 'null' })).toThrow(/CORS_ORIGINS/)
  })

  test('does not matter to who looks whether we are alive', async () => {
    for (const url of ['/health/live', '/health/ready']) {
      expect((await ask(kit.app, '10.9.8.7:8000', {}, url)).statusCode, url).toBe(200)
      expect((await ask(kit.app, '10.9.8.7:8000', {}, `${url}/x`)).statusCode).toBe(421)
    }
  })

  // reliability S22
  test('is in no link that we send or show', async () => {
    const event = await anEvent(kit.ctx, { title: 'Named' })
    const guest = aGuest()
    const evil = {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'gopher',
      'x-forwarded-prefix': '/evil',
      'x-original-host': 'evil.example',
      'x-host': 'evil.example',
      forwarded: 'host=evil.example;proto=gopher',
      referer: 'https://evil.example/',
    }
    const registered = await kit.call('POST', `/events/${event.id}/registrations`, { payload: guest, headers: evil })
    expect(registered.status).toBe(201)
    await kit.settle()
    const mail = kit.mails.findLast((each) => each.to.address === guest.email)!
    const links = [...`${mail.text} ${mail.html}`.matchAll(/https?:\/\/[^\s"<>/]+/g)].map(([origin]) => origin)
    expect(links.length).toBeGreaterThan(3)
    expect([...new Set(links)]).toEqual(['http://localhost:8000'])
    for (const url of [
      `/api/v1/events/${event.id}/calendar.ics`,
      '/api/v1/calendars/all.ics',
      '/api/v1/events?limit=1',
      '/api/schema/',
    ])
      expect((await kit.app.inject({ url, headers: evil })).body, url).not.toMatch(/evil|gopher/)
  })
})
