import { subscribe } from 'node:diagnostics_channel'
import type { FastifyInstance } from 'fastify'
import { afterAll, describe, expect, test } from 'vitest'
import { buildApp } from '#app'
import { guestToken } from '#registrations/guest-links'
import { anAccount, anEvent, aRegistration, openKit } from '../kit/kit.ts'

// What an answer must not give away: to a cache, to another page, to a browser that guesses.

const urls = new Set<string>()
subscribe('fastify.initialization', (message) => {
  ;(message as { fastify: FastifyInstance }).fastify.addHook('onRoute', ({ method, url }) => {
    if ([method].flat().includes('GET')) urls.add(url)
  })
})

const kit = await openKit()
const event = await anEvent(kit.ctx, { title: 'Seen by all' })
const registration = await aRegistration(kit.ctx, event.id)
const organizer = await kit.signIn(event.organizer)
const secure = await buildApp(
  { ...kit.ctx, config: { ...kit.ctx.config, baseUrl: 'https://events.example.org' } },
  { pages: false },
)
afterAll(() => secure.close())

const ids: Record<string, string> = {
  eventId: event.id,
  registrationId: registration.id,
  token: guestToken(kit.ctx.config, registration.id),
}
const filled = (url: string) =>
  url.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? event.id).replace('*', 'not-found')

describe('every address that can be read', () => {
  test('is looked at', () => {
    expect(urls.size).toBeGreaterThan(40)
    for (const url of ['/api/v1/events', '/files/*', '/problems/*', '/api/schema/', '/health/ready'])
      expect([...urls]).toContain(url)
  })

  // reliability S35
  test.each([...urls].map((url) => [url]))('%s says what keeps browsers from doing harm', async (url) => {
    for (const headers of [{}, organizer] as Record<string, string>[]) {
      const answer = await secure.inject({ url: filled(url), headers: { ...headers, host: 'events.example.org' } })
      const type = String(answer.headers['content-type'])
      expect(answer.statusCode, answer.body).toBeLessThan(500)
      expect(answer.headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'strict-origin-when-cross-origin',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': expect.stringMatching(/^(same-origin|cross-origin)$/),
        'permissions-policy': expect.stringContaining('microphone=()'),
        'strict-transport-security': expect.stringMatching(/^max-age=\d{8}/),
        'cache-control': expect.stringMatching(/no-store|no-cache|private|public, max-age/),
      })
      expect(String(answer.headers['content-security-policy'])).toMatch(/default-src 'none'|default-src 'self'/)
      if (!url.startsWith('/api/docs') && !url.startsWith('/files'))
        expect(String(answer.headers['content-security-policy'])).toContain("frame-ancestors 'none'")
      if (answer.body && type.startsWith('text/')) expect(type).toMatch(/charset=utf-8/i)
      for (const name of ['server', 'x-powered-by', 'x-runtime', 'via', 'access-control-allow-origin'])
        expect(answer.headers).not.toHaveProperty(name)
      if (answer.statusCode >= 400) expect(answer.body).not.toMatch(/node_modules\/|at \w+ \(|\.ts:\d+/)
    }
  })

  // reliability S35
  test.each([
    '/.env',
    '/.git/config',
    '/package.json',
    '/server/main.ts',
    '/dist/server/main.js',
    '/dist/server/main.js.map',
    '/data/secret-key',
    '/api/docs/../../.env',
    '/api/docs/static/%2e%2e/%2e%2e/package.json',
    '/api/docs/static/..%2f..%2fpackage.json',
    '/files/../secret-key',
    '/files/%2e%2e%2fsecret-key',
    '/assets/../../.env',
    '/metrics',
    '/debug',
    '/dev/mail',
  ])('%s is none of them', async (url) => {
    const answer = await kit.app.inject(url)
    expect([404, 400, 403], answer.body.slice(0, 200)).toContain(answer.statusCode)
  })
})

describe('a cache between us and people', () => {
  // reliability S27
  test('is not fed what one request says of its host, its path or its protocol', async () => {
    const url = `/api/v1/events/${event.id}`
    const clean = (await kit.app.inject(url)).json()
    await kit.app.inject({ method: 'PATCH', url, headers: organizer, payload: { description: 'anew' } })
    const poisoned = await kit.app.inject({
      url,
      headers: {
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'http',
        'x-forwarded-scheme': 'http',
        'x-forwarded-prefix': '/evil',
        'x-forwarded-for': '"><script>',
        'x-original-url': '/api/v1/me',
        'x-rewrite-url': '/api/v1/me',
        'x-http-method-override': 'DELETE',
        'x-method-override': 'DELETE',
        accept: 'text/html',
        'accept-language': 'xx',
        origin: 'https://evil.example',
        range: 'bytes=0-1',
      },
    })
    expect([poisoned.statusCode, poisoned.headers.location]).toEqual([200, undefined])
    const after = await kit.app.inject(url)
    expect(after.headers['cache-status']).toBe('Turnout; hit')
    expect(after.body).toBe(poisoned.body)
    expect(after.body).not.toContain('evil')
    expect({ ...after.json(), description: '', descriptionHtml: '', version: 0, updatedAt: '' }).toEqual({
      ...clean,
      description: '',
      descriptionHtml: '',
      version: 0,
      updatedAt: '',
    })
  })

  // reliability S27
  test('is not given somebody’s own answer under the name of a file', async () => {
    for (const end of [
      '.css',
      '.js',
      '/x.css',
      '/..%2fx.js',
      '%2fx.css',
      ';x.css',
      '%00.css',
      '%0a.css',
      '%3f.css',
      '?x.css',
      '#x.css',
    ]) {
      const answer = await kit.app.inject({ url: `/api/v1/me${end}`, headers: organizer })
      if (answer.statusCode < 300) expect(String(answer.headers['cache-control']), end).toMatch(/no-store/)
      else expect(answer.body, end).not.toContain(event.organizer.email)
    }
  })

  // reliability S27
  test('keeps nothing that was made for one person, nor mistakes it for what all see', async () => {
    const url = `/api/v1/events/${event.id}`
    const anonymous = await kit.app.inject(url)
    expect(anonymous.headers.vary).toMatch(/authorization.*cookie/)
    const own = await kit.app.inject({ url, headers: organizer })
    const admin = await kit.app.inject({ url, headers: await kit.signIn(await anAccount(kit.ctx, { role: 'admin' })) })
    for (const answer of [own, admin]) {
      expect(String(answer.headers['cache-control'])).toMatch(/no-store|private/)
      expect(answer.headers['cache-status']).toBeUndefined()
    }
    const tag = String(anonymous.headers.etag)
    expect((await kit.app.inject({ url, headers: { 'if-none-match': tag } })).statusCode).toBe(304)
    const mine = await kit.app.inject({ url, headers: { ...organizer, 'if-none-match': tag } })
    expect([mine.statusCode, mine.json().can.edit]).toEqual([200, true])
    for (const path of [
      '/me',
      '/me/events',
      '/me/registrations',
      `/guest-links/${ids.token}`,
      `/registrations/${registration.id}`,
    ])
      expect(
        String((await kit.app.inject({ url: `/api/v1${path}`, headers: organizer })).headers['cache-control']),
        path,
      ).toMatch(/no-store|private/)
  })

  // reliability S27
  test('is not told another answer by a GET that has a body, or by a parameter we do not know', async () => {
    const fat = await kit.app.inject({
      method: 'GET',
      url: '/api/v1/events?limit=1',
      payload: { limit: 50, text: 'evil' },
      headers: { 'content-type': 'application/json' },
    })
    const lean = await kit.app.inject('/api/v1/events?limit=1')
    expect(fat.statusCode < 300 ? fat.json().items : lean.json().items).toEqual(lean.json().items)
    const before = await kit.app.inject('/api/v1/events?limit=1&utm_source=evil')
    expect(before.body).not.toContain('"utm_source":"evil"')
    expect((await kit.app.inject('/api/v1/events?limit=1')).body).toBe(lean.body)
  })
})
