import { sql } from 'kysely'
import type { Tx } from '#kernel/ctx'

/** Locks the account's series before its events, in the order that everybody does. */
export async function holdSeriesOf(tx: Tx, accountId: string): Promise<void> {
  await sql`select from series where organizer_id = ${accountId} order by id for no key update`.execute(tx.db)
}

/** With the account its series make no more; one that was never published goes. */
export async function eraseAccount(tx: Tx, { accountId }: { accountId: string }): Promise<void> {
  await sql`
    delete from series s where organizer_id = ${accountId} and published_at is null
      and not exists (select from events e where e.series_id = s.id)`.execute(tx.db)
  await sql`
    update series set ended_at = app_now(), horizon_at = null, updated_at = app_now(), version = version + 1
    where organizer_id = ${accountId} and ended_at is null`.execute(tx.db)
}
