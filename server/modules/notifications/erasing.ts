import { sql, type RawBuilder } from 'kysely'
import type { Ctx, Tx } from '#kernel/ctx'

// That a message was written and when it left stays; what it said and to whom goes. What has not left never does.

/**
 * What was written to the account's address. Not what a guest was written there about a registration: anybody can open an
 * account with another's address, and would take their mail away by closing it. Their own link erases that. And nothing
 * that came to an address which nobody confirmed, but for what was written to the account itself.
 */
export async function eraseAccount(tx: Tx, { accountId }: { accountId: string }): Promise<void> {
  await sql`
    delete from unsubscriptions where email_key = (
      select email_key from accounts where id = ${accountId} and email_verified_at is not null)`.execute(tx.db)
  await blank(
    tx,
    sql`((recipient = (select email from accounts where id = ${accountId} and email_verified_at is not null) and payload->>'registrationId' is null
      and created_at >= (select created_at from accounts where id = ${accountId})) or account_id = ${accountId})`,
  )
}

/** What was written about these registrations, also to addresses that were corrected since. */
export async function eraseAnonymised(tx: Tx, { registrationIds }: { registrationIds: string[] }): Promise<void> {
  await blank(
    tx,
    sql`payload->>'registrationId' is not null and payload->>'registrationId' = any(${registrationIds}::text[])`,
  )
}

/** What carried these invitations, to whatever address. */
export async function eraseInvitations(
  tx: Tx,
  { eventId, invitationIds }: { eventId: string; invitationIds: string[] },
): Promise<void> {
  await blank(tx, sql`event_id = ${eventId} and payload->>'invitationId' = any(${invitationIds}::text[])`)
}

/** What was written to whoever followed the event by this subscription. */
export async function eraseSubscription(
  tx: Tx,
  { eventId, subscriptionId }: { eventId: string; subscriptionId: string },
): Promise<void> {
  await blank(tx, sql`event_id = ${eventId} and payload->>'subscriptionId' = ${subscriptionId}::text`)
}

/** How many messages left, or were given up, so many days ago and still say what they said. */
export async function countOld(ctx: Ctx, days: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from notifications where erased_at is null and ${old(days)}`.execute(ctx.db)
  return rows[0]!.n
}

/** Takes the words from up to `most` of them, the oldest first, and answers from how many. */
export async function blankOld(ctx: Ctx, days: number, most: number): Promise<number> {
  return blank(
    ctx,
    sql`id in (select id from notifications where erased_at is null and ${old(days)} order by created_at, id limit ${most})`,
  )
}

const old = (days: number) =>
  sql`(sent_at is not null or failed_at is not null) and created_at < (select app_now() - make_interval(days => ${days}::int))`

async function blank(ctx: Ctx | Tx, which: RawBuilder<unknown>): Promise<number> {
  const { numAffectedRows } = await sql`
    update notifications set erased_at = app_now(), recipient = '', payload = '{}', last_error = null,
      lease = null, leased_until = null, failed_at = case when sent_at is null then coalesce(failed_at, app_now()) end
    where erased_at is null and ${which}`.execute(ctx.db)
  return Number(numAffectedRows ?? 0)
}
