import cookie from '@fastify/cookie'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import fastify from 'fastify'
import { authenticate } from '#accounts/authenticate'
import { InvalidToken } from '#accounts/problems'
import { accountRoutes } from '#accounts/routes'
import { eventRoutes } from '#events/routes'
import type { App } from '#http/app'
import { healthRoutes } from '#http/health'
import { rememberAnswers } from '#http/idempotency'
import { readJsonStrictly } from '#http/json-body'
import { limitRates } from '#http/limits'
import { collectOpenApi, documentRoutes } from '#http/openapi'
import { pageRoutes } from '#http/pages'
import { answerProblems, answerUnreadable } from '#http/problem-json'
import { shareAnswers } from '#http/shared-answers'
import { warnOfUntrustedProxy } from '#http/untrusted-proxy'
import { secureHeaders } from '#http/security-headers'
import { actingAs, type Actor, type Ctx } from '#kernel/ctx'
import { newId } from '#kernel/ids'
import { logAnswer, logOf } from '#kernel/log'
import { hasChance } from '#kernel/policy'
import { Forbidden, SignInRequired } from '#kernel/problem'
import { notificationRoutes } from '#notifications/routes'
import { registrationRoutes } from '#registrations/routes'
import { venueRoutes } from '#venues/routes'
import { VERSION } from './version.ts'

/** Builds the HTTP server on these surroundings; it listens to nobody yet. */
export async function buildApp(
  ctx: Ctx,
  options: { isDraining?: () => boolean; moreRoutes?: (app: App) => void; pages?: boolean } = {},
): Promise<App> {
  const app: App = fastify({
    logger: false, // it would make a logger for each request; ours writes a line for each answer, and one is made where it is used
    genReqId: requestIds(),
    requestIdHeader: false,
    bodyLimit: 64 * 1024,
    connectionTimeout: 30_000,
    requestTimeout: 15_000,
    keepAliveTimeout: 72_000,
    frameworkErrors: answerUnreadable,
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    trustProxy: ctx.config.trustedProxies.length > 0 ? ctx.config.trustedProxies : false,
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: false },
    exposeHeadRoutes: true,
  }).withTypeProvider<TypeBoxTypeProvider>()

  shareAnswers(app, ctx, limitRates(app, ctx.limiter, ctx.config)) // first: what is ready waits for nothing else
  warnOfUntrustedProxy(app, ctx.log, ctx.config)
  validate(app)
  readJsonStrictly(app)
  answerProblems(app, ctx.log)
  secureHeaders(app, ctx.config.baseUrl.startsWith('https:'))
  logAnswers(app, ctx)
  await app.register(cookie)
  letIn(app, ctx)
  rememberAnswers(app)
  await collectOpenApi(app, { version: VERSION, baseUrl: ctx.config.baseUrl, badToken: InvalidToken })

  await app.register(
    async (api: App) => {
      for (const routes of [accountRoutes, venueRoutes, eventRoutes, registrationRoutes, notificationRoutes])
        routes(api)
    },
    { prefix: '/api/v1' },
  )
  healthRoutes(app, options.isDraining ?? (() => false))
  await documentRoutes(app)
  options.moreRoutes?.(app)
  if (options.pages ?? true) await pageRoutes(app, ctx.log)
  return app
}

// The package's types describe its default export as a module beside the function that it is.
const addFormats = formats as unknown as (ajv: Ajv) => void

/** Bodies are taken as they are; what comes as text (queries, parameters, headers) is read as the type it should be. */
function validate(app: App): void {
  const strict = new Ajv({ allErrors: true, coerceTypes: false, useDefaults: true, removeAdditional: false })
  const textual = new Ajv({ allErrors: true, coerceTypes: true, useDefaults: false, removeAdditional: false })
  for (const ajv of [strict, textual]) {
    addFormats(ajv)
    for (const annotation of ['example', 'xml']) ajv.addKeyword(annotation)
  }
  app.setValidatorCompiler(({ schema, httpPart }) => (httpPart === 'body' ? strict : textual).compile(schema as object))
  // Where every field may be left out, so may the body.
  app.addHook('preValidation', (req, _reply, done) => {
    const schema = req.routeOptions.schema?.body as { required?: string[] } | undefined
    if (schema && !schema.required?.length && (req.body === undefined || req.body === null)) req.body = {}
    done()
  })
}

/** Short ids that no other process gives out either: made for every request, so they cost next to nothing. */
function requestIds(): () => string {
  const process = newId().slice(-12)
  let count = 0
  return () => `${process}-${(++count).toString(36)}`
}

// Files that plugins serve to everybody.
const FILES = ['/api/docs', '/assets']

/** Gives each request its surroundings and turns away whom the route's policy has no place for. */
function letIn(app: App, ctx: Ctx): void {
  app.decorateRequest('ctx')
  app.addHook('onRoute', (route) => {
    if (FILES.some((prefix) => route.url.startsWith(prefix))) return
    if (!route.config?.may) throw new Error(`${String(route.method)} ${route.url} has no policy: set config.may`)
  })
  // With callbacks, because most requests bring nothing to look up and need not wait a turn for it.
  app.addHook('onRequest', (req, _reply, done) => {
    req.ctx = { ...ctx, log: logOf(ctx.log, { reqId: req.id }) }
    const { authorization, cookie: credentials, origin, host } = req.headers
    const admit = (actor: Actor) => {
      if (actor.kind !== 'anonymous') req.ctx = actingAs(req.ctx, actor)
      const may = req.routeOptions.config?.may
      if (!may || hasChance(may, actor)) return done()
      done(actor.kind === 'anonymous' ? SignInRequired() : Forbidden())
    }
    if (authorization === undefined && credentials === undefined) return admit(ctx.actor)
    authenticate(req.ctx, {
      authorization,
      cookies: req.cookies,
      method: req.method,
      origin,
      host,
      secFetchSite: req.headers['sec-fetch-site'],
    }).then(admit, done)
  })
}

/** One line per answer, also when nobody waited for it. */
function logAnswers(app: App, { log }: Ctx): void {
  app.addHook('onRequest', (req, { raw }, done) => {
    const { id: reqId, method, url, ip: from } = req
    const begun = performance.now()
    raw.on('close', () =>
      logAnswer(log, { reqId, method, url, status: raw.statusCode, ms: performance.now() - begun, from }),
    )
    done()
  })
}
