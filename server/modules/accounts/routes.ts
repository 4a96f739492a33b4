import type {} from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { signedIn, type App } from '#http/app'
import { rememberAnswer } from '#http/idempotency'
import { Fields, Uuid } from '#http/wire'
import { NotFound, Unavailable } from '#kernel/problem'
import * as accounts from './accounts.ts'
import { refuseOtherSites } from './authenticate.ts'
import { may } from './policy.ts'
import { AdminStays, BadCredentials, CrossSite, EmailTaken, InvalidToken, UsernameTaken } from './problems.ts'
import * as sessions from './sessions.ts'
import { sessionCookie } from './tokens.ts'
import { Account, Credentials, LogIn, NewAccount, present, RefreshToken, RoleGrant, Tokens } from './wire.ts'

// What opens a session does not say `creates`: its answer is a secret, which is not kept for an Idempotency-Key.

export function accountRoutes(app: App): void {
  app.post(
    '/accounts',
    {
      schema: {
        tags: ['accounts'],
        summary: 'Sign up',
        description: 'Opens an account. It is not logged in yet.',
        body: NewAccount,
        response: { 201: Account },
      },
      config: {
        may: may.signUp,
        limit: 'logins',
        creates: 'keeps its own answer',
        refuses: [UsernameTaken, EmailTaken, Unavailable],
      },
    },
    (req, reply) =>
      rememberAnswer(req, reply, {
        prepare: () => accounts.applySignUp(req.ctx, req.body), // hashes, which no transaction waits for
        async effect(applicant) {
          const account = await accounts.openAccount(req.ctx, applicant)
          reply.code(201)
          return present(account)
        },
      }),
  )

  app.get(
    '/me',
    {
      schema: { tags: ['accounts'], summary: 'The account that is logged in', response: { 200: Account } },
      config: { may: may.seeMe },
      onSend: keptByNobody,
    },
    async (req) => present(await accounts.findAccount(req.ctx, signedIn(req).accountId)),
  )

  app.put(
    '/accounts/:accountId/role',
    {
      schema: {
        tags: ['accounts'],
        summary: 'Make somebody an organizer, or an attendee again',
        params: Fields({ accountId: Uuid }),
        body: RoleGrant,
        response: { 200: Account },
      },
      config: { may: may.grantRole, refuses: [NotFound, AdminStays] },
    },
    async (req) => present(await accounts.grantRole(req.ctx, req.params.accountId, req.body.role)),
  )

  app.post(
    '/sessions',
    {
      schema: {
        tags: ['sessions'],
        summary: 'Log in as a program',
        description:
          'Gives an access token for an hour and a refresh token that is exchanged for the next pair, for a week.',
        body: Credentials,
        response: { 201: LogIn },
      },
      config: { may: may.logIn, limit: 'logins', refuses: [BadCredentials, Unavailable] },
      onSend: keptByNobody,
    },
    async (req, reply) => {
      const { account, ...tokens } = await sessions.logIn(req.ctx, {
        ...req.body,
        kind: 'rotating',
        userAgent: req.headers['user-agent'],
      })
      reply.code(201)
      return { ...tokens, account: present(account) }
    },
  )

  app.post(
    '/session-refreshes',
    {
      schema: {
        tags: ['sessions'],
        summary: 'Exchange a refresh token for new tokens',
        description:
          'Each is good once, and for ten seconds more in case the answer was lost. Coming later with a used one ends the session.',
        body: RefreshToken,
        response: { 201: Tokens },
      },
      config: { may: may.refresh, refuses: [InvalidToken] },
      onSend: keptByNobody,
    },
    async (req, reply) => {
      const tokens = await sessions.refresh(req.ctx, req.body.refreshToken)
      reply.code(201)
      return tokens
    },
  )

  app.post(
    '/web-sessions',
    {
      schema: {
        tags: ['sessions'],
        summary: 'Log in as a browser',
        description: 'Sets the session cookie, which lives for a week and which no script can read.',
        body: Credentials,
        response: { 201: Account },
      },
      config: { may: may.logIn, limit: 'logins', refuses: [BadCredentials, CrossSite, Unavailable] },
      onSend: keptByNobody,
      preHandler: fromOurPages,
    },
    async (req, reply) => {
      const { account, cookie } = await sessions.logIn(req.ctx, {
        ...req.body,
        kind: 'web',
        userAgent: req.headers['user-agent'],
      })
      const { name, options } = sessionCookie(req.ctx.config)
      reply.setCookie(name, cookie, { ...options, maxAge: sessions.SESSION_SECONDS }).code(201)
      return present(account)
    },
  )

  app.delete(
    '/sessions/current',
    {
      schema: {
        tags: ['sessions'],
        summary: 'Log out',
        description: 'Ends the session of the token or cookie that comes with the request, and with it all its tokens.',
        response: { 204: Type.Null() },
      },
      config: { may: may.logOut },
    },
    async (req, reply) => {
      await sessions.logOut(req.ctx, signedIn(req).sessionId)
      const { name, options } = sessionCookie(req.ctx.config)
      reply.clearCookie(name, options).code(204)
      return null
    },
  )
}

async function fromOurPages(req: FastifyRequest): Promise<void> {
  const { origin, host, 'sec-fetch-site': secFetchSite } = req.headers
  refuseOtherSites(req.ctx, { origin, host, secFetchSite: secFetchSite?.toString() })
}

/** Whatever stands between us and the caller makes no copy of who they are or what they log in with. */
async function keptByNobody(_req: FastifyRequest, reply: FastifyReply): Promise<void> {
  reply.header('cache-control', 'no-store')
}
