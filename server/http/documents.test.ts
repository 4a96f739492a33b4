import { subscribe } from 'node:diagnostics_channel'
import type { FastifyInstance } from 'fastify'
import { describe, expect, test } from 'vitest'
import { buildApp } from '#app'
import { anyone } from '#kernel/policy'
import { problems } from '#kernel/problem'
import { anEvent, openKit } from '../../test/kit/kit.ts'

type Route = {
  method: string
  url: string
  may?: { who: string }
  creates?: unknown
  refuses: readonly { slug: string; status: number }[]
  hidden: boolean
}

/** Every route as it registers, without asking the program for a list of its own. */
const routes: Route[] = []
subscribe('fastify.initialization', (message) => {
  ;(message as { fastify: FastifyInstance }).fastify.addHook('onRoute', ({ method, url, config, schema }) => {
    for (const each of [method].flat()) {
      if (each !== 'HEAD')
        routes.push({
          method: each.toLowerCase(),
          url,
          may: config?.may,
          creates: config?.creates,
          refuses: config?.refuses ?? [],
          hidden: Boolean(schema?.hide),
        })
    }
  })
})

const kit = await openKit()
const native = routes.filter((route) => route.url.startsWith('/api/v1'))
const schema = (await kit.app.inject('/api/schema/')).json()
const at = ({ method, url }: Route) => schema.paths[url.replace(/:(\w+)/g, '{$1}')]?.[method]

describe('the OpenAPI document', () => {
  // S1-13 S1-65
  test('is OpenAPI 3.1 as the standard has it', async () => {
    expect(schema).toMatchObject({
      openapi: expect.stringMatching(/^3\.1\./),
      info: { title: 'Turnout', version: expect.any(String) },
      servers: [{ url: 'http://localhost:8000' }],
    })
    expect(
      Object.keys(schema).filter(
        (key) =>
          ![
            'openapi',
            'info',
            'jsonSchemaDialect',
            'servers',
            'paths',
            'webhooks',
            'components',
            'security',
            'tags',
            'externalDocs',
          ].includes(key),
      ),
    ).toEqual([])
    const ids = new Set<string>()
    for (const [path, item] of Object.entries<Record<string, any>>(schema.paths)) {
      expect(path).toMatch(/^\/[^:?#]*$/)
      for (const [method, operation] of Object.entries(item)) {
        const where = `${method} ${path}`
        expect(['get', 'post', 'put', 'patch', 'delete'], where).toContain(method)
        expect(operation.summary, where).toEqual(expect.any(String))
        // Where several systems have one address, it is in the words of each.
        expect(operation.tags.length, where).toBeLessThanOrEqual(path.startsWith('/api/v1/') ? 1 : 2)
        expect(operation.tags.length, where).toBeGreaterThan(0)
        if (operation.operationId) expect(ids.has(operation.operationId), where).toBe(false)
        ids.add(operation.operationId)
        const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
        const parameters = (operation.parameters ?? []) as {
          name: string
          in: string
          required?: boolean
          schema: object
        }[]
        expect(
          parameters
            .filter((each) => each.in === 'path')
            .map((each) => each.name)
            .sort(),
          where,
        ).toEqual(named.sort())
        for (const each of parameters) {
          expect(each.schema, where).toEqual(expect.any(Object))
          if (each.in === 'path') expect(each.required, where).toBe(true)
        }
        expect(new Set(parameters.map((each) => `${each.in} ${each.name}`)).size, where).toBe(parameters.length)
        // Systems that we replace name what is to be deleted in the body, and so that is how it is done there.
        if (method === 'get' || (method === 'delete' && path.startsWith('/api/')))
          expect(operation.requestBody, where).toBeUndefined()
        expect(
          Object.keys(operation.responses).every((status) => /^[2-5]\d\d$/.test(status)),
          where,
        ).toBe(true)
        for (const response of Object.values<any>(operation.responses))
          expect(response.description, where).toEqual(expect.any(String))
        for (const scheme of (operation.security ?? []).flatMap(Object.keys))
          expect(schema.components.securitySchemes, where).toHaveProperty(scheme)
      }
    }
    for (const [, ref] of JSON.stringify(schema).matchAll(/"\$ref":"([^"]+)"/g)) {
      const found = ref!
        .replace(/^#\//, '')
        .split('/')
        .reduce((inner, key) => inner?.[key], schema)
      expect(found, ref).toBeDefined()
    }
  })

  // reliability F16
  test('has every route there is, and no other', () => {
    expect(native.length).toBeGreaterThan(25)
    for (const route of native) expect(at(route), `${route.method} ${route.url}`).toBeDefined()
    const documented = Object.entries<object>(schema.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    )
    const registered = routes
      .filter((route) => !route.hidden)
      .map(({ method, url }) => `${method} ${url.replace(/:(\w+)/g, '{$1}')}`)
    expect(documented.sort()).toEqual([...new Set(registered)].sort())
  })

  test.each(native.map((route) => [`${route.method} ${route.url}`, route] as const))(
    'says of %s what it takes, answers and refuses',
    (_, route) => {
      const operation = at(route)
      const successes = Object.entries<any>(operation.responses).filter(([status]) => status < '300')
      // A log-in that wants a code as well is accepted and not done.
      const accepted = /^\/api\/v1\/(web-)?sessions$/.test(route.url) && route.method === 'post'
      // What was brought in before is the same event again.
      const again = route.url.endsWith('/import')
      expect(successes.map(([status]) => status).slice(1)).toEqual(accepted ? ['202'] : again ? ['201'] : [])
      const [status, success] = successes[0]!
      const [file] = Object.keys(success.content ?? {}).filter((type) => type !== 'application/json')
      if (file === 'text/calendar') expect(success.content[file].schema).toEqual({ type: 'string' })
      else if (file) expect(success.content[file].schema).toEqual({ type: 'string', format: 'binary' })
      else if (status !== '204')
        expect(success.content['application/json'].schema).toMatchObject({
          type: 'object',
          additionalProperties: false,
        })

      for (const each of [
        ...route.refuses,
        { slug: 'internal', status: 500 },
        ...(route.url.includes(':') ? [{ slug: 'not-found', status: 404 }] : []),
      ]) {
        const response = operation.responses[each.status]
        expect(response?.description, each.slug).toContain(`/problems/${each.slug}`)
        expect(Object.keys(response.content)).toEqual(['application/problem+json'])
      }
      for (const [code, response] of Object.entries<any>(operation.responses)) {
        if (code < '400') continue
        const slugs = [...String(response.description).matchAll(/`\/problems\/([^`]+)`/g)].map((match) => match[1]!)
        expect(slugs.length).toBeGreaterThan(0)
        for (const slug of slugs) expect(problems().get(slug)?.status, slug).toBe(Number(code))
      }

      const closed = route.may?.who !== 'anyone'
      expect(Boolean(operation.security), 'security').toBe(closed)
      if (closed) for (const code of [401, 403]) expect(operation.responses).toHaveProperty(String(code))
      const key = operation.parameters?.find((each: { name: string }) => each.name === 'Idempotency-Key')
      expect(Boolean(key), 'Idempotency-Key').toBe(Boolean(route.creates))
      if (!operation.requestBody) return
      const [body] = Object.values<any>(operation.requestBody.content)
      expect(body.schema).toMatchObject({
        type: 'object',
        additionalProperties: false,
      })
      for (const code of [400, 413, 415, 422]) expect(operation.responses).toHaveProperty(String(code))
    },
  )

  test.each(native.map((route) => [`${route.method} ${route.url}`, route] as const))(
    'says that %s refuses a broken or expired token, as it does',
    async (_, route) => {
      const { status, body } = await kit.call(
        route.method.toUpperCase() as 'GET',
        route.url.slice('/api/v1'.length).replace(/:\w+/g, 'x'),
        { headers: { authorization: 'Bearer broken' } },
      )
      expect(at(route).responses[status].description).toContain(`\`${body.type}\``)
      expect([status, body.type]).toEqual([401, '/problems/accounts/invalid-token'])
    },
  )

  test('every POST that creates takes an Idempotency-Key, but for those whose answer is a secret, which is not kept', () => {
    const creating = native.filter((route) => route.method === 'post' && '201' in at(route).responses)
    expect(creating.length).toBeGreaterThan(25)
    const forgetful = creating.filter((route) => !route.creates).map((route) => route.url.slice('/api/v1'.length))
    expect(forgetful.sort()).toEqual([
      '/me/api-keys',
      '/me/calendar/renewals',
      '/me/two-factor/confirmation',
      '/me/two-factor/enrolment',
      '/me/two-factor/recovery-codes',
      '/session-completions',
      '/session-refreshes',
      '/sessions',
      '/web-session-completions', // in its cookie, as below
      '/web-sessions',
    ])
  })

  test('an answer is what the document says it is', async () => {
    const event = await anEvent(kit.ctx, { capacity: 3 })
    const { body } = await kit.call('GET', `/events/${event.id}`)
    const { properties } =
      schema.paths['/api/v1/events/{eventId}'].get.responses[200].content['application/json'].schema
    expect(Object.keys(body).sort()).toEqual(Object.keys(properties).sort())
  })
})

describe('the pages about it', () => {
  // S1-63 S1-64 S2-06 S2-42
  test.each(['/api/docs/', '/api/redoc/'])('%s come from here alone, with everything they load', async (url) => {
    const page = await kit.app.inject(url)
    expect(page.statusCode).toBe(200)
    expect(page.headers['content-type']).toMatch(/^text\/html/)
    const loaded = [...page.body.matchAll(/(?:src|href)="([^"#][^"]*)"/g)].map((match) => match[1]!)
    expect(loaded.length).toBeGreaterThan(0)
    for (const address of loaded) {
      const absolute = new URL(address, `http://here.example${url}`)
      expect(absolute.host, address).toBe('here.example')
      const asset = await kit.app.inject(absolute.pathname)
      expect(asset.statusCode, address).toBe(200)
      expect(asset.rawPayload.length, address).toBeGreaterThan(100)
      expect(asset.headers['x-content-type-options'], address).toBe('nosniff')
    }
    const policy = String(page.headers['content-security-policy'])
    expect(policy).not.toMatch(/https?:\/\/(?!localhost|127)|\*|unsafe-eval/)
    expect(policy).toMatch(/script-src[^;]*'self'/)
    expect(policy).not.toMatch(/script-src[^;]*'unsafe-inline'/)
  })

  test('/problems/* explains each refusal there is', async () => {
    expect(problems().size).toBeGreaterThan(20)
    for (const [slug, type] of problems()) {
      const page = await kit.app.inject(`/problems/${slug}`)
      expect([page.statusCode, page.headers['content-type']], slug).toEqual([200, 'text/html; charset=utf-8'])
      expect(page.body).toContain(`Status ${type.status}`)
    }
  })
})

describe('every answer carries what keeps browsers from doing harm with it', () => {
  // reliability S35
  test.each([
    '/api/v1/events',
    '/api/v1/me',
    '/api/v1/nothing',
    '/api/schema/',
    '/api/docs/',
    '/api/redoc/',
    '/problems/not-found',
    '/health/live',
    '/nothing',
  ])('%s', async (url) => {
    const { headers } = await kit.app.inject(url)
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringMatching(/default-src '(none|self)'/),
      'x-content-type-options': 'nosniff',
      'referrer-policy': expect.any(String),
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': expect.any(String),
      'content-type': expect.stringMatching(/^(application\/(problem\+)?json|text\/html; charset=utf-8)/),
    })
    for (const telling of ['server', 'x-powered-by', 'access-control-allow-origin', 'strict-transport-security'])
      expect(headers).not.toHaveProperty(telling)
    if (!url.startsWith('/api/docs'))
      expect(String(headers['content-security-policy'])).toContain("frame-ancestors 'none'")
  })

  test('and over https, that it stays so', async () => {
    const app = await buildApp(
      { ...kit.ctx, config: { ...kit.ctx.config, baseUrl: 'https://events.example.org' } },
      { pages: false },
    )
    const { headers } = await app.inject('/api/v1/events')
    expect(headers['strict-transport-security']).toMatch(/max-age=\d{8}/)
    await app.close()
  })

  test('what is personal is kept by no cache', async () => {
    const event = await anEvent(kit.ctx)
    for (const url of [`/api/v1/events/${event.id}`, '/api/v1/me/events', '/api/v1/events']) {
      expect(
        String((await kit.app.inject({ url, headers: await kit.signIn(event.organizer) })).headers['cache-control']),
      ).toMatch(/no-store|private/)
    }
  })
})

describe('policies', () => {
  // reliability S1, S2
  test('a route without one keeps the app from starting', async () => {
    const build = (config?: object) =>
      buildApp(kit.ctx, { pages: false, moreRoutes: (app) => void app.get('/forgotten', { config }, async () => 'x') })
    await expect(build()).rejects.toThrow('GET /forgotten has no policy')
    await expect(build({ creates: true })).rejects.toThrow('has no policy')
    await (await build({ may: anyone() })).close()
  })

  test('every route of the API has one, and what changes something is open only where it is meant to be', () => {
    for (const route of native)
      expect(route.may?.who, `${route.method} ${route.url}`).toMatch(/^(anyone|signed-in|organizers|admins)$/)
    const open = native
      .filter((route) => route.method !== 'get' && route.may?.who === 'anyone')
      .map((route) => `${route.method} ${route.url.slice(7)}`)
    expect(open.sort()).toEqual([
      'delete /guest-links/:token',
      'delete /subscription-links/:token', // whoever has it
      'delete /unsubscriptions/:token',
      'patch /guest-links/:token',
      'post /accounts',
      'post /email-verification-requests',
      'post /email-verifications', // whoever has the link
      'post /events/:eventId/registrations',
      'post /events/:eventId/subscriptions',
      'post /guest-links/:token/payment',
      'post /password-reset-requests',
      'post /password-resets', // whoever has the link
      'post /payments/stripe/notices', // signed by the provider
      'post /registrations/:registrationId/payment',
      'post /session-completions',
      'post /session-refreshes',
      'post /sessions',
      'post /unsubscriptions/:token',
      'post /web-session-completions',
      'post /web-sessions',
      'put /guest-links/:token/cancellation',
      'put /guest-links/:token/confirmation',
      'put /guest-links/:token/successor',
      'put /guest-links/:token/visibility',
      'put /registrations/:registrationId/cancellation',
      'put /team-invitations/:invitation/refusal', // the link says who it is
    ])
  })

  test.each(
    native
      .filter((route) => route.may?.who !== 'anyone')
      .map((route) => [`${route.method} ${route.url}`, route] as const),
  )('%s turns away who is not logged in, before it looks at anything else', async (_, { method, url }) => {
    const answer = await kit.app.inject({
      method: method.toUpperCase() as 'GET',
      url: url.replace(/:\w+/g, 'x'),
      headers: { 'content-type': 'application/json' },
      payload: method === 'get' ? undefined : '{"nonsense":1}',
    })
    expect([answer.statusCode, answer.json().type]).toEqual([401, '/problems/sign-in-required'])
  })
})
