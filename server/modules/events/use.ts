import { sql } from 'kysely'
import type { Tx } from '#kernel/ctx'

/**
 * Whether anybody ever used the event. What must outlive its event has a line here, so that a dry run knows; that
 * nothing of it is lost is seen to by its foreign key, `on delete restrict`.
 */
export const USED = sql<boolean>`(
  exists (select from registrations where event_id = e.id)
  or exists (select from interests where event_id = e.id)
  or exists (select from checkins where event_id = e.id)
  or exists (select from checkin_scans where event_id = e.id)
  or exists (select from reviews where event_id = e.id)
  or exists (select from payments where event_id = e.id))`

/** Whether anybody ever used the event, which is held. */
export async function isUsed(tx: Tx, eventId: string): Promise<boolean> {
  const { rows } = await sql<{ used: boolean }>`select ${USED} as used from events e where e.id = ${eventId}`.execute(
    tx.db,
  )
  return rows[0]?.used === true
}
