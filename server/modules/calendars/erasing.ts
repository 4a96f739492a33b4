import type { Tx } from '#kernel/ctx'

/** With the account goes the address of its calendar; who is suspended is let in by none. */
export async function eraseAccount(tx: Tx, { accountId }: { accountId: string }): Promise<void> {
  await tx.db.deleteFrom('calendar_links').where('account_id', '=', accountId).execute()
}
