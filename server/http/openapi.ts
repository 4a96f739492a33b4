import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { App } from './app.ts'
import { TooManyRequests } from '#kernel/limiter'
import { projectFolder } from '#kernel/project-folder'
import { anyone } from '#kernel/policy'
import {
  BadRequest,
  Forbidden,
  InFlight,
  Internal,
  Invalid,
  KeyReused,
  NotFound,
  problems,
  SignInRequired,
  TooLarge,
  Unavailable,
  UnsupportedMediaType,
  type ProblemType,
} from '#kernel/problem'
import { escapeHtml } from '#kernel/text'

const ProblemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'instance', 'requestId'],
  properties: {
    type: { type: 'string', examples: ['/problems/not-found'] },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    reading: { type: 'boolean', description: 'Of a 401: it is reading that takes a log-in on this instance.' },
    instance: { type: 'string' },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'detail'],
        properties: { pointer: { type: 'string' }, detail: { type: 'string' } },
      },
    },
    rows: {
      type: 'array',
      description:
        'Of a request of many rows, each that was refused: by its index, with the problem it would have been alone.',
      items: {
        type: 'object',
        required: ['index', 'type', 'title', 'status'],
        properties: {
          index: { type: 'integer' },
          type: { type: 'string' },
          title: { type: 'string' },
          status: { type: 'integer' },
          detail: { type: 'string' },
        },
      },
    },
  },
}

/** Collects the OpenAPI 3.1 document from the routes registered after it. `badToken` is what authentication refuses with. */
export async function collectOpenApi(
  app: App,
  server: {
    version: string
    baseUrl: string
    badToken: ProblemType
    /** What an API key has to reach for a route; null: no key is let in. */
    scopeOf: (route: {
      method: string | string[]
      schema?: object
      config?: { scope?: string | null }
    }) => string | null
  },
): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Turnout',
        version: server.version,
        description:
          'Publish events, seat exactly as many as fit, keep the rest in a fair line. Errors are RFC 9457 problem documents.',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: server.baseUrl }],
      components: {
        securitySchemes: {
          token: {
            type: 'http',
            scheme: 'bearer',
            description:
              'An access token, or an API key (`tk_…`) that is made for the scope named at the operation. Where none is named, no key is let in.',
          },
          cookie: { type: 'apiKey', in: 'cookie', name: 'turnout_session' },
        },
        schemas: { Problem: ProblemSchema as never },
      },
    },
    transform: ({ schema, url, route }) => {
      if (!schema || schema.hide) return { schema, url }
      const { may, refuses = [], creates, takes, refusal, statuses = {} } = route.config ?? {}
      const possible: ProblemType[] = [...refuses, TooManyRequests, Unavailable, Internal]
      if (may && (may.who !== 'anyone' || url.startsWith('/api/v1'))) possible.push(SignInRequired)
      if (may) possible.push(server.badToken) // is refused wherever it comes along
      if (may && (may.who !== 'anyone' || !/get/i.test(String(route.method)))) possible.push(Forbidden)
      if (schema.params) possible.push(NotFound)
      if (schema.params || schema.querystring) possible.push(BadRequest) // an address may not contain NUL
      if (schema.body || takes) possible.push(BadRequest, TooLarge, UnsupportedMediaType)
      if (creates) possible.push(KeyReused, InFlight)
      if (schema.body || takes || schema.querystring || schema.params) possible.push(Invalid)
      const scope = server.scopeOf({ method: route.method, schema, config: route.config })
      const byStatus = new Map<number, ProblemType[]>()
      for (const each of possible) {
        const status = statuses[each.slug] ?? each.status
        byStatus.set(status, [...new Set([...(byStatus.get(status) ?? []), each])])
      }
      const errors = Object.fromEntries(
        [...byStatus].map(([status, types]) => [
          status,
          {
            description: types.map((type) => `${type.title} (\`/problems/${type.slug}\`)`).join('; '),
            content: refusal
              ? { 'application/json': { schema: refusal } }
              : { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
          },
        ]),
      )
      return {
        url,
        schema: {
          ...schema,
          ...(takes ? { consumes: ['multipart/form-data'], body: takes } : {}),
          ...(may && may.who !== 'anyone'
            ? { security: [{ token: scope === null ? [] : [scope] }, { cookie: [] }] }
            : {}),
          ...(creates
            ? {
                headers: {
                  type: 'object',
                  properties: {
                    'Idempotency-Key': {
                      type: 'string',
                      maxLength: 255,
                      description: 'Repeat the request with the same key and it has no second effect.',
                    },
                  },
                },
              }
            : {}),
          response: { ...(schema.response as object), ...errors },
        },
      }
    },
  })
}

// As it was built, or where it was not, as the package has it.
const REDOC = ['dist/redoc.standalone.js', 'node_modules/redoc/bundles/redoc.standalone.js']

/** `/api/schema/`, `/api/docs/` (Swagger UI), `/api/redoc/`, `/swagger/` and `/problems/*`: all from this server alone. */
export async function documentRoutes(app: App): Promise<void> {
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP: true,
    uiConfig: { docExpansion: 'list' },
    logLevel: 'warn',
  })

  const open = { schema: { hide: true }, config: { may: anyone() } }
  // Where the systems that we replace have them.
  for (const url of ['/swagger', '/swagger/', '/api/swagger', '/api/swagger/'])
    app.get(url, open, async (_req, reply) => reply.redirect('/api/docs/'))
  app.get('/api/schema/', open, async () => app.swagger())
  app.get('/api/redoc/', open, async (_req, reply) => {
    // ReDoc writes its own styles and starts its own worker; nothing of ours runs on this page.
    reply.header(
      'content-security-policy',
      "default-src 'none'; script-src 'self'; worker-src blob:; child-src blob:; style-src 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'",
    )
    reply.type('text/html; charset=utf-8')
    return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Turnout API</title>
<body style="margin:0"><redoc spec-url="/api/schema/" disable-search="false"></redoc><script src="/api/redoc/redoc.standalone.js"></script></body></html>`
  })
  app.get('/api/redoc/redoc.standalone.js', open, async (_req, reply) => {
    const bundle = REDOC.map((file) => join(projectFolder, file)).find((file) => existsSync(file))
    if (!bundle) throw NotFound()
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'public, max-age=86400')
    return createReadStream(bundle)
  })
  app.get('/problems/*', open, async (req, reply) => {
    const type = problems().get((req.params as { '*': string })['*'])
    if (!type) throw NotFound()
    reply.type('text/html; charset=utf-8')
    return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(type.title)}</title>
<h1>${escapeHtml(type.title)}</h1><p>${escapeHtml(type.meaning)}</p><p>Status ${type.status} · <code>/problems/${type.slug}</code></p></html>`
  })
}
