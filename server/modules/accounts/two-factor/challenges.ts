import { sql } from 'kysely'
import { InvalidChallenge, TooManyTries } from '#accounts/problems'
import type { SessionKind } from '#accounts/sessions'
import type { Ctx, Tx } from '#kernel/ctx'
import { newId } from '#kernel/ids'
import { linkToken, readLink } from '#kernel/links'
import { takeTry } from './second-factor.ts'

// Between the first proof and the code there is no session, only a challenge, which opens nothing but its own answer.

const PURPOSE = 'log-in-challenge'
const TRIES = 5
const LIFE_SECONDS = 5 * 60

/** How somebody began to log in: by their password, of which this is the hash, or by an identity that a provider vouches for. */
export type FirstProof = { passwordHash: string } | { identityId: string }
/** What to answer with a code, and for how many seconds it can be. */
export type Challenged = { challenge: string; expiresIn: number }
/** A challenge whose answer is being judged; the try is counted. */
export type Met = {
  id: string
  accountId: string
  kind: SessionKind
  userAgent: string
  sealed: string
  passwordMark: string | null
}

/** The password's hash, hashed: whether it is still the same can be asked with it, and nothing else. */
export const markOf = (passwordHash: ReturnType<typeof sql>) =>
  sql`encode(sha256(convert_to(${passwordHash}, 'UTF8')), 'hex')`

/** Asks for a code instead of letting in. */
export async function openChallenge(
  tx: Tx,
  given: { accountId: string; kind: SessionKind; userAgent: string; by: FirstProof },
): Promise<Challenged> {
  const id = newId()
  const mark = 'passwordHash' in given.by ? markOf(sql`${given.by.passwordHash}::text`) : sql`null`
  await sql`
    insert into challenges (id, account_id, kind, password_mark, identity_id, user_agent, expires_at)
    values (${id}, ${given.accountId}, ${given.kind}, ${mark}, ${'identityId' in given.by ? given.by.identityId : null},
      ${given.userAgent}, app_now() + make_interval(secs => ${LIFE_SECONDS}))`.execute(tx.db)
  return { challenge: linkToken(tx.config, PURPOSE, id), expiresIn: LIFE_SECONDS }
}

/** Takes an answer to be judged: counted, for the challenge and the account, before anything is compared. */
export async function meetChallenge(ctx: Ctx, token: string, kinds: readonly SessionKind[]): Promise<Met> {
  const id = readLink(ctx.config, PURPOSE, token)
  if (!id) throw InvalidChallenge()
  const open = ctx.db
    .selectFrom('challenges')
    .select('id')
    .where('id', '=', id)
    .where('kind', 'in', kinds)
    .where('finished_at', 'is', null)
    .where('expires_at', '>', sql<Date>`app_now()`)
  const met = await ctx.db
    .updateTable('challenges')
    .set({ tries: sql`tries + 1` })
    .where('id', 'in', open)
    .where('finished_at', 'is', null)
    .where('tries', '<', TRIES)
    .returning(['id', 'account_id', 'kind', 'user_agent', 'password_mark'])
    .executeTakeFirst()
  if (!met) {
    if (await open.executeTakeFirst()) throw TooManyTries('Log in again.', { retryAfter: 1 })
    throw InvalidChallenge()
  }
  const sealed = await takeTry(ctx, met.account_id, { on: true })
  if (sealed === undefined) throw InvalidChallenge()
  const { account_id: accountId, kind, user_agent: userAgent, password_mark: passwordMark } = met
  return { id, accountId, kind: kind as SessionKind, userAgent, sealed, passwordMark }
}

/** Closes it; false when another answer was faster. */
export async function closeChallenge(tx: Tx, id: string): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('challenges')
    .set({ finished_at: sql`app_now()` })
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
