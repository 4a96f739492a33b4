import { sql } from 'kysely'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { record, unseenByOthers } from '#kernel/facts'
import { Forbidden, SignInRequired, Unavailable } from '#kernel/problem'
import { verifyPassword } from './passwords.ts'
import { NothingToProveWith, ProofRequired, TooManyTries, WrongProof } from './problems.ts'
import { takeTry, useCode } from './two-factor/second-factor.ts'

declare module '#kernel/facts' {
  interface Facts {
    'session.proved': { sessionId: string; accountId: string }
  }
}
unseenByOthers('session.proved')

// A session is a cookie in a browser that somebody left open, or a token that was stolen. What could take the account
// from its owner for good wants to see the owner again.

const FRESH = sql`interval '10 minutes'`
const TRIES = { most: 10, seconds: 15 * 60 }

/** Refuses unless whoever has the session proved who they are within the last ten minutes: at the log-in or by `prove`. API keys never do. */
export async function demandRecentProof(ctx: Ctx | Tx): Promise<void> {
  const { actor } = ctx
  if (actor.kind === 'system') return
  if (actor.kind !== 'account') throw SignInRequired()
  if (actor.scopes) throw Forbidden()
  const { rows } = await sql<{ fresh: boolean } & Has>`
    select s.proved_at > app_now() - ${FRESH} as fresh, ${HAS}
    from sessions s join accounts a on a.id = s.account_id
    where s.id = ${actor.sessionId} and a.id = ${actor.id} and s.revoked_at is null`.execute(ctx.db)
  if (rows[0]?.fresh) return
  throw ProofRequired(undefined, { needs: rows[0] ? needsOf(rows[0]) : [] })
}

/** Refuses whoever lost the session, or never had one, since the request was let in: for what must not be done by them, under the account's lock. */
export async function demandSession(tx: Tx): Promise<void> {
  const { actor } = tx
  if (actor.kind === 'system') return
  if (actor.kind !== 'account' || actor.scopes) throw SignInRequired()
  const { rows } = await sql`
    select from sessions where id = ${actor.sessionId} and account_id = ${actor.id} and revoked_at is null
      and expires_at > app_now()`.execute(tx.db)
  if (rows.length === 0) throw SignInRequired()
}

/** Counts one more try to say the account's password, by whatever request. Throws TooManyTries; Unavailable where nobody can count. */
export async function admitProof(ctx: Ctx, accountId: string): Promise<void> {
  const verdict = await ctx.limiter.take(`proof:${accountId}`, TRIES)
  if (!verdict) throw Unavailable() // nobody can count, so nobody may guess
  if (!verdict.allowed) throw TooManyTries(undefined, { retryAfter: verdict.resetSeconds })
}

/** Proves again who has the session: by the password, and the code where two-factor is on; whichever of them the account has. */
export async function prove(ctx: Ctx, given: { password?: string; code?: string }): Promise<void> {
  const { actor } = ctx
  if (actor.kind !== 'account') throw SignInRequired()
  if (actor.scopes) throw Forbidden()
  const { id: accountId, sessionId } = actor
  const { rows } = await sql<{ password_hash: string | null } & Has>`
    select a.password_hash, ${HAS} from accounts a where a.id = ${accountId}`.execute(ctx.db)
  const [has] = rows
  if (!has || needsOf(has).length === 0) throw NothingToProveWith()
  await admitProof(ctx, accountId)
  if (has.password && !(await verifyPassword(has.password_hash ?? undefined, given.password ?? ''))) throw WrongProof()
  const sealed = has.code ? await takeTry(ctx, accountId, { on: true }) : undefined
  await transaction(ctx, async (tx) => {
    if (has.code && !(sealed && (await useCode(tx, { accountId, sealed, typed: given.code ?? '' })))) throw WrongProof()
    // Whoever turned two-factor on or changed the password since has ended this session, or is in it.
    const { numUpdatedRows } = await tx.db
      .updateTable('sessions')
      .set({ proved_at: sql`app_now()` })
      .where('id', '=', sessionId)
      .where('account_id', '=', accountId)
      .where('revoked_at', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw SignInRequired()
    await record(tx, 'session.proved', { sessionId, accountId })
  })
}

type Has = { password: boolean; code: boolean }
const HAS = sql`a.password_hash is not null as password,
  exists (select from second_factors f where f.account_id = a.id and f.confirmed_at is not null) as code`

function needsOf({ password, code }: Has): string[] {
  return [...(password ? ['password'] : []), ...(code ? ['code'] : [])]
}
