import { sql } from 'kysely'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { canonicalZone } from '#kernel/dates'
import { record, unseenByOthers } from '#kernel/facts'
import { invalid, NotFound } from '#kernel/problem'

declare module '#kernel/facts' {
  interface Facts {
    'account.preferences-changed': { accountId: string }
  }
}
unseenByOthers('account.preferences-changed')

/** What mails are about, as far as one may want to hear of some and not of others. */
export const TOPIC_GROUPS = ['registrations', 'reminders', 'changes', 'recommendations'] as const
export const CHANNELS = ['email', 'sms', 'push'] as const
export type Channels = Partial<Record<(typeof TOPIC_GROUPS)[number], (typeof CHANNELS)[number][]>>

export type Preferences = {
  /** The kinds of event that are of interest, by id. */
  categories: string[]
  /** BCP 47; null: the instance's. */
  language: string | null
  /** IANA; null: where the browser is. */
  zone: string | null
  /** For each group of topics how the person wants to hear; a group that is not there has mail and push, and no texts. */
  channels: Channels
  /** Whether who registers from now on is seen by the others. */
  shownToAttendees: boolean
}

/** How the account would like to have things. */
export async function preferencesOf(ctx: Ctx | Tx, accountId: string): Promise<Preferences> {
  const { rows } = await sql<Preferences>`
    select language, zone, channels, shown_to_attendees as "shownToAttendees",
      array(select category_id::text from favourite_categories where account_id = a.id order by category_id) as categories
    from accounts a where id = ${accountId}`.execute(ctx.db)
  if (!rows[0]) throw NotFound()
  return rows[0]
}

/**
 * Turns mail of one group of topics off or on again, and leaves the other ways as they are. What was never chosen is mail
 * and push.
 */
export async function turnMail(
  ctx: Ctx | Tx,
  accountId: string,
  group: (typeof TOPIC_GROUPS)[number],
  on: boolean,
): Promise<void> {
  await transaction(ctx, async (tx) => {
    const { numAffectedRows } = await sql`
      update accounts set channels = jsonb_set(channels, array[${group}::text],
        (coalesce(channels->${group}::text, '["email", "push"]') - 'email') || ${on ? '["email"]' : '[]'}::jsonb)
      where id = ${accountId} and erased_at is null and coalesce(channels->${group}::text ? 'email', true) <> ${on}`.execute(
      tx.db,
    )
    if (numAffectedRows) await record(tx, 'account.preferences-changed', { accountId })
  })
}

/** Changes those that are given. */
export async function changePreferences(
  ctx: Ctx | Tx,
  accountId: string,
  fields: Partial<Preferences>,
): Promise<Preferences> {
  const { categories, language, zone, channels, shownToAttendees } = fields
  const known = zone && canonicalZone(zone)
  if (zone && !known) throw invalid({ '/zone': 'This is not a time zone of the IANA database, like Europe/Berlin.' })
  if (language && !isLanguage(language)) throw invalid({ '/language': 'This is not a language, like pt-BR.' })
  return transaction(ctx, async (tx) => {
    if (categories) await favour(tx, accountId, categories)
    await tx.db
      .updateTable('accounts')
      .set({
        id: accountId,
        ...(language === undefined ? {} : { language }),
        ...(zone === undefined ? {} : { zone: known }),
        ...(channels === undefined ? {} : { channels: sql<never>`${JSON.stringify(channels)}::jsonb` }),
        ...(shownToAttendees === undefined ? {} : { shown_to_attendees: shownToAttendees }),
      })
      .where('id', '=', accountId)
      .execute()
    await record(tx, 'account.preferences-changed', { accountId })
    return preferencesOf(tx, accountId)
  })
}

/** Categories are only read here; one that goes takes its mark along. */
async function favour(tx: Tx, accountId: string, ids: string[]): Promise<void> {
  const { rows } = await sql`select from categories where id = any(${ids}::uuid[]) for key share`.execute(tx.db)
  if (rows.length !== new Set(ids).size) throw invalid({ '/categories': 'One of these kinds of event does not exist.' })
  await tx.db.deleteFrom('favourite_categories').where('account_id', '=', accountId).execute()
  await sql`
    insert into favourite_categories (account_id, category_id)
    select distinct ${accountId}::uuid, unnest(${ids}::uuid[])`.execute(tx.db)
}

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}
