import { sql } from 'kysely'
import { attempt, type Tx } from '#kernel/ctx'
import { violated } from '#kernel/database-errors'

/**
 * What is to come is written to where the account is reached now. Where somebody else is registered with that address
 * (as a guest, perhaps the same person) the registration keeps the one it has: an address is there once.
 */
export async function followAddress(tx: Tx, { accountId }: { accountId: string }): Promise<void> {
  try {
    await attempt(tx, () => follow(tx, accountId))
  } catch (error) {
    // Somebody has registered with it meanwhile, whom the second look sees.
    if (violated(error) !== 'registrations_one_per_address') throw error
    await follow(tx, accountId)
  }
}

async function follow(tx: Tx, accountId: string): Promise<void> {
  await sql`
    update registrations r set email = a.email, email_key = a.email_key
    from accounts a, events e
    where r.account_id = ${accountId} and a.id = r.account_id and e.id = r.event_id
      and r.status <> 'cancelled' and e.ends_at > (select app_now()) and r.email_key <> a.email_key
      and not exists (select from registrations other
        where other.event_id = r.event_id and other.email_key = a.email_key and other.status <> 'cancelled')`.execute(
    tx.db,
  )
}
