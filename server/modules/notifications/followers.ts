import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '#kernel/ctx'
import type { Fact, Facts } from '#kernel/facts'
import type { Channels } from './channels/channel.ts'
import { EVENT, TONGUE, type Topic } from './notifications.ts'
import { mailOf, ways, type TopicGroup } from './ways.ts'

// What is written to who follows an event without a place at it (S4-24, S4-33).

/**
 * Who follows the event `e`, and how each is reached, to be joined to it: subscription_id, account_id, since, name,
 * channel, recipient; nobody twice by the same way. Who has a registration `r` of which `hears` is true is told by that.
 * A browser that was asked to show it shows it all the same.
 */
export function followersOf(group: TopicGroup, hears: RawBuilder<unknown>, channels: Channels): RawBuilder<unknown> {
  return sql`lateral (
    select distinct on (channel, lower(recipient)) * from (
      select s.id as subscription_id, s.account_id, s.created_at as since,
        coalesce(nullif(a.first_name, ''), a.username, '') as name, w.channel, w.recipient
      from subscriptions s left join accounts a on a.id = s.account_id
        cross join lateral ${ways(group, sql`s.account_id`, sql`coalesce(s.email, a.email)`, { channels })} w
      where s.event_id = e.id and s.push_id is null and not exists (
        select from registrations r where r.event_id = e.id and r.email_key = coalesce(s.email_key, a.email_key) and ${hears})
        and not exists (select from registrations r where r.event_id = e.id and r.account_id = s.account_id and ${hears})
      union all
      select s.id, p.account_id, s.created_at, '', 'push', p.id::text
      from subscriptions s join push_subscriptions p on p.id = s.push_id where s.event_id = e.id
    ) everybody order by channel, lower(recipient), account_id)`
}

/** What keeps a message to somebody from being written twice: `who` it is because of, and the way. No addresses. */
export const wayKey = (who: RawBuilder<unknown>) =>
  sql`${who} || ':' || f.channel || case when f.channel = 'push' then ':' || f.recipient else '' end`

/** Tells who was subscribed by an address that they were, and how to end it. */
export async function tellSubscribed(tx: Tx, facts: ReadonlyArray<Fact<'subscription.made'>>): Promise<void> {
  const ids = facts.map(({ data }) => data.subscriptionId)
  await sql`
    insert into notifications (id, topic, channel, recipient, payload, event_id, dedupe_key)
    select gen_random_uuid(), 'subscribed', ${mailOf(tx.channels)}, s.email,
      jsonb_build_object('subscriptionId', s.id, 'guest', true, 'name', '', 'event', ${EVENT}), e.id, 'subscribed:' || s.id
    from subscriptions s join events e on e.id = s.event_id left join venues v on v.id = e.venue_id
    where s.id = any(${ids}::uuid[]) and s.email is not null
      and e.deleted_at is null and e.cancelled_at is null and e.ends_at > (select app_now())
    order by s.created_at, s.id
    on conflict (dedupe_key) do nothing`.execute(tx.db)
}

/** Tells followers when the event was moved. A move that another has followed is left to that one to tell of. */
export async function tellFollowersMoved(tx: Tx, facts: ReadonlyArray<Fact<'event.rescheduled'>>): Promise<void> {
  const last = new Map(facts.map((fact) => [fact.data.eventId, fact]))
  for (const { id, at, data } of last.values()) {
    const { startsAt, endsAt, zone, where } = data.was
    await tell(tx, 'followed-moved', [{ id, data }], {
      when: sql`e.cancelled_at is null and e.deleted_at is null and ${isStill(data.is)}
        and f.since <= ${at}::timestamptz + interval '1 millisecond'`,
      hears: sql`r.status <> 'cancelled'`,
      more: sql`${JSON.stringify({ was: { startsAt, endsAt, zone, where } })}::jsonb`,
    })
  }
}

/** Tells followers that the event will not take place. */
export async function tellFollowersCancelled(tx: Tx, facts: ReadonlyArray<Fact<'event.cancelled'>>): Promise<void> {
  await tell(tx, 'followed-cancelled', facts, {
    when: sql`e.cancelled_at is not null`,
    hears: sql`r.cancelled_at >= e.cancelled_at and r.unconfirmed_since is null`,
    more: sql`jsonb_build_object('reason', e.cancellation_reason)`,
  })
}

const isStill = (is: Facts['event.rescheduled']['is']) => sql`e.starts_at = ${is.startsAt}::timestamptz
  and e.ends_at = ${is.endsAt}::timestamptz and e.zone = ${is.zone}
  and e.place is not distinct from ${is.place}::text and e.venue_id is not distinct from ${is.venueId}::uuid`

async function tell(
  tx: Tx,
  topic: Topic,
  facts: ReadonlyArray<{ id: number; data: { eventId: string } }>,
  { when, hears, more }: Record<'when' | 'hears' | 'more', RawBuilder<unknown>>,
): Promise<void> {
  const ids = facts.map(({ id }) => String(id))
  const events = facts.map(({ data }) => data.eventId)
  await sql`
    insert into notifications (id, topic, channel, recipient, payload, event_id, account_id, dedupe_key)
    select gen_random_uuid(), ${topic}::text, f.channel, f.recipient,
      jsonb_build_object('subscriptionId', f.subscription_id, 'guest', f.account_id is null, 'name', f.name, 'event', ${EVENT}) || ${more} || ${TONGUE},
      e.id, f.account_id, ${topic}::text || ':' || t.fact_id || ':' || ${wayKey(sql`f.subscription_id`)}
    from unnest(${ids}::bigint[], ${events}::uuid[]) as t(fact_id, event_id)
    join events e on e.id = t.event_id
    left join venues v on v.id = e.venue_id
    cross join ${followersOf('changes', hears, tx.channels)} f
    left join accounts a on a.id = f.account_id
    where e.ends_at > (select app_now()) and ${when}
    order by t.fact_id, f.subscription_id
    on conflict (dedupe_key) do nothing`.execute(tx.db)
}
