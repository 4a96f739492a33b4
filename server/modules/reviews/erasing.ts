import { sql } from 'kysely'
import type { Tx } from '#kernel/ctx'

/** With the account go the words of its reviews, what was reported of them and what it reported; the stars still count. */
export async function eraseAccount(tx: Tx, { accountId }: { accountId: string }): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update reviews set account_id = null, comment = '' where account_id = ${accountId} returning id`.execute(tx.db)
  await sql`
    delete from review_reports where account_id = ${accountId} or review_id = any(${rows.map(({ id }) => id)}::uuid[])`.execute(
    tx.db,
  )
}
