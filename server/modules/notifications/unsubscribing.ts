import { sql } from 'kysely'
import { turnMail } from '#accounts/profile/preferences'
import { transaction, type Ctx } from '#kernel/ctx'
import { readLink } from '#kernel/links'
import { comparable } from '#kernel/text'
import { NotThatLink } from './problems.ts'
import { TURNED_OFF_WITH } from './topics.ts'
import { takesMail, type TopicGroup } from './ways.ts'

// Turning mails off by the link that is in them, without logging in: RFC 8058. The link says which mail it was in, and
// that mail whose it was and what it was about. Looking at it changes nothing, because mail scanners look.

/** What a link turns off, and whether it is off. `forAccount`: for an account; otherwise for the address alone. */
type Unsubscription = { group: TopicGroup; off: boolean; forAccount: boolean }

/** What the link would turn off. Throws NotThatLink. */
export async function lookUp(ctx: Ctx, token: string): Promise<Unsubscription> {
  const { group, accountId, key } = await whoseIs(ctx, token)
  const { rows } = await sql<{ off: boolean }>`
    select case when ${accountId}::uuid is null
      then exists (select from unsubscriptions where email_key = ${key} and topic_group = ${group})
      else exists (select from accounts where id = ${accountId}::uuid and not coalesce(channels->${group}::text ? 'email', true)) end as off`.execute(
    ctx.db,
  )
  return { group, off: rows[0]!.off, forAccount: accountId !== null }
}

/** Turns it off, or on again. The same twice is once. Throws NotThatLink. */
export async function turn(ctx: Ctx, token: string, state: 'off' | 'on'): Promise<Unsubscription> {
  const { group, accountId, key } = await whoseIs(ctx, token)
  await transaction(ctx, async (tx) => {
    if (accountId) await turnMail(tx, accountId, group, state === 'on')
    else if (state === 'off')
      await sql`insert into unsubscriptions (email_key, topic_group) values (${key}, ${group}) on conflict do nothing`.execute(
        tx.db,
      )
    else await sql`delete from unsubscriptions where email_key = ${key} and topic_group = ${group}`.execute(tx.db)
  })
  return { group, off: state === 'off', forAccount: accountId !== null }
}

const GROUPS = sql.join(Object.entries(TURNED_OFF_WITH).map(([topic, group]) => sql`(${topic}::text, ${group}::text)`))

/** Of what is `due` on `channel`, what was turned off after it was written (id, reason). */
export const TURNED_OFF = sql`
  select due.id, 'it was turned off' as reason
  from due join (values ${GROUPS}) as t (topic, topic_group) on t.topic = due.topic
  where case when due.channel in ('email', 'service') then not ${takesMail(sql`t.topic_group`, sql`due.account_id`, sql`due.recipient`)}
    when due.channel = 'sms' then not exists (
      select from accounts p where p.id = due.account_id and p.channels->t.topic_group ? 'sms') end`

async function whoseIs(ctx: Ctx, token: string) {
  const id = readLink(ctx.config, 'unsubscribe', token)
  const row =
    id &&
    (await ctx.db
      .selectFrom('notifications')
      .select(['topic', 'recipient', 'account_id'])
      .where('id', '=', id)
      .executeTakeFirst())
  const group = row ? TURNED_OFF_WITH[row.topic] : undefined
  if (!row || !group || (!row.account_id && !row.recipient)) throw NotThatLink()
  return { group, accountId: row.account_id, key: comparable(row.recipient) }
}
