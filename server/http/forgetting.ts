import { sql } from 'kysely'
import type { Tx } from '#kernel/ctx'

/** The answers that said something of this account, by itself or to it, are repeated to nobody. */
export async function forgetAnswersOfAccount(tx: Tx, { accountId }: { accountId: string }): Promise<void> {
  await sql`
    delete from idempotency_keys where starts_with(scope, ${`${accountId} `}) or answer->'body'->>'id' = ${accountId}`.execute(
    tx.db,
  )
}

/** Nor those that said something of these registrations. */
export async function forgetAnswersAbout(tx: Tx, { registrationIds }: { registrationIds: string[] }): Promise<void> {
  await sql`
    delete from idempotency_keys
    where answer->>'id' = any(${registrationIds}::text[]) or answer->'body'->>'id' = any(${registrationIds}::text[])
      or answer->'body'->>'registrationId' = any(${registrationIds}::text[])`.execute(tx.db)
}
