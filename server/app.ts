import cookie from '@fastify/cookie'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import fastify from 'fastify'
import { authenticate } from '#accounts/authenticate'
import { addressRoutes } from '#accounts/addresses/routes'
import { administrationRoutes } from '#accounts/administration/routes'
import { newPasswordRoutes } from '#accounts/new-password/routes'
import { phoneRoutes } from '#accounts/phone/routes'
import { profileRoutes } from '#accounts/profile/routes'
import { accountRoutes } from '#accounts/routes'
import { sessionListRoutes } from '#accounts/session-list/routes'
import { apiKeyRoutes } from '#accounts/api-keys/routes'
import { scopeOf } from '#accounts/api-keys/scopes'
import { InvalidToken, ScopeMissing } from '#accounts/problems'
import { providerPages, providerRoutes } from '#accounts/providers/routes'
import { twoFactorRoutes } from '#accounts/two-factor/routes'
import { analyticsRoutes } from '#analytics/routes'
import { auditRoutes } from '#audit/routes'
import { calendarRoutes } from '#calendars/routes'
import { bulkRoutes } from '#events/bulk/routes'
import { cleanUpRoutes } from '#events/clean-up/routes'
import { labelRoutes } from '#events/labels/routes'
import { invitationRoutes } from '#events/invitations/routes'
import { pastRoutes } from '#events/past/routes'
import { eventRoutes } from '#events/routes'
import { teamRoutes } from '#events/team/routes'
import { checkinRoutes, ticketRoutes } from '#checkin/routes'
import { doctorRoutes } from '#doctor/routes'
import { speak } from '#dialects/dialect'
import { dialects } from '#dialects/dialects'
import type { App } from '#http/app'
import { otherSitesOf, shareAcrossSites } from '#http/cors'
import { healthRoutes } from '#http/health'
import { hostsOf, refuseOtherHosts } from '#http/hosts'
import { rememberAnswers } from '#http/idempotency'
import { readJsonStrictly } from '#http/json-body'
import { limitRates } from '#http/limits'
import { collectOpenApi, documentRoutes } from '#http/openapi'
import { pageRoutes } from '#http/pages'
import { answerProblems, answerUnreadable } from '#http/problem-json'
import { shareAnswers } from '#http/shared-answers'
import { warnOfUntrustedProxy } from '#http/untrusted-proxy'
import { secureHeaders } from '#http/security-headers'
import { readForms } from '#http/upload'
import { actingAs, type Actor, type Ctx } from '#kernel/ctx'
import { newId } from '#kernel/ids'
import { logAnswer, logOf } from '#kernel/log'
import { hasChance } from '#kernel/policy'
import { Forbidden, SignInRequired } from '#kernel/problem'
import { pictureFileRoutes, pictureRoutes } from '#pictures/routes'
import { notificationRoutes, unsubscribeRoutes } from '#notifications/routes'
import { attendeeRoutes, correctionRoutes, registrationRoutes } from '#registrations/routes'
import { paymentRoutes } from '#payments/routes'
import { privacyRoutes } from '#privacy/routes'
import { reviewRoutes } from '#reviews/routes'
import { scheduleRoutes } from '#schedules/routes'
import { seriesRoutes } from '#series/routes'
import { pushRoutes, subscriptionRoutes } from '#subscriptions/routes'
import { syncRoutes } from '#sync/routes'
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

  const isForUs = hostsOf(ctx.config)
  const sites = otherSitesOf(ctx.config)
  const admitRead = limitRates(app, ctx)
  shareAnswers(app, ctx, (req, head) => {
    if (!isForUs(req) || !admitRead(req, head)) return false
    sites?.tell(req, head)
    return true
  }) // first: what is ready waits for nothing else
  warnOfUntrustedProxy(app, ctx.log, ctx.config)
  validate(app)
  readJsonStrictly(app)
  answerProblems(app, ctx.log)
  secureHeaders(app, ctx.config.baseUrl.startsWith('https:'))
  logAnswers(app, ctx)
  refuseOtherHosts(app, isForUs)
  shareAcrossSites(app, sites)
  await app.register(cookie, { hook: false }) // most requests have none to read
  letIn(app, ctx)
  rememberAnswers(app)
  await collectOpenApi(app, { version: VERSION, baseUrl: ctx.config.baseUrl, badToken: InvalidToken, scopeOf })

  await app.register(
    async (api: App) => {
      for (const routes of [
        accountRoutes,
        addressRoutes,
        newPasswordRoutes,
        profileRoutes,
        phoneRoutes,
        sessionListRoutes,
        administrationRoutes,
        twoFactorRoutes,
        providerRoutes,
        apiKeyRoutes,
        venueRoutes,
        eventRoutes,
        bulkRoutes,
        cleanUpRoutes,
        labelRoutes,
        invitationRoutes,
        pastRoutes,
        seriesRoutes,
        teamRoutes,
        registrationRoutes,
        paymentRoutes,
        attendeeRoutes,
        correctionRoutes,
        ticketRoutes,
        checkinRoutes,
        reviewRoutes,
        notificationRoutes,
        subscriptionRoutes,
        pushRoutes,
        calendarRoutes,
        syncRoutes,
        analyticsRoutes,
        privacyRoutes,
        auditRoutes,
        scheduleRoutes,
        doctorRoutes,
      ])
        routes(api)
      await api.register(async (oneClick: App) => unsubscribeRoutes(oneClick))
      await api.register(async (forms: App) => {
        await readForms(forms)
        pictureRoutes(forms)
      })
    },
    { prefix: '/api/v1' },
  )
  const spoken = dialects.map(([dialect]) => dialect)
  for (const [dialect, speaks] of dialects) await speak(app, dialect, speaks, spoken)
  pictureFileRoutes(app)
  providerPages(app)
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
  const strict = new Ajv({
    allErrors: true,
    discriminator: true,
    coerceTypes: false,
    useDefaults: true,
    removeAdditional: false,
  })
  const textual = new Ajv({
    allErrors: true,
    discriminator: true,
    coerceTypes: true,
    useDefaults: false,
    removeAdditional: false,
  })
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
      const { config: { may } = {} } = req.routeOptions
      if (!may) return done()
      if (may.reads && ctx.config.requireLogin && actor.kind === 'anonymous' && isRead(req.method))
        return done(SignInRequired('Only who is logged in sees events here.', { reading: true }))
      if (!hasChance(may, actor)) return done(actor.kind === 'anonymous' ? SignInRequired() : Forbidden())
      if (actor.kind === 'account' && actor.scopes) {
        const scope = scopeOf(req.routeOptions)
        if (scope === null || !actor.scopes.includes(scope)) return done(ScopeMissing(undefined, { scope }))
      }
      done()
    }
    if (authorization === undefined && credentials === undefined) return admit(ctx.actor)
    authenticate(req.ctx, {
      authorization,
      cookies: credentials === undefined ? {} : app.parseCookie(credentials),
      method: req.method,
      origin,
      host,
      secFetchSite: req.headers['sec-fetch-site'],
    }).then(admit, done)
  })
}

function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD'
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
