import { sql } from 'kysely'
import { transaction, type Actor, type Ctx, type Role, type Tx } from '#kernel/ctx'
import { record, unseenByOthers } from '#kernel/facts'
import { newId } from '#kernel/ids'
import { permits } from '#kernel/policy'
import { NotFound } from '#kernel/problem'
import { comparable } from '#kernel/text'
import { accountColumns, type Account } from './accounts.ts'
import { findLiveSession, forgetSession } from './live-sessions.ts'
import { verifyPassword } from './passwords.ts'
import { may } from './policy.ts'
import { BadCredentials, InvalidToken } from './problems.ts'
import {
  readAccessToken,
  readRefreshToken,
  readSessionCookie,
  signAccessToken,
  signRefreshToken,
  signSessionCookie,
} from './tokens.ts'
import type { RefreshClaim } from './tokens.ts'

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

/** A username or e-mail address, the password, and what the person logs in with. */
export type Credentials = { username: string; password: string; userAgent?: string }

/** What a program carries. `expiresIn` is the access token's life in seconds. */
export type Tokens = { accessToken: string; refreshToken: string; expiresIn: number }

type Session = { id: string; account_id: string; generation: number; expires_at: Date }

const ACCESS_TOKEN_MS = 60 * 60 * 1_000
const LIFE = sql`interval '7 days'`
/** The same, for the cookie. */
export const SESSION_SECONDS = 7 * 24 * 60 * 60
/** Requests that went out together come back with the same successor; whoever comes later with a used token is a thief or was robbed. */
const GRACE = sql`interval '10 seconds'`

/** Opens a session. One refusal, BadCredentials, and the same time for an unknown name, a suspended account and a wrong password. */
export async function logIn(
  ctx: Ctx,
  credentials: Credentials & { kind: 'web' },
): Promise<{ account: Account; cookie: string }>
export async function logIn(
  ctx: Ctx,
  credentials: Credentials & { kind: 'rotating' | 'keeping' },
): Promise<{ account: Account } & Tokens>
export async function logIn(ctx: Ctx, { kind, ...credentials }: Credentials & { kind: SessionKind }) {
  const { password_hash: passwordHash, ...account } = await recognise(ctx, credentials)
  const session = await transaction(ctx, async (tx) => {
    const userAgent = credentials.userAgent ?? ''
    const opened = await insertSession(tx, { accountId: account.id, passwordHash, kind, userAgent })
    if (!opened) throw BadCredentials()
    await record(tx, 'session.opened', { sessionId: opened.id, accountId: account.id })
    return opened
  })
  if (kind === 'web') return { account, cookie: signSessionCookie(ctx.config, session.id) }
  return { account, ...tokensOf(ctx, session) }
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
  const right = await verifyPassword(found?.password_hash, password)
  if (!found || !right || found.suspended_at) throw BadCredentials()
  return found
}

/** Inserts it unless the account was suspended, or its password changed, while we were comparing. */
async function insertSession(
  tx: Tx,
  given: { accountId: string; passwordHash: string; kind: SessionKind; userAgent: string },
): Promise<Session | undefined> {
  // The lock makes a change of password, which ends all sessions, either see this one or be seen by it.
  const { rows } = await sql<Session>`
    insert into sessions (id, account_id, kind, expires_at, user_agent)
    select ${newId()}::uuid, id, ${given.kind}, app_now() + ${LIFE}, ${given.userAgent.slice(0, 300)}
    from accounts where id = ${given.accountId} and password_hash = ${given.passwordHash} and suspended_at is null
    for share
    returning id, account_id, generation, expires_at`.execute(tx.db)
  return rows[0]
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
function tokensOf(ctx: Ctx, session: Session): Tokens {
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
