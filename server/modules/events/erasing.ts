import { sql } from 'kysely'
import './facts.ts'
import { attempt, type Tx } from '#kernel/ctx'
import { sqlState } from '#kernel/database-errors'
import { NOWHERE } from '#kernel/erased'
import { record, unseenByOthers } from '#kernel/facts'

declare module '#kernel/facts' {
  interface Facts {
    /** `now`: the mails that carried them lose their words. */
    'event.invitations-erased': { eventId: string; invitationIds: string[] }
  }
}
unseenByOthers('event.invitations-erased')

/** An event that somebody must see to before its organizer can go. */
export type Needing = { id: string; slug: string; title: string; startsAt: Date }

/**
 * The account's published events that are still to come, first to last. All events of the account are locked until the
 * transaction ends, so that none is published meanwhile.
 */
export async function stillNeeding(tx: Tx, accountId: string): Promise<Needing[]> {
  await sql`select from events where organizer_id = ${accountId} order by id for no key update`.execute(tx.db)
  const { rows } = await sql<Needing>`
    select id, slug, title, starts_at as "startsAt" from events
    where organizer_id = ${accountId} and published_at is not null and deleted_at is null and cancelled_at is null
      and ends_at > (select app_now())
    order by starts_at, id`.execute(tx.db)
  return rows
}

/**
 * With the account go its drafts and the address that it was invited by. What it has published is part of what others
 * have lived through and stays; whose it was is no more to be read.
 */
export async function eraseAccount(tx: Tx, { accountId }: { accountId: string }): Promise<void> {
  const { rows: drafts } = await sql<{ id: string; deleted: boolean }>`
    select id, deleted_at is not null as deleted from events
    where organizer_id = ${accountId} and published_at is null order by id`.execute(tx.db)
  for (const { id, deleted } of drafts) {
    if (!deleted) await record(tx, 'event.deleted', { eventId: id })
    try {
      await attempt(tx, () => tx.db.deleteFrom('events').where('id', '=', id).execute())
    } catch (error) {
      if (!STILL_REFERENCED.includes(sqlState(error) ?? '')) throw error
      await blank(tx, id)
    }
  }
  // What came to an address that nobody confirmed may be another's.
  await tx.db.deleteFrom('team_members').where('account_id', '=', accountId).execute()
  await sql`
    delete from team_invitations where account_id = ${accountId}
      or email_key = (select email_key from accounts where id = ${accountId} and email_verified_at is not null)`.execute(
    tx.db,
  )
  const { rows } = await sql<{ id: string }>`
    select i.id from event_invitations i join accounts a on a.email_key = i.email_key
    where a.id = ${accountId} and a.email_verified_at is not null`.execute(tx.db)
  await forget(tx, rows)
}

/** The address is no longer invited to the event, and is not kept for having been. */
export async function forgetInvitation(tx: Tx, eventId: string, emailKey: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from event_invitations where event_id = ${eventId} and email_key = ${emailKey}`.execute(tx.db)
  await forget(tx, rows)
}

const STILL_REFERENCED = ['23001', '23503']

/** A draft that others point to loses its words instead. */
async function blank(tx: Tx, eventId: string): Promise<void> {
  await sql`
    update events set deleted_at = coalesce(deleted_at, app_now()), publish_at = null, title = 'Deleted event',
      description = '', place = null, online_url = null, slug = 'deleted-' || number
    where id = ${eventId}`.execute(tx.db)
  await tx.db.deleteFrom('event_versions').where('event_id', '=', eventId).execute()
}

async function forget(tx: Tx, invitations: ReadonlyArray<{ id: string }>): Promise<void> {
  const { rows } = await sql<{ id: string; event_id: string }>`
    update event_invitations set email = id || ${NOWHERE}, email_key = id || ${NOWHERE},
      revoked_at = coalesce(revoked_at, app_now())
    where id = any(${invitations.map(({ id }) => id)}::uuid[]) returning id, event_id`.execute(tx.db)
  for (const { id, event_id: eventId } of rows)
    await record(tx, 'event.invitations-erased', { eventId, invitationIds: [id] })
}
