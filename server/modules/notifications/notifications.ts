import { sql, type RawBuilder } from 'kysely'
import '#events'
import type { Tx } from '#kernel/ctx'
import type { Facts } from '#kernel/facts'
import { groupOf, TURNED_OFF_WITH } from './topics.ts'
import { mailOf, ONCE_EACH_WAY, ways } from './ways.ts'

export const TOPICS = [
  'confirmed',
  'to-confirm',
  'waitlisted',
  'promoted',
  'cancelled',
  'corrected',
  'passed-on',
  'event-cancelled',
  'moved',
  'invited',
  'not-published',
  'held',
  'offered',
  'lapsed',
  'reminder',
  'subscribed',
  'followed-moved',
  'followed-cancelled',
] as const
export type Topic = (typeof TOPICS)[number]

/** What a message says, as it was when it was written: a retry hours later says the same. Secrets are never in it. */
export type Said = {
  registrationId?: string
  /** Who is invited and not registered yet. */
  invitationId?: string
  /** Who follows the event, without a place that the message would be about. */
  subscriptionId?: string
  /** Guests have no account: their mail carries a link of their own. */
  guest: boolean
  /** Of the guest's link, where it is not the first. */
  linkGeneration?: number
  name: string
  /** Of who has an account and chose one; otherwise the instance's. */
  language?: string
  /** Where they are, if they said so. */
  ownZone?: string
  event: {
    title: string
    slug: string
    startsAt: string
    endsAt: string
    zone: string
    where: string | null
    deleted: boolean
    /** Whether a guest needs a link of their own to see it. */
    private?: boolean
    /** Only for who is going. */
    onlineUrl?: string | null
  }
  /** The number in line, when waitlisted: 1 is the next. */
  position?: number
  /** Whether what is to be confirmed is a place in line. */
  waits?: boolean
  /** Until when the place waits for the money, or to be confirmed. */
  heldUntil?: string
  /** When and where it was, when it was moved. */
  was?: { startsAt: string; endsAt: string; zone: string; where: string | null }
  /** What it costs, in minor units. */
  owed?: { amount: number; currency: string }
  /** The organizer's words, when the event was cancelled. */
  reason?: string | null
}

/** A fact about one registration, as the relay hands it over. */
type AboutRegistration = { id: number; data: { registrationId: string; eventId: string } }
type AboutInvitations = { data: { invitationIds: string[] } }
type AboutEvent = { id: number; data: { eventId: string } }
type AboutMove = { id: number; at: Date; data: Facts['event.rescheduled'] }

// The relay may come late, so each of these tells only what is still so: a person who was put in line and promoted
// since hears only of the seat, and whoever has left already hears only that.

/** Tells those who got a seat, while they have it. */
export async function confirm(tx: Tx, facts: ReadonlyArray<AboutRegistration>): Promise<void> {
  await tell(tx, 'confirmed', facts, sql`r.status = 'going' and r.held_until is null and e.deleted_at is null`)
}

/** Asks guests to confirm, while they can: the one mail that somebody gets who never came here. */
export async function tellToConfirm(tx: Tx, facts: ReadonlyArray<AboutRegistration>): Promise<void> {
  // Without the name, which whoever typed the address chose as well.
  const waits = sql`jsonb_build_object('name', '', 'waits', r.status = 'waitlisted') || ${HELD_UNTIL}`
  await tell(tx, 'to-confirm', facts, sql`r.unconfirmed_since is not null and ${HELD}`, waits)
}

/** Tells those who wait what number they are in line. */
export async function tellWaitlisted(tx: Tx, facts: ReadonlyArray<AboutRegistration>): Promise<void> {
  const position = sql`jsonb_build_object('position', l.position)`
  await tell(tx, 'waitlisted', facts, sql`r.status = 'waitlisted' and e.deleted_at is null`, position)
}

/** Tells those who came from the line to a seat, while they have it. */
export async function tellPromoted(tx: Tx, facts: ReadonlyArray<AboutRegistration>): Promise<void> {
  await tell(tx, 'promoted', facts, sql`r.status = 'going' and e.deleted_at is null`)
}

/** Tells those whose seat is held until when they have to pay. */
export async function tellHeld(tx: Tx, facts: ReadonlyArray<AboutRegistration>): Promise<void> {
  await tell(tx, 'held', facts, sql`${HELD} and ${CONFIRMED}`, HELD_UNTIL)
}

/** The same for those who came from the line. */
export async function tellOffered(tx: Tx, facts: ReadonlyArray<AboutRegistration>): Promise<void> {
  await tell(tx, 'offered', facts, HELD, HELD_UNTIL)
}

/** Tells those who did not pay in time that the seat is gone; not who never confirmed, has registered again or been seated again. */
export async function tellLapsed(tx: Tx, facts: ReadonlyArray<AboutRegistration>): Promise<void> {
  const gone = sql`r.lapsed_at is not null and ${CONFIRMED} and e.cancelled_at is null and not exists (
    select from registrations again where again.event_id = r.event_id and again.email_key = r.email_key and again.status <> 'cancelled')`
  await tell(tx, 'lapsed', facts, gone)
}

/** Tells those whose registration ended before the event was cancelled, if it was; not who has registered again. */
export async function tellCancelled(tx: Tx, facts: ReadonlyArray<AboutRegistration>): Promise<void> {
  const left = sql`r.status = 'cancelled' and ${CONFIRMED} and (e.cancelled_at is null or r.cancelled_at < e.cancelled_at) and not exists (
    select from registrations again where again.event_id = r.event_id and again.email_key = r.email_key and again.status <> 'cancelled')`
  await tell(tx, 'cancelled', facts, left)
}

/** Tells guests whose name or address was corrected, by the link that is good now. */
export async function tellCorrected(tx: Tx, facts: ReadonlyArray<AboutRegistration>): Promise<void> {
  await tell(tx, 'corrected', facts, sql`r.status <> 'cancelled' and e.deleted_at is null`)
}

/** Tells those whose ticket somebody else has now; who has it hears that it is theirs. */
export async function tellPassedOn(tx: Tx, facts: ReadonlyArray<AboutRegistration>): Promise<void> {
  await tell(tx, 'passed-on', facts, sql`r.status = 'cancelled' and e.deleted_at is null`)
}

/** Tells everybody who was going or waiting when the event was cancelled. */
export async function tellEventCancelled(tx: Tx, facts: ReadonlyArray<AboutEvent>): Promise<void> {
  const reason = sql`jsonb_build_object('reason', e.cancellation_reason)`
  await tell(tx, 'event-cancelled', facts, sql`r.cancelled_at >= e.cancelled_at and ${CONFIRMED}`, reason)
}

/**
 * Tells who had a place, or waited, when the event was moved. A move that another has followed is left to that one to
 * tell of, and so is one after which the event was called off.
 */
export async function tellMoved(tx: Tx, facts: ReadonlyArray<AboutMove>): Promise<void> {
  const last = new Map(facts.map((fact) => [fact.data.eventId, fact]))
  for (const fact of last.values()) {
    const { was, is } = fact.data
    const when = sql`r.status <> 'cancelled' and e.cancelled_at is null and e.deleted_at is null
      and r.created_at <= ${fact.at}::timestamptz + interval '1 millisecond'
      and e.starts_at = ${is.startsAt}::timestamptz and e.ends_at = ${is.endsAt}::timestamptz and e.zone = ${is.zone}
      and e.place is not distinct from ${is.place}::text and e.venue_id is not distinct from ${is.venueId}::uuid`
    const { startsAt, endsAt, zone, where } = was
    const before = { was: { startsAt, endsAt, zone, where } }
    await tell(tx, 'moved', [fact], when, sql`${JSON.stringify(before)}::jsonb`)
  }
}

/** Writes to those who were invited and still are. */
export async function tellInvited(tx: Tx, facts: ReadonlyArray<AboutInvitations>): Promise<void> {
  const ids = facts.flatMap((fact) => fact.data.invitationIds)
  await sql`
    insert into notifications (id, topic, channel, recipient, payload, event_id, dedupe_key)
    select gen_random_uuid(), 'invited', ${mailOf(tx.channels)}, i.email,
      jsonb_build_object('invitationId', i.id, 'guest', true, 'name', '', 'event', ${EVENT}), e.id, 'invited:' || i.id
    from event_invitations i
    join events e on e.id = i.event_id
    left join venues v on v.id = e.venue_id
    where i.id = any(${ids}::uuid[]) and i.revoked_at is null
      and e.deleted_at is null and e.cancelled_at is null and e.ends_at > (select app_now())
    order by i.created_at, i.id
    on conflict (dedupe_key) do nothing`.execute(tx.db)
}

/** Tells an organizer why an event was not published when it should have been, as long as it is not. */
export async function tellNotPublished(
  tx: Tx,
  facts: ReadonlyArray<{ id: number; data: { eventId: string; reason: string } }>,
): Promise<void> {
  for (const { id, data } of facts) {
    await sql`
      insert into notifications (id, topic, channel, recipient, payload, event_id, account_id, dedupe_key)
      select gen_random_uuid(), 'not-published', ${mailOf(tx.channels)}, a.email,
        jsonb_build_object('guest', false, 'name', coalesce(nullif(a.first_name, ''), a.username), 'reason', ${data.reason}::text, 'event', ${EVENT}) || ${TONGUE},
        e.id, a.id, ${`not-published:${id}`}
      from events e join accounts a on a.id = e.organizer_id left join venues v on v.id = e.venue_id
      where e.id = ${data.eventId} and e.published_at is null and e.deleted_at is null
      on conflict (dedupe_key) do nothing`.execute(tx.db)
  }
}

/** What is said of the event itself; `e` is its row and `v` its venue. */
export const EVENT = sql`jsonb_build_object(
  'title', e.title,
  'slug', e.slug,
  'startsAt', to_char(e.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'endsAt', to_char(e.ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'zone', e.zone,
  'where', nullif(concat_ws(', ', e.place, v.name, nullif(v.address, '')), ''),
  'deleted', e.deleted_at is not null,
  'private', e.visibility = 'private')`

/** How the account `a` wants to be told. */
export const TONGUE = sql`jsonb_strip_nulls(jsonb_build_object('language', a.language, 'ownZone', a.zone))`

/** Whoever never confirmed may have been registered by somebody else, and hears nothing more. */
const CONFIRMED = sql`r.unconfirmed_since is null`
const HELD = sql`r.held_until > (select app_now()) and e.deleted_at is null`
const HELD_UNTIL = sql`jsonb_build_object('heldUntil', to_char(r.held_until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
  || coalesce((select jsonb_build_object('owed', jsonb_build_object('amount', coalesce(h.amount, c.amount), 'currency', coalesce(h.currency, c.currency)))
    from prices c left join hold_prices h on h.registration_id = r.id where c.event_id = r.event_id), '{}')`

/**
 * Writes one message for every registration that the facts are about and `when` is true of, in one statement.
 * A fact that is delivered again writes nothing. An event that is over is told about no more.
 */
async function tell(
  tx: Tx,
  topic: Topic,
  facts: ReadonlyArray<AboutRegistration | AboutEvent>,
  when: RawBuilder<unknown>,
  more: RawBuilder<unknown> = sql`'{}'::jsonb`,
): Promise<void> {
  if (facts.length === 0) return
  const ids = facts.map((fact) => String(fact.id))
  const events = facts.map((fact) => fact.data.eventId)
  const registrations = facts.map((fact) => ('registrationId' in fact.data ? fact.data.registrationId : null))
  await sql`
    with told as (
      select * from unnest(${ids}::bigint[], ${events}::uuid[], ${registrations}::uuid[]) as t(fact_id, event_id, registration_id)
    ), line as materialized ( -- once for all who are told, and only where it is told
      select id, row_number() over (partition by event_id order by place) as position
      from registrations where ${topic}::text = 'waitlisted' and status = 'waitlisted' and event_id in (select event_id from told)
    )
    insert into notifications (id, topic, channel, recipient, payload, event_id, account_id, dedupe_key)
    select gen_random_uuid(), ${topic}::text, w.channel, w.recipient,
      jsonb_build_object(
        'registrationId', r.id,
        'guest', r.account_id is null,
        'name', r.name,
        'event', ${EVENT} || case when r.status = 'going' and r.held_until is null and e.online_url is not null
          then jsonb_build_object('onlineUrl', e.online_url) else '{}'::jsonb end) || ${more}
        || case when r.link_generation > 0 then jsonb_build_object('linkGeneration', r.link_generation) else '{}' end || ${TONGUE},
      e.id, a.id, ${topic}::text || ':' || t.fact_id || ':' || r.id || ${ONCE_EACH_WAY}
    from told t
    join registrations r on r.event_id = t.event_id and (t.registration_id is null or r.id = t.registration_id)
    join events e on e.id = r.event_id
    left join venues v on v.id = e.venue_id
    left join line l on l.id = r.id
    left join accounts a on a.id = r.account_id
    cross join lateral ${ways(groupOf(topic), sql`r.account_id`, sql`r.email`, { channels: tx.channels, kept: !TURNED_OFF_WITH[topic] })} w
    where e.ends_at > (select app_now()) and r.erased_at is null and ${when}
    order by t.fact_id, r.place
    on conflict (dedupe_key) do nothing`.execute(tx.db)
}
