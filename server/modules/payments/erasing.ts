import { sql } from 'kysely'
import type { Tx } from '#kernel/ctx'

/** What was paid stays, for the books; what the provider's page and its complaints may say of a person goes. */
export async function eraseAnonymised(tx: Tx, { registrationIds }: { registrationIds: string[] }): Promise<void> {
  await sql`
    update payments set redirect_url = null, last_error = null, asked_with = null where registration_id = any(${registrationIds}::uuid[])`.execute(
    tx.db,
  )
}
