import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { may } from '#accounts/policy'
import { LastWayIn, ProofRequired } from '#accounts/problems'
import { SESSION_SECONDS } from '#accounts/sessions'
import { CHALLENGE_COOKIE, ownCookie, sessionCookie } from '#accounts/tokens'
import type { App } from '#http/app'
import { Fields, Uuid } from '#http/wire'
import { NotFound, Unavailable } from '#kernel/problem'
import * as identities from './identities.ts'
import * as journey from './journey.ts'
import { Departure, Identities, NewIdentity, present, ProviderParams, Providers, SetOut } from './wire.ts'

const tags = ['security']
const TRIP_COOKIE = 'turnout_provider'

/** Of the API. */
export function providerRoutes(app: App): void {
  app.get(
    '/log-in-providers',
    {
      schema: {
        tags,
        summary: 'Who people can log in through',
        description: 'The browser goes to `/auth/<id>?next=<path>` and comes back logged in.',
        response: { 200: Providers },
      },
      config: { may: may.seeProviders },
    },
    async (req) => ({ items: journey.list(req.ctx) }),
  )

  app.get(
    '/me/identities',
    {
      schema: { tags, summary: 'Providers that lead into my account', response: { 200: Identities } },
      config: { may: may.manageIdentities },
    },
    async (req) => ({ items: (await identities.list(req.ctx)).map(present) }),
  )

  app.post(
    '/me/identities',
    {
      schema: {
        tags,
        summary: 'Set out to link a provider',
        description:
          'Answers where to send the browser, which comes back to `next` with the provider linked. Only in the browser that asks. Wants a proof from the last ten minutes that it is you.',
        body: NewIdentity,
        response: { 200: Departure },
      },
      config: { may: may.manageIdentities, refuses: [ProofRequired, NotFound, Unavailable] },
    },
    async (req, reply) => {
      const { provider, next } = req.body
      const departed = await journey.setOutToLink(req.ctx, provider, next ?? '/account')
      if ('failed' in departed) throw Unavailable('The provider does not answer.', { retryAfter: 30 })
      giveTrip(app, req, reply, departed.trip)
      return { url: departed.url }
    },
  )

  app.delete(
    '/me/identities/:identityId',
    {
      schema: {
        tags,
        summary: 'Unlink a provider',
        params: Fields({ identityId: Uuid }),
        response: { 204: Type.Null() },
      },
      config: { may: may.manageIdentities, refuses: [ProofRequired, NotFound, LastWayIn] },
    },
    async (req, reply) => {
      await identities.unlink(req.ctx, req.params.identityId)
      reply.code(204)
      return null
    },
  )
}

/** Of the browser: it is sent away from one, and comes back to the other. */
export function providerPages(app: App): void {
  app.get(
    '/auth/:provider',
    {
      schema: { hide: true, params: ProviderParams, querystring: SetOut },
      config: { may: may.logIn, limit: 'logins' },
    },
    async (req, reply) => {
      const departed = await journey.setOut(req.ctx, req.params.provider, req.query.next)
      if ('failed' in departed) return reply.redirect(`/login?problem=${departed.failed}`, 303)
      giveTrip(app, req, reply, departed.trip)
      return reply.redirect(departed.url, 303)
    },
  )

  app.get(
    '/auth/:provider/callback',
    { schema: { hide: true, params: ProviderParams }, config: { may: may.logIn, limit: 'logins' } },
    async (req, reply) => {
      const { config } = req.ctx
      const kept = ownCookie(config, TRIP_COOKIE)
      const back = await journey.comeBack(req.ctx, req.params.provider, {
        search: new URL(req.url, config.baseUrl).search,
        trip: app.parseCookie(req.headers.cookie ?? '')[kept.name] ?? '',
        userAgent: req.headers['user-agent'] ?? '',
      })
      const cookies = [app.serializeCookie(kept.name, '', { ...kept.options, expires: new Date(0) })]
      if ('session' in back) {
        const { name, options } = sessionCookie(config)
        cookies.push(app.serializeCookie(name, back.session, { ...options, maxAge: SESSION_SECONDS }))
      }
      if ('challenge' in back) {
        const { name, options } = ownCookie(config, CHALLENGE_COOKIE)
        cookies.push(app.serializeCookie(name, back.challenge, { ...options, maxAge: back.expiresIn }))
      }
      return reply.header('set-cookie', cookies).redirect(landing(back), 303)
    },
  )
}

/** Where the browser ends up: `problem` and `step` are for the page to word. */
function landing(back: journey.Return): string {
  const { next } = back
  if ('failed' in back) {
    if (back.linking) return `/account?problem=${back.failed}`
    return `/login?problem=${back.failed}${next === '/' ? '' : `&next=${encodeURIComponent(next)}`}`
  }
  return 'challenge' in back ? `/login?step=code&next=${encodeURIComponent(next)}` : next
}

/** The browser carries what we have to know when it comes back. */
function giveTrip(app: App, { ctx }: FastifyRequest, reply: FastifyReply, trip: string): void {
  const { name, options } = ownCookie(ctx.config, TRIP_COOKIE)
  reply.header('set-cookie', app.serializeCookie(name, trip, { ...options, maxAge: journey.TRIP_SECONDS }))
}
