import { sql } from 'kysely'
import type { Ctx, Tx } from '#kernel/ctx'
import { record, unseenByOthers } from '#kernel/facts'
import { newId } from '#kernel/ids'
import { readLink } from '#kernel/links'
import { comparable } from '#kernel/text'

declare module '#kernel/facts' {
  interface Facts {
    /** `later`: the mail that carries it. */
    'account.link-made': { accountId: string; linkId: string }
  }
}
unseenByOthers('account.link-made')

/** What a link does, and the topic of the mail that it is signed for. */
export type Purpose = 'verify-email' | 'change-email' | 'reset-password' | 'account-exists'

export type AccountLink = { id: string; account_id: string; purpose: Purpose; email: string; email_key: string }

const HOURS: Record<Purpose, number> = {
  'verify-email': 24,
  'change-email': 24,
  'reset-password': 1,
  'account-exists': 1,
}
// Anybody can have us write to an address, so that there is an end to it: for each purpose in an hour.
const MOST_TO_ADDRESS = 3
const MOST_OF_ACCOUNT = 6

/** A link to an address that the account has left opens nothing, also where it was made just before. */
const STILL_THEIRS = sql`(l.purpose = 'change-email' or l.email_key = a.email_key)`

/** Makes a link that is mailed to the address, unless that was asked for too often already. */
export async function sendLink(
  tx: Tx,
  { accountId, purpose, email }: { accountId: string; purpose: Purpose; email: string },
): Promise<void> {
  const key = comparable(email)
  await sql`select from accounts where id = ${accountId} for no key update`.execute(tx.db) // who counts, counts alone
  const { rows } = await sql<{ id: string }>`
    insert into account_links (id, account_id, purpose, email, email_key, expires_at)
    select ${newId()}::uuid, ${accountId}::uuid, ${purpose}, ${email}, ${key}, app_now() + make_interval(hours => ${HOURS[purpose]}::int)
    where (select count(*) from account_links
           where email_key = ${key} and purpose = ${purpose} and created_at > app_now() - interval '1 hour') < ${MOST_TO_ADDRESS}
      and (select count(*) from account_links
           where account_id = ${accountId} and purpose = ${purpose} and created_at > app_now() - interval '1 hour') < ${MOST_OF_ACCOUNT}
    returning id`.execute(tx.db)
  for (const { id } of rows) await record(tx, 'account.link-made', { accountId, linkId: id })
}

/** The link that the token stands for, if it is still good for one of these; looking does not use it up. */
export async function findLink(
  ctx: Ctx | Tx,
  purposes: readonly Purpose[],
  token: string,
): Promise<AccountLink | undefined> {
  const named = namedBy(ctx, purposes, token)
  if (!named) return undefined
  const { rows } = await sql<AccountLink>`
    select l.id, l.account_id, l.purpose, l.email, l.email_key
    from account_links l join accounts a on a.id = l.account_id
    where l.id = ${named.id} and l.purpose = ${named.purpose} and l.used_at is null and l.expires_at > app_now()
      and a.suspended_at is null and ${STILL_THEIRS}`.execute(ctx.db)
  return rows[0]
}

/** The same, and it is used up: of many who come with one link, exactly one is handed it. */
export async function spendLink(tx: Tx, purposes: readonly Purpose[], token: string): Promise<AccountLink | undefined> {
  const named = namedBy(tx, purposes, token)
  if (!named) return undefined
  // The account before its links, as everybody who changes both.
  await sql`
    select from accounts where id = (select account_id from account_links where id = ${named.id}) for no key update`.execute(
    tx.db,
  )
  const { rows } = await sql<AccountLink>`
    update account_links l set used_at = app_now() from accounts a
    where l.id = ${named.id} and l.purpose = ${named.purpose} and l.used_at is null and l.expires_at > app_now()
      and a.id = l.account_id and a.suspended_at is null and ${STILL_THEIRS}
    returning l.id, l.account_id, l.purpose, l.email, l.email_key`.execute(tx.db)
  return rows[0]
}

/** Whatever was mailed for these purposes and not followed yet opens nothing any more. */
export async function takeLinksBack(tx: Tx, accountId: string, purposes: readonly Purpose[]): Promise<void> {
  await tx.db
    .updateTable('account_links')
    .set({ used_at: sql<Date>`app_now()` })
    .where('account_id', '=', accountId)
    .where('purpose', 'in', purposes)
    .where('used_at', 'is', null)
    .execute()
}

/** Links that have long expired mean nothing any more. */
export async function forgetLinks(ctx: Ctx): Promise<void> {
  await ctx.db
    .deleteFrom('account_links')
    .where('expires_at', '<', sql<Date>`app_now() - interval '30 days'`)
    .execute()
}

function namedBy(ctx: Ctx | Tx, purposes: readonly Purpose[], token: string) {
  for (const purpose of purposes) {
    const id = readLink(ctx.config, purpose, token)
    if (id) return { id, purpose }
  }
  return undefined
}
