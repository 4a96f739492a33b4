import { sql } from 'kysely'
import { takeLinksBack } from '#accounts/addresses/account-links'
import { forgetSessions } from '#accounts/live-sessions'
import { may } from '#accounts/policy'
import { LastAdmin, NotYourself } from '#accounts/problems'
import { endSessions } from '#accounts/session-list/session-list'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { record } from '#kernel/facts'
import { demand, isAccount } from '#kernel/policy'
import { NotFound } from '#kernel/problem'

declare module '#kernel/facts' {
  interface Facts {
    /** `later`: they are told, with the reason that is kept at the account. Everybody sees that their profile is gone. */
    'account.suspended': { accountId: string }
    'account.suspension-lifted': { accountId: string }
  }
}

/**
 * Keeps the account out, here at once and in other processes within seconds: its sessions end, and it neither logs in
 * nor refreshes nor follows a link until that is lifted. Throws NotYourself, LastAdmin. Twice keeps the first time.
 */
export async function suspend(ctx: Ctx | Tx, accountId: string, reason = ''): Promise<void> {
  demand(ctx, may.suspend, undefined)
  if (isAccount(ctx.actor, accountId)) throw NotYourself()
  await transaction(ctx, async (tx) => {
    // Admins who suspend each other at once take turns, so that one of them is left.
    await sql`select from accounts where role = 'admin' or id = ${accountId} order by id for no key update`.execute(
      tx.db,
    )
    const { rows } = await sql<{ suspended: boolean; last: boolean }>`
      select suspended_at is not null as suspended, role = 'admin' and not exists (
        select from accounts other where other.role = 'admin' and other.suspended_at is null and other.id <> a.id) as last
      from accounts a where id = ${accountId}`.execute(tx.db)
    const [account] = rows
    if (!account) throw NotFound()
    if (account.suspended) return
    if (account.last) throw LastAdmin()
    await tx.db
      .updateTable('accounts')
      .set({ suspended_at: sql<Date>`app_now()`, suspension_reason: reason.trim() || null })
      .where('id', '=', accountId)
      .execute()
    await endSessions(tx, accountId)
    await takeLinksBack(tx, accountId, ['verify-email', 'change-email', 'reset-password', 'account-exists'])
    await record(tx, 'account.suspended', { accountId })
  })
  forgetSessions(ctx)
}

/** Lets the account in again; it logs in anew. Of an account that is not suspended this is not an error. */
export async function liftSuspension(ctx: Ctx | Tx, accountId: string): Promise<void> {
  demand(ctx, may.suspend, undefined)
  await transaction(ctx, async (tx) => {
    const before = await tx.db
      .selectFrom('accounts')
      .select('suspended_at')
      .where('id', '=', accountId)
      .forNoKeyUpdate()
      .executeTakeFirst()
    if (!before) throw NotFound()
    if (!before.suspended_at) return
    await tx.db
      .updateTable('accounts')
      .set({ suspended_at: null, suspension_reason: null })
      .where('id', '=', accountId)
      .execute()
    await record(tx, 'account.suspension-lifted', { accountId })
  })
}
