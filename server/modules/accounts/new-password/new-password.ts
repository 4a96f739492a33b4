import { sql } from 'kysely'
import { findLink, spendLink, takeLinksBack } from '#accounts/addresses/account-links'
import { askForMail } from '#accounts/addresses/mail-requests'
import { forgetSessions } from '#accounts/live-sessions'
import { faultOfPassword, hashPassword, verifyPassword } from '#accounts/passwords'
import { LinkSpent, WrongPassword } from '#accounts/problems'
import { admitProof } from '#accounts/proof'
import { endSessions } from '#accounts/session-list/session-list'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { record, unseenByOthers } from '#kernel/facts'
import { invalid, NotFound } from '#kernel/problem'

declare module '#kernel/facts' {
  interface Facts {
    /** `later`: the owner is told, in case it was somebody else. */
    'account.password-changed': { accountId: string; by: 'password' | 'link' }
    /** Its address turned out to be that of somebody who had not been in it. `now`: ways in that others keep end. */
    'account.claimed': { accountId: string }
  }
}
unseenByOthers('account.password-changed', 'account.claimed')

const RESETS = ['reset-password', 'account-exists'] as const

/** Changes the password of who knows it. All other sessions end. Throws WrongPassword. */
export async function changePassword(
  ctx: Ctx,
  { accountId, sessionId }: { accountId: string; sessionId: string },
  { oldPassword, newPassword }: { oldPassword: string; newPassword: string },
): Promise<void> {
  const before = await checkPassword(ctx, accountId, oldPassword)
  const after = await hashFor(ctx, accountId, newPassword, '/newPassword')
  await transaction(ctx, async (tx) => {
    if (!(await setPassword(tx, accountId, after, before))) throw wrong()
    await endSessions(tx, accountId, { except: sessionId })
    await record(tx, 'account.password-changed', { accountId, by: 'password' })
  })
  forgetSessions(ctx)
}

/** Mails a link by which the password can be set anew, if there is an account with this address. Says nothing of whether there is. */
export async function askReset(ctx: Ctx | Tx, email: string): Promise<void> {
  await askForMail(ctx, 'reset-password', email)
}

/**
 * Sets the password of who follows the link; all sessions end, and nobody is logged in by it. The address is confirmed
 * thereby: who else had signed up with it is out. Throws LinkSpent.
 */
export async function resetPassword(ctx: Ctx, { token, password }: { token: string; password: string }): Promise<void> {
  const found = await findLink(ctx, RESETS, token) // asked first because hashing is dear; what is below decides
  if (!found) throw LinkSpent()
  const hash = await hashFor(ctx, found.account_id, password, '/password')
  await transaction(ctx, async (tx) => {
    const link = await spendLink(tx, RESETS, token)
    if (!link) throw LinkSpent()
    const accountId = link.account_id
    await setPassword(tx, accountId, hash)
    const claimed = await tx.db
      .updateTable('accounts')
      .set({ email_verified_at: sql<Date>`app_now()` })
      .where('id', '=', accountId)
      .where('email_verified_at', 'is', null)
      .executeTakeFirst()
    if (claimed.numUpdatedRows > 0n) await shutOut(tx, accountId)
    await endSessions(tx, accountId)
    await record(tx, 'account.password-changed', { accountId, by: 'link' })
  })
  forgetSessions(ctx)
}

/**
 * Nobody had shown that the address is theirs: who signed up with it may be another, and keeps no way in, no second factor
 * that would keep the owner out, and no number.
 */
async function shutOut(tx: Tx, accountId: string): Promise<void> {
  await tx.db.deleteFrom('identities').where('account_id', '=', accountId).execute()
  await tx.db.deleteFrom('second_factors').where('account_id', '=', accountId).execute()
  await tx.db.deleteFrom('phone_codes').where('account_id', '=', accountId).execute()
  await tx.db.deleteFrom('known_places').where('account_id', '=', accountId).execute()
  await sql`
    update api_keys set revoked_at = app_now() where account_id = ${accountId} and revoked_at is null`.execute(tx.db)
  await sql`update accounts set phone = null, phone_verified_at = null where id = ${accountId}`.execute(tx.db)
  await record(tx, 'account.claimed', { accountId })
}

/** The hash that the password fits. Throws WrongPassword, which names the field. */
async function checkPassword(ctx: Ctx, accountId: string, password: string): Promise<string> {
  await admitProof(ctx, accountId)
  const account = await ctx.db
    .selectFrom('accounts')
    .select('password_hash')
    .where('id', '=', accountId)
    .executeTakeFirst()
  const hash = account?.password_hash ?? undefined // who logs in through a provider alone has none, and no password is right
  if (!(await verifyPassword(hash, password)) || !hash) throw wrong()
  return hash
}

async function hashFor(ctx: Ctx, accountId: string, password: string, pointer: string): Promise<string> {
  const person = await ctx.db
    .selectFrom('accounts')
    .select(['username', 'email'])
    .where('id', '=', accountId)
    .executeTakeFirst()
  if (!person) throw NotFound()
  const fault = await faultOfPassword(password, person)
  if (fault) throw invalid({ [pointer]: fault })
  return hashPassword(password)
}

/**
 * Before the sessions end, so that a log-in that is under way either fails or is ended with them. Links that were mailed
 * before are taken back: whoever asked for them may be the one who is to be kept out. False when the password is not `before` any more.
 */
async function setPassword(tx: Tx, accountId: string, hash: string, before?: string): Promise<boolean> {
  let set = tx.db.updateTable('accounts').set({ password_hash: hash }).where('id', '=', accountId)
  if (before !== undefined) set = set.where('password_hash', '=', before)
  const { numUpdatedRows } = await set.executeTakeFirst()
  await takeLinksBack(tx, accountId, [...RESETS, 'change-email'])
  return numUpdatedRows === 1n
}

function wrong() {
  return WrongPassword(undefined, { errors: [{ pointer: '/oldPassword', detail: 'This is not your password.' }] })
}
