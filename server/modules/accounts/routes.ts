import type {} from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Config } from '#config'
import { signedIn, type App } from '#http/app'
import { rememberAnswer } from '#http/idempotency'
import { addressOf } from '#http/limits'
import { Fields, Uuid } from '#http/wire'
import { NotFound, Unavailable } from '#kernel/problem'
import { pictureOf } from '#pictures'
import * as accounts from './accounts.ts'
import { refuseOtherSites } from './authenticate.ts'
import { may } from './policy.ts'
import {
  AdminStays,
  BadCredentials,
  CrossSite,
  InvalidChallenge,
  InvalidToken,
  TooManyTries,
  UsernameTaken,
  WrongCode,
} from './problems.ts'
import * as sessions from './sessions.ts'
import { termsToAccept } from './terms.ts'
import { CHALLENGE_COOKIE, ownCookie, sessionCookie } from './tokens.ts'
import { Answer, Challenge, WebAnswer } from './two-factor/wire.ts'
import { Account, Credentials, LogIn, NewAccount, present, RefreshToken, RoleGrant, Tokens } from './wire.ts'

// What opens a session does not say `creates`: its answer is a secret, which is not kept for an Idempotency-Key.

export function accountRoutes(app: App): void {
  app.post(
    '/accounts',
    {
      schema: {
        tags: ['accounts'],
        summary: 'Sign up',
        description:
          'Opens an account, which is not logged in yet. With an address that has one already the answer is the same, nothing is opened, and its owner gets a mail.',
        body: NewAccount,
        response: { 201: Account },
      },
      config: {
        may: may.signUp,
        limit: 'logins',
        creates: 'keeps its own answer',
        refuses: [UsernameTaken, Unavailable],
      },
    },
    (req, reply) =>
      rememberAnswer(req, reply, {
        prepare: () => accounts.applySignUp(req.ctx, req.body), // hashes, which no transaction waits for
        async effect(applicant) {
          const account = await accounts.openOrPretend(req.ctx, applicant)
          reply.code(201)
          return present(account, null, null) // it has nothing yet, whether there is one or not
        },
      }),
  )

  app.get(
    '/me',
    {
      schema: { tags: ['accounts'], summary: 'The account that is logged in', response: { 200: Account } },
      config: { may: may.seeMe, scope: 'account:read' },
      onSend: keptByNobody,
    },
    async (req) => show(req, await accounts.findAccount(req.ctx, signedIn(req).accountId)),
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
    async (req) => show(req, await accounts.grantRole(req.ctx, req.params.accountId, req.body.role)),
  )

  app.post(
    '/sessions',
    {
      schema: {
        tags: ['sessions'],
        summary: 'Log in as a program',
        description:
          'Gives an access token for an hour and a refresh token that is exchanged for the next pair, for a week. Where two-factor is on, 202 and a challenge, to be met at /session-completions.',
        body: Credentials,
        response: { 201: LogIn, 202: Challenge },
      },
      config: { may: may.logIn, limit: 'logins', refuses: [BadCredentials, Unavailable] },
      onSend: keptByNobody,
    },
    async (req, reply) => {
      const userAgent = req.headers['user-agent']
      const entry = await sessions.beginLogIn(req.ctx, {
        ...req.body,
        kind: 'rotating',
        userAgent,
        from: addressOf(req.ip),
      })
      reply.code('challenge' in entry ? 202 : 201)
      return 'challenge' in entry ? entry : showLogIn(req, entry)
    },
  )

  app.post(
    '/session-completions',
    {
      schema: {
        tags: ['sessions'],
        summary: 'Finish logging in as a program',
        description: 'Meets the challenge of a log-in with a code of the app, or a recovery code. Five tries.',
        body: Answer,
        response: { 201: LogIn },
      },
      config: { may: may.logIn, limit: 'logins', refuses: [InvalidChallenge, WrongCode, TooManyTries] },
      onSend: keptByNobody,
    },
    async (req, reply) => {
      const entry = await sessions.finishLogIn(req.ctx, { ...req.body, kinds: ['rotating'], from: addressOf(req.ip) })
      reply.code(201)
      return showLogIn(req, entry)
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
        description:
          'Sets the session cookie, which lives for a week and which no script can read. Where two-factor is on, 202 and a challenge, to be met at /web-session-completions.',
        body: Credentials,
        response: { 201: Account, 202: Challenge },
      },
      config: { may: may.logIn, limit: 'logins', refuses: [BadCredentials, CrossSite, Unavailable] },
      onSend: keptByNobody,
      preHandler: fromOurPages,
    },
    async (req, reply) => {
      const userAgent = req.headers['user-agent']
      const entry = await sessions.beginLogIn(req.ctx, { ...req.body, kind: 'web', userAgent, from: addressOf(req.ip) })
      if ('challenge' in entry) {
        reply.code(202)
        return entry
      }
      reply.header('set-cookie', sessionSetCookie(app, req.ctx.config, entry.cookie)).code(201)
      return show(req, entry.account)
    },
  )

  app.post(
    '/web-session-completions',
    {
      schema: {
        tags: ['sessions'],
        summary: 'Finish logging in as a browser',
        description: 'The same for a browser: sets the session cookie.',
        body: WebAnswer,
        response: { 201: Account },
      },
      config: {
        may: may.logIn,
        limit: 'logins',
        refuses: [InvalidChallenge, WrongCode, TooManyTries, CrossSite],
      },
      onSend: keptByNobody,
      preHandler: fromOurPages,
    },
    async (req, reply) => {
      const kept = ownCookie(req.ctx.config, CHALLENGE_COOKIE)
      const { code, challenge = app.parseCookie(req.headers.cookie ?? '')[kept.name] ?? '' } = req.body
      const { account, cookie } = await sessions.finishLogIn(req.ctx, {
        challenge,
        code,
        kinds: ['web'],
        from: addressOf(req.ip),
      })
      reply
        .header('set-cookie', [
          sessionSetCookie(app, req.ctx.config, cookie),
          app.serializeCookie(kept.name, '', { ...kept.options, expires: new Date(0) }),
        ])
        .code(201)
      return show(req, account)
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
      reply.header('set-cookie', app.serializeCookie(name, '', { ...options, expires: new Date(0) })).code(204)
      return null
    },
  )
}

async function showLogIn(req: FastifyRequest, { account, ...tokens }: sessions.LoggedIn<'rotating'>) {
  return { ...tokens, account: await show(req, account) }
}

/** An account as its owner and admins see it, with what belongs to it. */
export async function show(req: FastifyRequest, account: accounts.Account) {
  return present(account, await pictureOf(req.ctx, account.id), await termsToAccept(req.ctx, account.id))
}

/** What tells a browser of its session. */
function sessionSetCookie(app: App, config: Config, cookie: string): string {
  const { name, options } = sessionCookie(config)
  return app.serializeCookie(name, cookie, { ...options, maxAge: sessions.SESSION_SECONDS })
}

async function fromOurPages(req: FastifyRequest): Promise<void> {
  const { origin, host, 'sec-fetch-site': secFetchSite } = req.headers
  refuseOtherSites(req.ctx, { origin, host, secFetchSite: secFetchSite?.toString() })
}

/** Whatever stands between us and the caller makes no copy of who they are or what they log in with. */
async function keptByNobody(_req: FastifyRequest, reply: FastifyReply): Promise<void> {
  reply.header('cache-control', 'no-store')
}
