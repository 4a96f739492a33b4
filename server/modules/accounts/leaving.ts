import { sql } from 'kysely'
import type { Ctx, Tx } from '#kernel/ctx'
import { NOWHERE } from '#kernel/erased'
import { NotFound } from '#kernel/problem'
import { forgetSessions } from './live-sessions.ts'
import { NOBODYS_HASH, verifyPassword } from './passwords.ts'
import { admitProof, demandRecentProof } from './proof.ts'
import { LastAdmin, WrongPassword } from './problems.ts'
import { isOn } from './two-factor/second-factor.ts'

// How somebody leaves. The row stays, because events, facts and payments point to it, and says nothing of them any more.

/**
 * Refuses whoever does not know the account's password; who logs in through a provider alone must just have done so.
 * Answers what holdToErase() wants to see unchanged. Slow, so outside of any transaction.
 */
export async function demandPassword(ctx: Ctx, accountId: string, password: string): Promise<string | null> {
  const account = await ctx.db
    .selectFrom('accounts')
    .select('password_hash')
    .where('id', '=', accountId)
    .where('erased_at', 'is', null)
    .executeTakeFirst()
  if (!account) throw NotFound()
  // A password alone does not do where a code is wanted as well.
  if (account.password_hash === null || (await isOn(ctx, accountId))) await demandRecentProof(ctx)
  if (account.password_hash !== null) {
    await admitProof(ctx, accountId)
    if (!(await verifyPassword(account.password_hash, password))) throw WrongPassword()
  }
  return account.password_hash
}

/**
 * Nothing can be written in the account's name until the transaction ends. With it are locked all admins, in the order of
 * their ids, so that of the last two who leave at once one stays. Throws LastAdmin, NotFound, WrongPassword.
 */
export async function holdToErase(tx: Tx, accountId: string, passwordHash: string | null): Promise<void> {
  const { rows } = await sql<{ id: string; role: string; password_hash: string | null; suspended_at: Date | null }>`
    select id, role, password_hash, suspended_at from accounts
    where (id = ${accountId} or role = 'admin') and erased_at is null order by id for update`.execute(tx.db)
  const me = rows.find(({ id }) => id === accountId)
  if (!me) throw NotFound()
  if (me.password_hash !== passwordHash) throw WrongPassword()
  const stays = rows.some(({ id, role, suspended_at }) => id !== accountId && role === 'admin' && !suspended_at)
  if (me.role === 'admin' && !stays) throw LastAdmin()
}

/** Takes from the account all that says whose it is, and ends its sessions; its name and address are free again. The last step. */
export async function erase(tx: Tx, accountId: string): Promise<void> {
  await tx.db.deleteFrom('sessions').where('account_id', '=', accountId).execute()
  await tx.db.deleteFrom('second_factors').where('account_id', '=', accountId).execute() // and with it codes and challenges
  await tx.db.deleteFrom('identities').where('account_id', '=', accountId).execute()
  await tx.db.deleteFrom('api_keys').where('account_id', '=', accountId).execute()
  await tx.db.deleteFrom('known_places').where('account_id', '=', accountId).execute()
  await tx.db.deleteFrom('account_links').where('account_id', '=', accountId).execute()
  await tx.db.deleteFrom('phone_codes').where('account_id', '=', accountId).execute()
  await tx.db.deleteFrom('mail_requests').where('account_id', '=', accountId).execute()
  await tx.db.deleteFrom('favourite_categories').where('account_id', '=', accountId).execute()
  await tx.db.deleteFrom('accepted_terms').where('account_id', '=', accountId).execute()
  await sql`
    update accounts set erased_at = app_now(), suspended_at = coalesce(suspended_at, app_now()),
      username = 'deleted account ' || number, username_key = 'deleted account ' || number,
      email = id || ${NOWHERE}, email_key = id || ${NOWHERE}, first_name = '', last_name = '', bio = '',
      language = null, zone = null, channels = '{}', shown_to_attendees = false, email_verified_at = null, phone = null, phone_verified_at = null, suspension_reason = null,
      password_hash = ${NOBODYS_HASH}, role = 'attendee', wants_to_organize_at = null
    where id = ${accountId}`.execute(tx.db)
}

/** Everybody is looked up again, so that who has left is nobody here at once and elsewhere in seconds. */
export function lookEverybodyUp(ctx: Ctx): void {
  forgetSessions(ctx)
}

/** How many sessions ended so many days ago. */
export async function countOldSessions(ctx: Ctx, days: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from sessions where ${old(days)}`.execute(ctx.db)
  return rows[0]!.n
}

/** Takes up to `most` of them away, and answers how many. */
export async function forgetOldSessions(ctx: Ctx, days: number, most: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from sessions where id in (select id from sessions where ${old(days)} limit ${most})`.execute(ctx.db)
  return Number(numAffectedRows ?? 0)
}

/** One that was ended is kept until it would have ended by itself: who comes with its token is told from a stranger. */
const old = (days: number) => sql`expires_at < (select app_now() - make_interval(days => ${days}::int))`
