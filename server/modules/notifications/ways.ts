import { sql, type RawBuilder } from 'kysely'
import type { TOPIC_GROUPS } from '#accounts/profile/preferences'
import type { Channels } from './channels/channel.ts'

export type TopicGroup = (typeof TOPIC_GROUPS)[number]

/**
 * Rows of (channel, recipient): how somebody hears of a group of topics. Written for `lateral`, beside the rows that name
 * the account, which is null for guests, and the mail address. Mail comes unless it was turned off, and so does what a
 * browser shows that is the account's own; a text where it was asked for. `channels` are those that there are: the notification service has what would be mail. `kept` mail always comes.
 */
export function ways(
  group: TopicGroup,
  account: RawBuilder<unknown>,
  email: RawBuilder<unknown>,
  { channels, kept = false }: { channels?: Channels; kept?: boolean } = {},
): RawBuilder<unknown> {
  const topics = sql.lit(group)
  const mail = sql`
    select ${sql.lit(mailOf(channels))} as channel, ${email} as recipient
    where ${sql.lit(kept)} or ${takesMail(topics, account, email)}`
  const text = sql`
    union all select 'sms', p.phone from accounts p
    where p.id = ${account} and p.phone_verified_at is not null and p.channels->${topics} ? 'sms'`
  const pushed = sql`
    union all select 'push', b.id::text from push_subscriptions b join accounts p on p.id = b.account_id
    where b.account_id = ${account} and b.everything and coalesce(p.channels->${topics} ? 'push', true)`
  return sql`(${mail}${!channels || channels.sms ? text : sql``}${!channels || channels.push ? pushed : sql``})`
}

/** Whether mail of a group of topics was not turned off: by the account, or where there is none, by the address. */
export function takesMail(
  group: RawBuilder<unknown>,
  account: RawBuilder<unknown>,
  email: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`case when ${account} is null
    then not exists (select from unsubscriptions u where u.topic_group = ${group} and u.email_key = ${keyOf(email)})
    else exists (select from accounts p where p.id = ${account} and coalesce(p.channels->${group} ? 'email', true)) end`
}

/** What a key of a message says of the way `w` that it takes, so that each way is taken once. */
export const ONCE_EACH_WAY = sql`case w.channel when 'sms' then ':sms' when 'push' then ':push:' || w.recipient else '' end`

/** By which channel what goes to mail addresses leaves. */
export function mailOf(channels: Channels | undefined): 'email' | 'service' {
  return channels?.service ? 'service' : 'email'
}

/** As `comparable` writes an address; what it takes away besides, no address that is written to has. */
const keyOf = (email: RawBuilder<unknown>) => sql`lower(normalize(trim(${email}), NFKC))`
