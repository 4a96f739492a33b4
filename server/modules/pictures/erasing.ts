import { sql } from 'kysely'
import type { Tx } from '#kernel/ctx'

/** With the account goes every picture it ever put up, also one that is just being kept. */
export async function eraseAccount(tx: Tx, { accountId }: { accountId: string }): Promise<void> {
  await sql`
    update files set discarded_at = coalesce(discarded_at, app_now()), account_id = null, alt = ''
    where account_id = ${accountId}`.execute(tx.db)
}
