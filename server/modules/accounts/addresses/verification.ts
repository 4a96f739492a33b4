import { sql } from 'kysely'
import { EmailNotVerified, LinkSpent } from '#accounts/problems'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { violated } from '#kernel/database-errors'
import { record, unseenByOthers } from '#kernel/facts'
import { sendLink, spendLink, takeLinksBack, type AccountLink } from './account-links.ts'
import { askForMail } from './mail-requests.ts'

declare module '#kernel/facts' {
  interface Facts {
    'account.email-verified': { accountId: string }
    /** `later`: the address that it had before is told; the link knows it. */
    'account.email-changed': { accountId: string; linkId: string }
  }
}
unseenByOthers('account.email-verified', 'account.email-changed')

/** Mails a new account the link by which it says that the address is its own. */
export async function beginVerification(tx: Tx, facts: ReadonlyArray<{ data: { accountId: string } }>): Promise<void> {
  const ids = facts.map(({ data }) => data.accountId)
  const accounts = await tx.db
    .selectFrom('accounts')
    .select(['id', 'email'])
    .where('id', 'in', ids)
    .where('email_verified_at', 'is', null)
    .orderBy('id')
    .execute()
  for (const { id, email } of accounts) await sendLink(tx, { accountId: id, purpose: 'verify-email', email })
}

/** Mails the link again, where there is an account with this address that has not followed it. Says nothing of whether there is. */
export async function askVerification(ctx: Ctx | Tx, email: string): Promise<void> {
  await askForMail(ctx, 'verify-email', email)
}

/** Follows a link to a new account's address, or to a new address of an account, which is its address from now on. LinkSpent. */
export async function confirmAddress(ctx: Ctx | Tx, token: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    const link = await spendLink(tx, ['verify-email', 'change-email'], token)
    if (!link || !(await (link.purpose === 'verify-email' ? verify(tx, link) : change(tx, link)))) throw LinkSpent()
  }).catch((error: unknown) => {
    // Somebody else has the address since: theirs it stays, and the link is good for nothing.
    throw ['accounts_email_key_key', 'accounts_username_key_key'].includes(violated(error) ?? '') ? LinkSpent() : error
  })
}

/** Refuses who has not confirmed their address, where the instance wants that for what reaches other people. */
export async function demandVerifiedEmail(ctx: Ctx | Tx): Promise<void> {
  if (!ctx.config.requireVerifiedEmail || ctx.actor.kind !== 'account') return
  const account = await ctx.db
    .selectFrom('accounts')
    .select('email_verified_at')
    .where('id', '=', ctx.actor.id)
    .executeTakeFirst()
  if (!account?.email_verified_at) throw EmailNotVerified()
}

async function verify(tx: Tx, { account_id: accountId, email_key: key }: AccountLink): Promise<boolean> {
  const account = await tx.db
    .updateTable('accounts')
    .set({ email_verified_at: sql<Date>`coalesce(email_verified_at, app_now())` })
    .where('id', '=', accountId)
    .where('email_key', '=', key)
    .returning('id')
    .executeTakeFirst()
  if (account) await record(tx, 'account.email-verified', { accountId })
  return account !== undefined
}

/** Whoever has their address for a username keeps it so: nobody's username is another's address. */
async function change(tx: Tx, link: AccountLink): Promise<boolean> {
  const { account_id: accountId } = link
  const before = await tx.db
    .selectFrom('accounts')
    .select(['email', 'email_key', 'username_key'])
    .where('id', '=', accountId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const named = before.username_key === before.email_key ? { username: link.email, username_key: link.email_key } : {}
  await tx.db
    .updateTable('accounts')
    .set({ email: link.email, email_key: link.email_key, email_verified_at: sql<Date>`app_now()`, ...named })
    .where('id', '=', accountId)
    .execute()
  await tx.db.updateTable('account_links').set({ replaced_email: before.email }).where('id', '=', link.id).execute()
  await takeLinksBack(tx, accountId, ['verify-email', 'change-email', 'reset-password', 'account-exists'])
  await record(tx, 'account.email-changed', { accountId, linkId: link.id })
  return true
}
