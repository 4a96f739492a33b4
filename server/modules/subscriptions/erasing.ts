import { sql } from 'kysely'
import type { Ctx, Tx } from '#kernel/ctx'

/** With the account goes what it follows, by whatever way, and the browsers that it was written to. */
export async function eraseAccount(tx: Tx, { accountId }: { accountId: string }): Promise<void> {
  // An address that nobody confirmed may be somebody else's, who follows by it.
  await sql`
    delete from subscriptions where account_id = ${accountId} or email_key = (
      select email_key from accounts where id = ${accountId} and email_verified_at is not null)`.execute(tx.db)
  await tx.db.deleteFrom('push_subscriptions').where('account_id', '=', accountId).execute()
}

/** Whoever was in the account is written to in their browser no more. */
export async function forgetBrowsers(tx: Tx, { accountId }: { accountId: string }): Promise<void> {
  await tx.db.deleteFrom('push_subscriptions').where('account_id', '=', accountId).execute()
}

/** Forgets who followed what is over, and the browsers of nobody that follow nothing any more. Answers how many went. */
export async function forgetPast(ctx: Ctx): Promise<number> {
  const ended = await sql`
    delete from subscriptions s using events e
    where e.id = s.event_id and e.ends_at < (select app_now() - interval '1 day')`.execute(ctx.db)
  const idle = await sql`
    delete from push_subscriptions p where account_id is null and created_at < (select app_now() - interval '1 day')
      and not exists (select from subscriptions s where s.push_id = p.id)`.execute(ctx.db)
  return Number((ended.numAffectedRows ?? 0n) + (idle.numAffectedRows ?? 0n))
}
