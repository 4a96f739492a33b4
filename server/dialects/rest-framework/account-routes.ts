import { Type, type Static } from 'typebox'
import type { FastifyRequest } from 'fastify'
import * as accounts from '#accounts'
import { askEmailChange } from '#accounts/addresses/email-change'
import { changePassword } from '#accounts/new-password/new-password'
import { faultOfEmail, readEmail } from '#accounts/identity'
import { may } from '#accounts/policy'
import {
  BadCredentials,
  InvalidToken,
  ProofRequired,
  SecondFactorRequired,
  UsernameTaken,
  WrongPassword,
} from '#accounts/problems'
import { changeProfile } from '#accounts/profile/profile'
import { demandRecentProof } from '#accounts/proof'
import * as sessions from '#accounts/sessions'
import { wordsFor } from '#dialects/dialect'
import { signedIn, type App } from '#http/app'
import { addressOf } from '#http/limits'
import type { Ctx } from '#kernel/ctx'
import { invalid, Refusal, Unavailable } from '#kernel/problem'
import { comparable } from '#kernel/text'
import * as pictures from '#pictures'
import { presentPicture } from '#pictures/wire'
import { restFramework } from './rest-framework.ts'
import { Anything, demandFields, Detail, Whole, Words } from './wire.ts'

const names = { first_name: Type.String(), last_name: Type.String() }
const Named = Type.Object({ username: Type.String(), email: Type.String(), ...names })
const Member = Type.Object({ id: Type.Integer(), ...Named.properties })
const Newcomer = Type.Object({ ...Named.properties, id: Type.Integer(), is_organizer: Type.Boolean() })
const Profile = Type.Object({
  ...Newcomer.properties,
  bio: Type.String(),
  profile_picture: Type.Union([Type.String(), Type.Null()]),
})

const SignUp = Type.Object(
  {
    username: Words(1_000),
    email: Words(1_000),
    password: Words(1_000),
    password2: Words(1_000),
    first_name: Words(1_000),
    last_name: Words(1_000),
    is_organizer: Type.Optional(Type.Union([Type.Boolean(), Whole, Type.String({ maxLength: 10 })])),
    accepts_terms: Words(100),
  },
  Anything,
)
const Credentials = Type.Object({ username: Words(320), password: Words(1_000) }, Anything)

/** Signing up, logging in, and what belongs to oneself. */
export function accountRoutes(app: App): void {
  const signUp = { may: may.signUp, limit: 'logins', refuses: [UsernameTaken, Unavailable] } as const

  app.post(
    '/api/auth/register/',
    { config: signUp, schema: { summary: 'Sign up', body: SignUp, response: { 201: Named } } },
    async (req, reply) => {
      demandFields(req.body, 'username', 'email', 'password', 'password2')
      const applicant = await apply(req.ctx, req.body)
      reply.code(201)
      return named(await accounts.openOrPretend(req.ctx, applicant))
    },
  )

  app.post(
    '/api/register/',
    { config: signUp, schema: { summary: 'Sign up, also as an organizer', body: SignUp, response: { 201: Newcomer } } },
    async (req, reply) => {
      demandFields(req.body, 'username', 'email', 'password')
      const applicant = await apply(req.ctx, { ...req.body, password2: req.body.password })
      reply.code(201)
      return newcomer(await accounts.openOrPretend(req.ctx, applicant))
    },
  )

  for (const url of ['/api/auth/login/', '/api/login/'])
    app.post(
      url,
      {
        config: { may: may.logIn, limit: 'logins', refuses: [BadCredentials, SecondFactorRequired, Unavailable] },
        schema: {
          summary: 'Log in',
          description: 'An access token for an hour, and a refresh token for a week, which stays the same.',
          body: Credentials,
          response: { 200: Type.Object({ access: Type.String(), refresh: Type.String(), user: Member }) },
        },
      },
      async (req) => {
        demandFields(req.body, 'username', 'password')
        const { username, password } = req.body
        const userAgent = req.headers['user-agent']
        const from = addressOf(req.ip)
        const entry = await sessions.logIn(req.ctx, { username, password, kind: 'keeping', userAgent, from })
        return { access: entry.accessToken, refresh: entry.refreshToken, user: member(entry.account) }
      },
    )

  for (const url of ['/api/auth/token/refresh/', '/api/auth/refresh/'])
    app.post(
      url,
      {
        config: { may: may.refresh, refuses: [InvalidToken] },
        schema: {
          summary: 'Have another access token',
          body: Type.Object({ refresh: Words(500) }, Anything),
          response: {
            200: Type.Object({
              access: Type.String(),
              refresh: Type.Optional(
                Type.String({ description: 'The next, where the token is good once: of a log-in elsewhere.' }),
              ),
            }),
          },
        },
      },
      async (req) => {
        demandFields(req.body, 'refresh')
        const { accessToken: access, refreshToken: refresh } = await sessions.refresh(req.ctx, req.body.refresh)
        return refresh === req.body.refresh ? { access } : { access, refresh }
      },
    )

  app.post(
    '/api/auth/logout/',
    {
      config: { may: may.logOut },
      schema: { summary: 'Log out: both tokens end', body: Type.Object({}, Anything), response: { 200: Detail } },
    },
    async (req) => {
      await sessions.logOut(req.ctx, signedIn(req).sessionId)
      return { detail: 'Successfully logged out.' }
    },
  )

  app.get(
    '/api/auth/profile/',
    { config: { may: may.seeMe }, schema: { summary: 'Who I am', response: { 200: Member } } },
    async (req) => member(await accounts.findAccount(req.ctx, signedIn(req).accountId)),
  )

  app.post(
    '/api/auth/change-password/',
    {
      config: { may: may.changeMe, limit: 'logins', refuses: [WrongPassword, Unavailable] },
      schema: {
        summary: 'Change the password',
        description: 'All other sessions end.',
        body: Type.Object({ old_password: Words(1_000), new_password: Words(1_000) }, Anything),
        response: { 200: Detail },
      },
    },
    async (req) => {
      demandFields(req.body, 'old_password', 'new_password')
      const { old_password: oldPassword, new_password: newPassword } = req.body
      await changePassword(req.ctx, signedIn(req), { oldPassword, newPassword })
      return { detail: 'Password updated successfully' }
    },
  )

  profileRoutes(app)
}

/** Changing what others know of oneself, in the forms of both. */
function profileRoutes(app: App): void {
  for (const method of ['PUT', 'PATCH'] as const)
    app.route({
      method,
      url: '/api/auth/profile/update/',
      config: { may: may.changeMe, limit: 'logins', refuses: [UsernameTaken, ProofRequired] },
      schema: {
        summary: method === 'PUT' ? 'Change who I am' : 'Change some of who I am',
        description: 'Another address is answered at once, and counts when the link that is mailed there is followed.',
        body: Type.Object(
          { username: Words(1_000), email: Words(1_000), first_name: Words(1_000), last_name: Words(1_000) },
          Anything,
        ),
        response: { 200: Named },
      },
      handler: async (req) => {
        const { accountId } = signedIn(req)
        const { email } = req.body
        if (method === 'PUT') demandFields(req.body, 'username')
        const before = await accounts.findAccount(req.ctx, accountId)
        const isAnother = Boolean(email?.trim()) && comparable(email!) !== comparable(before.email)
        if (isAnother) {
          const fault = faultOfEmail(readEmail(email!))
          if (fault) throw invalid({ '/email': fault })
          await demandRecentProof(req.ctx) // first, so that all is refused or none
        }
        const after = await changeProfile(req.ctx, accountId, fieldsOf(req.body))
        if (isAnother) await askEmailChange(req.ctx, accountId, email!)
        return { ...named(after), ...(isAnother ? { email: email!.trim() } : {}) }
      },
    })

  app.get(
    '/api/users/profile/',
    { config: { may: may.seeMe }, schema: { summary: 'My profile', response: { 200: Profile } } },
    async (req) => show(req, await accounts.findAccount(req.ctx, signedIn(req).accountId)),
  )

  for (const method of ['PUT', 'PATCH'] as const)
    app.route({
      method,
      url: '/api/users/profile/',
      config: { may: may.changeMe, refuses: [UsernameTaken] },
      schema: {
        summary: method === 'PUT' ? 'Change my profile' : 'Change some of my profile',
        description: 'A picture is uploaded at /api/v1/me/picture; here it can be taken away.',
        body: Type.Object(
          { bio: Words(10_000), profile_picture: Words(2_000), first_name: Words(1_000), last_name: Words(1_000) },
          Anything,
        ),
        response: { 200: Profile },
      },
      handler: async (req) => {
        const { accountId } = signedIn(req)
        const { profile_picture: picture, ...body } = req.body
        if (picture && picture !== (await pictureOf(req, accountId)))
          throw invalid({ '/profile_picture': 'Upload the picture at /api/v1/me/picture.' })
        const after = await changeProfile(req.ctx, accountId, fieldsOf(body))
        if (picture === null || picture === '') await pictures.removeMine(req.ctx)
        return show(req, after)
      },
    })
}

/** Both that the name is taken and that the passwords differ are told at once, as it is documented. */
async function apply(ctx: Ctx, body: Static<typeof SignUp>): Promise<accounts.Applicant> {
  const { password, password2, is_organizer: organizer } = body
  const applying = accounts.applySignUp(ctx, {
    username: body.username!,
    email: body.email!,
    password: password!,
    firstName: body.first_name ?? '',
    lastName: body.last_name ?? '',
    organizer: ['true', '1'].includes(String(organizer).toLowerCase()),
    ...(body.accepts_terms ? { acceptsTerms: body.accepts_terms } : {}),
  })
  if (password === password2) return applying
  const besides = await applying.then(() => ({}), faultsIn)
  throw invalid({ ...besides, '/password': "Password fields didn't match." })
}

/** What else a sign-up was refused for, by field. */
function faultsIn(error: unknown): Record<string, string> {
  if (!(error instanceof Refusal)) throw error
  if (error.type === UsernameTaken) return { '/username': wordsFor(restFramework, error) }
  const { errors = [] } = error.extensions as { errors?: { pointer: string; detail: string }[] }
  return Object.fromEntries(errors.map(({ pointer, detail }) => [pointer, detail]))
}

type Changes = { username?: string | null; first_name?: string | null; last_name?: string | null; bio?: string | null }

function fieldsOf({ username, first_name: firstName, last_name: lastName, bio }: Changes) {
  return {
    ...(username == null ? {} : { username }),
    ...(firstName == null ? {} : { firstName }),
    ...(lastName == null ? {} : { lastName }),
    ...(bio === undefined ? {} : { bio: bio ?? '' }),
  }
}

function named({ username, email, first_name, last_name }: accounts.Account): Static<typeof Named> {
  return { username, email, first_name, last_name }
}

function member(account: accounts.Account): Static<typeof Member> {
  return { id: account.number, ...named(account) }
}

function newcomer(account: accounts.Account): Static<typeof Newcomer> {
  return { ...member(account), is_organizer: account.role !== 'attendee' }
}

async function show(req: FastifyRequest, account: accounts.Account): Promise<Static<typeof Profile>> {
  return { ...newcomer(account), bio: account.bio, profile_picture: await pictureOf(req, account.id) }
}

async function pictureOf({ ctx }: FastifyRequest, accountId: string): Promise<string | null> {
  const picture = await pictures.pictureOf(ctx, accountId)
  return picture && `${ctx.config.baseUrl}${presentPicture(picture).jpeg}`
}
