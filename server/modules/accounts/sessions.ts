import { sql } from 'kysely'
import { transaction, type Actor, type Ctx, type Role, type Tx } from '#kernel/ctx'
import { record, unseenByOthers } from '#kernel/facts'
import { newId } from '#kernel/ids'
import { permits } from '#kernel/policy'
import { NotFound } from '#kernel/problem'
import { comparable } from '#kernel/text'
import { accountColumns, findAccount, type Account } from './accounts.ts'
import { admitAttempt, rememberPlace } from './guessing.ts'
import { findLiveSession, forgetSession } from './live-sessions.ts'
import { verifyPassword } from './passwords.ts'
import { may } from './policy.ts'
import { BadCredentials, InvalidChallenge, InvalidToken, SecondFactorRequired, WrongCode } from './problems.ts'
import {
  readAccessToken,
  readRefreshToken,
  readSessionCookie,
  signAccessToken,
  signRefreshToken,
  signSessionCookie,
} from './tokens.ts'
import type { RefreshClaim } from './tokens.ts'
import {
  closeChallenge,
  markOf,
  meetChallenge,
  openChallenge,
  type Challenged,
  type FirstProof,
} from './two-factor/challenges.ts'
import { isOn, useCode } from './two-factor/second-factor.ts'

declare module '#kernel/facts' {
  interface Facts {
    'session.opened': { sessionId: string; accountId: string }
    'session.ended': { sessionId: string; accountId: string }
    'session.reuse-detected': { sessionId: string; accountId: string }
  }
}
unseenByOthers('session.opened', 'session.ended', 'session.reuse-detected')

/**
 * How a session goes on: `rotating` gives a new refresh token each time, `keeping` the same one again,
 * `web` is a browser's cookie. All end a week after the log-in.
 */
export type SessionKind = 'rotating' | 'keeping' | 'web'

/** A username or e-mail address, the password, what the person logs in with, and their address as one household has it. */
export type Credentials = { username: string; password: string; userAgent?: string; from?: string }

/** What a program carries. `expiresIn` is the access token's life in seconds. */
export type Tokens = { accessToken: string; refreshToken: string; expiresIn: number }

type Session = { id: string; account_id: string; generation: number; expires_at: Date }

const ACCESS_TOKEN_MS = 60 * 60 * 1_000
const LIFE = sql`interval '7 days'`
/** The same, for the cookie. */
export const SESSION_SECONDS = 7 * 24 * 60 * 60
/** Requests that went out together come back with the same successor; whoever comes later with a used token is a thief or was robbed. */
const GRACE = sql`interval '10 seconds'`

/** What somebody has who is in: the cookie for a browser, tokens for a program. */
export type LoggedIn<K extends SessionKind> = { account: Account } & (K extends 'web' ? { cookie: string } : Tokens)

/**
 * Opens a session, or where two-factor is on, asks for a code first. One refusal, BadCredentials, and the same time for
 * an unknown name, a suspended account and a wrong password. Throws TooManyRequests when the account is being guessed
 * at, before the password is looked at.
 */
export async function beginLogIn<K extends SessionKind>(
  ctx: Ctx,
  { kind, userAgent = '', ...credentials }: Credentials & { kind: K },
): Promise<LoggedIn<K> | Challenged> {
  await admitAttempt(ctx, credentials)
  const { password_hash: passwordHash, ...account } = await recognise(ctx, credentials)
  const entry = await transaction(ctx, async (tx) => {
    const entry = await letIn(tx, { accountId: account.id, kind, userAgent, by: { passwordHash } })
    if (entry && !('challenge' in entry)) await rememberPlace(tx, account.id, credentials.from)
    return entry
  })
  if (!entry) throw BadCredentials()
  return 'challenge' in entry ? entry : carried(ctx, kind, { account, session: entry })
}

/** The same for who cannot ask for a code: SecondFactorRequired where one is wanted. */
export async function logIn<K extends SessionKind>(
  ctx: Ctx,
  credentials: Credentials & { kind: K },
): Promise<LoggedIn<K>> {
  const entry = await beginLogIn(ctx, credentials)
  if ('challenge' in entry) throw SecondFactorRequired(undefined, entry)
  return entry
}

/** Logs in whom a provider vouches for, as a browser; where two-factor is on, a code is wanted all the same. */
export async function logInByIdentity(
  tx: Tx,
  given: { accountId: string; identityId: string; userAgent: string },
): Promise<{ cookie: string } | Challenged> {
  const { accountId, identityId, userAgent } = given
  const entry = await letIn(tx, { accountId, kind: 'web', userAgent, by: { identityId } })
  if (!entry) throw BadCredentials()
  return 'challenge' in entry ? entry : { cookie: signSessionCookie(tx.config, entry.id) }
}

/** Opens the session that a challenge stands before, for a code of the app or a recovery code, each of which works once. */
export async function finishLogIn<K extends SessionKind>(
  ctx: Ctx,
  { challenge, code, kinds, from }: { challenge: string; code: string; kinds: readonly K[]; from?: string },
): Promise<LoggedIn<K>> {
  const met = await meetChallenge(ctx, challenge, kinds)
  const { accountId, sealed } = met
  return transaction(ctx, async (tx) => {
    const [held] = await holdAccount(
      tx,
      accountId,
      sql`
      ${met.passwordMark}::text is null or ${markOf(sql`password_hash`)} = ${met.passwordMark}::text`,
    )
    if (!held) throw InvalidChallenge()
    if (!(await useCode(tx, { accountId, sealed, typed: code }))) throw WrongCode()
    if (!(await closeChallenge(tx, met.id))) throw InvalidChallenge()
    const session = await openSession(tx, met)
    await rememberPlace(tx, accountId, from)
    return carried(tx, met.kind as K, { account: await findAccount(tx, accountId), session })
  })
}

/** Gives new tokens for a refresh token. A used one ends the session, for it is in two hands. InvalidToken whatever the reason. */
export async function refresh(ctx: Ctx, refreshToken: string): Promise<Tokens> {
  const claim = readRefreshToken(ctx.config, refreshToken)
  if (!claim) throw InvalidToken()
  const session = (await rotate(ctx, claim)) ?? (await findAgain(ctx, claim))
  if (session) return tokensOf(ctx, session)
  await endIfReused(ctx, claim) // committed before the refusal is thrown
  throw InvalidToken()
}

/** Ends the session: its tokens and its cookie are good for nothing from now on. Twice is not an error. */
export async function logOut(ctx: Ctx | Tx, sessionId: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    const session = await tx.db
      .selectFrom('sessions')
      .select('account_id')
      .where('id', '=', sessionId)
      .executeTakeFirst()
    const accountId = session?.account_id
    if (!accountId || !permits(may.logOut, tx.actor, { accountId })) throw NotFound()
    const { numUpdatedRows } = await tx.db
      .updateTable('sessions')
      .set({ revoked_at: sql`app_now()` })
      .where('id', '=', sessionId)
      .where('revoked_at', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows > 0n) await record(tx, 'session.ended', { sessionId, accountId })
  })
  forgetSession(ctx, sessionId)
}

/** On whose behalf the bearer of an access token, or the browser with the cookie, acts; undefined when it is good for nothing. */
export async function actorOf(
  ctx: Ctx,
  credential: { bearer: string } | { cookie: string },
): Promise<Actor | undefined> {
  if ('cookie' in credential) {
    const sessionId = readSessionCookie(ctx.config, credential.cookie)
    const session = sessionId && (await findLiveSession(ctx, sessionId))
    if (!session || session.kind !== 'web' || session.expiresAt <= ctx.now()) return undefined
    return { kind: 'account', id: session.accountId, role: session.role, sessionId }
  }
  const claim = readAccessToken(ctx.config, credential.bearer, ctx.now())
  const session = claim && (await findLiveSession(ctx, claim.sessionId))
  if (!session || session.kind === 'web' || session.accountId !== claim.accountId || session.expiresAt <= ctx.now())
    return undefined
  return { kind: 'account', id: session.accountId, role: session.role, sessionId: claim.sessionId }
}

/** The account that the credentials are for. */
async function recognise(ctx: Ctx, { username, password }: Credentials): Promise<Account & { password_hash: string }> {
  const key = comparable(username)
  const found = key.includes('\0') // which the database refuses to read
    ? undefined
    : await ctx.db
        .selectFrom('accounts')
        .select([...accountColumns, 'password_hash'])
        .where((where) => where.or([where('email_key', '=', key), where('username_key', '=', key)]))
        .orderBy(sql`email_key = ${key}`, 'desc') // whoever chose another's address for a username does not get their log-ins
        .$narrowType<{ role: Role }>()
        .executeTakeFirst()
  const right = await verifyPassword(found?.password_hash ?? undefined, password)
  if (!found?.password_hash || !right || found.suspended_at) throw BadCredentials()
  return { ...found, password_hash: found.password_hash }
}

/** The one door behind a first proof; undefined when the account was suspended, or its password changed, meanwhile. */
async function letIn(
  tx: Tx,
  given: { accountId: string; kind: SessionKind; userAgent: string; by: FirstProof },
): Promise<Session | Challenged | undefined> {
  const { accountId, by } = given
  const [held] = await holdAccount(
    tx,
    accountId,
    'passwordHash' in by ? sql`password_hash = ${by.passwordHash}` : sql`true`,
  )
  if (!held) return undefined
  const userAgent = given.userAgent.slice(0, 300)
  if (await isOn(tx, accountId)) return openChallenge(tx, { ...given, userAgent })
  return openSession(tx, { ...given, userAgent })
}

/**
 * A lock that makes a change of password or of two-factor, which end all sessions, either see the one that is about to
 * be opened or be seen by who opens it.
 */
async function holdAccount(tx: Tx, accountId: string, still: ReturnType<typeof sql>): Promise<object[]> {
  const { rows } = await sql<object>`
    select id from accounts where id = ${accountId} and suspended_at is null and (${still}) for share`.execute(tx.db)
  return rows
}

async function openSession(
  tx: Tx,
  { accountId, kind, userAgent }: { accountId: string; kind: SessionKind; userAgent: string },
): Promise<Session> {
  const { rows } = await sql<Session>`
    insert into sessions (id, account_id, kind, expires_at, user_agent)
    values (${newId()}, ${accountId}, ${kind}, app_now() + ${LIFE}, ${userAgent.slice(0, 300)})
    returning id, account_id, generation, expires_at`.execute(tx.db)
  const [session] = rows
  await record(tx, 'session.opened', { sessionId: session!.id, accountId })
  return session!
}

/** The session as who has it carries it. */
function carried<K extends SessionKind>(
  ctx: Ctx | Tx,
  kind: K,
  { account, session }: { account: Account; session: Session },
): LoggedIn<K> {
  const carries = kind === 'web' ? { cookie: signSessionCookie(ctx.config, session.id) } : tokensOf(ctx, session)
  return { account, ...carries } as unknown as LoggedIn<K>
}

/** Moves a rotating session on to the next generation; of many with the same token exactly one does. */
async function rotate(ctx: Ctx, { sessionId, generation }: RefreshClaim): Promise<Session | undefined> {
  return ctx.db
    .updateTable('sessions')
    .from('accounts')
    .set({ generation: sql`generation + 1`, rotated_at: sql`app_now()` })
    .whereRef('accounts.id', '=', 'sessions.account_id')
    .where('accounts.suspended_at', 'is', null)
    .where('sessions.id', '=', sessionId)
    .where('kind', '=', 'rotating')
    .where('generation', '=', generation)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', sql<Date>`app_now()`)
    .returning(['sessions.id', 'account_id', 'generation', 'expires_at'])
    .executeTakeFirst()
}

/** The session of a token that may come again: one that is kept, or one that was used a moment ago. */
async function findAgain(ctx: Ctx, { sessionId, generation }: RefreshClaim): Promise<Session | undefined> {
  return ctx.db
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'account_id')
    .select(['sessions.id', 'account_id', 'generation', 'expires_at'])
    .where('accounts.suspended_at', 'is', null)
    .where('sessions.id', '=', sessionId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', sql<Date>`app_now()`)
    .where(
      sql<boolean>`(kind = 'keeping' and generation = ${generation}
      or kind = 'rotating' and generation = ${generation} + 1 and rotated_at > app_now() - ${GRACE})`,
    )
    .executeTakeFirst()
}

async function endIfReused(ctx: Ctx, { sessionId, generation }: RefreshClaim): Promise<void> {
  await transaction(ctx, async (tx) => {
    const ended = await tx.db
      .updateTable('sessions')
      .set({ revoked_at: sql`app_now()` })
      .where('id', '=', sessionId)
      .where('kind', '=', 'rotating')
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', sql<Date>`app_now()`)
      .where(
        sql<boolean>`(generation > ${generation} + 1 or generation = ${generation} + 1 and rotated_at <= app_now() - ${GRACE})`,
      )
      .returning('account_id')
      .executeTakeFirst()
    if (!ended) return
    await record(tx, 'session.reuse-detected', { sessionId, accountId: ended.account_id })
    await record(tx, 'session.ended', { sessionId, accountId: ended.account_id })
  })
  forgetSession(ctx, sessionId)
}

/** The tokens of the session as it stands. The access token does not outlive it. */
function tokensOf(ctx: Ctx | Tx, session: Session): Tokens {
  const issuedAt = ctx.now()
  const expiresAt = new Date(Math.min(issuedAt.getTime() + ACCESS_TOKEN_MS, session.expires_at.getTime()))
  return {
    accessToken: signAccessToken(
      ctx.config,
      { accountId: session.account_id, sessionId: session.id },
      { issuedAt, expiresAt },
    ),
    refreshToken: signRefreshToken(ctx.config, { sessionId: session.id, generation: session.generation }),
    expiresIn: Math.floor((expiresAt.getTime() - issuedAt.getTime()) / 1_000),
  }
}
