import { sql } from 'kysely'
import { allowSeconds, transaction, type Ctx, type Tx } from '#kernel/ctx'
import { followersOf, wayKey } from './followers.ts'
import { EVENT, TONGUE } from './notifications.ts'
import { ways } from './ways.ts'

/*
 * Nothing is written ahead: what an event says of its reminders is looked at when their time has come, so there is nothing
 * to move when it is moved and nothing to take back when somebody leaves.
 *
 *  1. A row of `reminders` is written with the messages, in one statement, and lets that happen once; the start is part
 *     of its key, so a move makes it due again.
 *  2. A mark counts if it was there when its time came: people who hear that an event is now tomorrow need not be
 *     reminded a minute later that it is tomorrow. Of several that passed while nobody worked only the nearest is sent.
 *  3. What is written and has not left is looked at again when it leaves: OUTDATED_REMINDERS.
 */

const EVENTS_AT_ONCE = 50

/** Writes the reminders whose time has come, event by event, and answers of how many events. */
export async function remind(ctx: Ctx): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    select e.id from events e
    where e.published_at is not null and e.deleted_at is null and e.cancelled_at is null
      and e.starts_at > (select app_now()) and e.starts_at <= (select app_now() + interval '14 days')
      and e.starts_at - e.reminder_minutes[1] * interval '1 minute' <= (select app_now()) -- the longest comes first
      and exists (select from unnest(e.reminder_minutes) minutes
        where e.starts_at - minutes * interval '1 minute' <= (select app_now()) and not exists (
          select from reminders d where d.event_id = e.id and d.starts_at = e.starts_at and d.minutes_before = minutes))
    order by e.starts_at, e.id limit ${EVENTS_AT_ONCE}`.execute(ctx.db)
  let reminded = 0
  for (const { id } of rows)
    try {
      await transaction(ctx, (tx) => remindOf(tx, id))
      reminded++
    } catch (error) {
      ctx.log.error({ err: error, eventId: id }, 'people were not reminded; it is tried again')
    }
  return reminded
}

/** Whoever never confirmed may have been registered by somebody else, and who has not paid has no place yet. */
const HAS_PLACE = sql`r.status = 'going' and r.held_until is null and r.unconfirmed_since is null and r.erased_at is null`

async function remindOf(tx: Tx, eventId: string): Promise<void> {
  await allowSeconds(tx, 60) // as many messages as there are people
  await sql`
    with passed as (
      select e.id as event_id, e.starts_at, minutes, e.starts_at - minutes * interval '1 minute' as mark
      from events e cross join unnest(e.reminder_minutes) minutes
      where e.id = ${eventId} and e.published_at is not null and e.deleted_at is null and e.cancelled_at is null
        and e.starts_at > (select app_now()) and e.starts_at - minutes * interval '1 minute' <= (select app_now())
    ), marked as (
      insert into reminders (event_id, starts_at, minutes_before, missed)
      select event_id, starts_at, minutes, minutes > min(minutes) over () or exists (
        select from event_versions v where v.event_id = passed.event_id and v.at > passed.mark
          and v.changes ?| array['startsAt', 'reminderMinutes'])
      from passed
      on conflict do nothing
      returning *
    )
    insert into notifications (id, topic, channel, recipient, payload, event_id, account_id, dedupe_key)
    select gen_random_uuid(), 'reminder', f.channel, f.recipient,
      f.about || jsonb_build_object('guest', f.account_id is null, 'name', f.name, 'event', ${EVENT} || f.inside) || ${TONGUE},
      e.id, f.account_id,
      'reminder:' || e.id || ':' || extract(epoch from e.starts_at)::bigint || ':' || m.minutes_before || ':' || ${wayKey(sql`f.who`)}
    from marked m
    join events e on e.id = m.event_id
    left join venues v on v.id = e.venue_id
    cross join lateral (
      select distinct on (channel, lower(recipient)) * from (
        select r.id as who, r.account_id, r.name, w.channel, w.recipient, 0 as kind,
          jsonb_build_object('registrationId', r.id)
            || case when r.link_generation > 0 then jsonb_build_object('linkGeneration', r.link_generation) else '{}' end as about,
          case when e.online_url is null then '{}' else jsonb_build_object('onlineUrl', e.online_url) end as inside
        from registrations r cross join lateral ${ways('reminders', sql`r.account_id`, sql`r.email`, { channels: tx.channels })} w
        where r.event_id = e.id and ${HAS_PLACE}
          and coalesce(r.promoted_at, r.created_at) <= m.starts_at - m.minutes_before * interval '1 minute'
        union all
        select s.subscription_id, s.account_id, s.name, s.channel, s.recipient, 1,
          jsonb_build_object('subscriptionId', s.subscription_id), '{}'::jsonb
        from ${followersOf('reminders', HAS_PLACE, tx.channels)} s
        where s.since <= m.starts_at - m.minutes_before * interval '1 minute'
      ) everybody order by channel, lower(recipient), kind
    ) f
    left join accounts a on a.id = f.account_id
    where not m.missed
    on conflict (dedupe_key) do nothing`.execute(tx.db)
}

/**
 * Of what is `due`, what is not so any more (id, reason): the event was moved or called off, has begun, or the person has
 * left. The same for what tells followers of a move that another has followed.
 */
export const OUTDATED_REMINDERS = sql`
  select due.id, case
    when e.id is null or e.cancelled_at is not null or e.deleted_at is not null then 'the event was called off'
    when e.starts_at <> (due.payload #>> '{event,startsAt}')::timestamptz then 'the event was moved'
    when due.topic = 'reminder' and e.starts_at <= (select app_now()) then 'the event has begun'
    else 'the person has left' end as reason
  from due left join events e on e.id = due.event_id left join venues v on v.id = e.venue_id
    left join registrations r on r.id = (due.payload->>'registrationId')::uuid
    left join subscriptions s on s.id = (due.payload->>'subscriptionId')::uuid
  where due.topic in ('reminder', 'followed-moved') and (
    e.id is null or e.cancelled_at is not null or e.deleted_at is not null
    or e.starts_at <> (due.payload #>> '{event,startsAt}')::timestamptz
    or case when due.topic = 'reminder' then e.starts_at <= (select app_now())
      else e.ends_at <> (due.payload #>> '{event,endsAt}')::timestamptz or e.zone <> due.payload #>> '{event,zone}'
        or nullif(concat_ws(', ', e.place, v.name, nullif(v.address, '')), '') is distinct from due.payload #>> '{event,where}' end
    or case when due.payload ? 'registrationId' then (${HAS_PLACE}) is not true else s.id is null end)`
