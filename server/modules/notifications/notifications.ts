import { sql, type RawBuilder } from 'kysely'
import type { Ctx, Tx } from '#kernel/ctx'
import { DEFAULT_LIMIT, pageOf, positionOf, type Page, type PageQuery } from '#kernel/paging'
import { demand } from '#kernel/policy'
import { may } from './policy.ts'

export const TOPICS = ['confirmed', 'waitlisted', 'promoted', 'cancelled', 'event-cancelled'] as const
export type Topic = (typeof TOPICS)[number]

export type State = 'due' | 'sent' | 'failed'

/** What a message says, as it was when it was written: a retry hours later says the same. Secrets are never in it. */
export type Said = {
  registrationId: string
  /** Guests have no account: their mail carries a link of their own. */
  guest: boolean
  name: string
  event: {
    title: string
    slug: string
    startsAt: string
    endsAt: string
    zone: string
    where: string | null
    deleted: boolean
  }
  /** The number in line, when waitlisted: 1 is the next. */
  position?: number
  /** The organizer's words, when the event was cancelled. */
  reason?: string | null
}

export type Notification = {
  id: string
  topic: string
  channel: string
  recipient: string
  state: State
  attempts: number
  lastError: string | null
  sentAt: Date | null
  createdAt: Date
}

/** A fact about one registration, as the relay hands it over. */
type AboutRegistration = { id: number; data: { registrationId: string; eventId: string } }
type AboutEvent = { id: number; data: { eventId: string } }

// The relay may come late, so each of these tells only what is still so: a person who was put in line and promoted
// since hears only of the seat, and whoever has left already hears only that.

/** Tells those who got a seat, while they have it. */
export async function confirm(tx: Tx, facts: ReadonlyArray<AboutRegistration>): Promise<void> {
  await tell(tx, 'confirmed', facts, sql`r.status = 'going' and r.promoted_at is null and e.deleted_at is null`)
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

/** Tells those whose registration ended before the event was cancelled, if it was; not who has registered again. */
export async function tellCancelled(tx: Tx, facts: ReadonlyArray<AboutRegistration>): Promise<void> {
  const left = sql`r.status = 'cancelled' and (e.cancelled_at is null or r.cancelled_at < e.cancelled_at) and not exists (
    select from registrations again where again.event_id = r.event_id and again.email_key = r.email_key and again.status <> 'cancelled')`
  await tell(tx, 'cancelled', facts, left)
}

/** Tells everybody who was going or waiting when the event was cancelled. */
export async function tellEventCancelled(tx: Tx, facts: ReadonlyArray<AboutEvent>): Promise<void> {
  const reason = sql`jsonb_build_object('reason', e.cancellation_reason)`
  await tell(tx, 'event-cancelled', facts, sql`r.cancelled_at >= e.cancelled_at`, reason)
}

/** Messages, newest first, for admins: what is due, what was sent, what was given up. */
export async function list(
  ctx: Ctx,
  query: PageQuery & { eventId?: string; state?: State },
): Promise<Page<Notification>> {
  demand(ctx, may.list, undefined)
  const { limit = DEFAULT_LIMIT, eventId = null, state = null } = query
  const name = ['notifications', eventId, state]
  const from = positionOf(ctx, name, query.cursor)
  let page = ctx.db
    .selectFrom('notifications')
    .select(['id', 'topic', 'channel', 'recipient', 'attempts', 'last_error', 'sent_at', 'failed_at', 'created_at'])
    .select(sql<string>`created_at::text`.as('created_key'))
  if (eventId) page = page.where('event_id', '=', eventId)
  if (state === 'sent') page = page.where('sent_at', 'is not', null)
  if (state === 'failed') page = page.where('failed_at', 'is not', null)
  if (state === 'due') page = page.where('sent_at', 'is', null).where('failed_at', 'is', null)
  if (from) page = page.where(sql<boolean>`(created_at, id) < (${from[0]}::timestamptz, ${from[1]}::uuid)`)
  const found = await page
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const { items, nextCursor } = pageOf(ctx, name, found, limit, (row) => [row.created_key, row.id])
  return {
    nextCursor,
    items: items.map((row) => ({
      id: row.id,
      topic: row.topic,
      channel: row.channel,
      recipient: row.recipient,
      state: row.sent_at ? 'sent' : row.failed_at ? 'failed' : 'due',
      attempts: row.attempts,
      lastError: row.last_error,
      sentAt: row.sent_at,
      createdAt: row.created_at,
    })),
  }
}

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
    insert into notifications (id, topic, channel, recipient, payload, event_id, dedupe_key)
    select gen_random_uuid(), ${topic}::text, 'email', r.email,
      jsonb_build_object(
        'registrationId', r.id,
        'guest', r.account_id is null,
        'name', r.name,
        'event', jsonb_build_object(
          'title', e.title,
          'slug', e.slug,
          'startsAt', to_char(e.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          'endsAt', to_char(e.ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          'zone', e.zone,
          'where', nullif(concat_ws(', ', e.place, v.name, nullif(v.address, '')), ''),
          'deleted', e.deleted_at is not null)) || ${more},
      e.id, ${topic}::text || ':' || t.fact_id || ':' || r.id
    from told t
    join registrations r on r.event_id = t.event_id and (t.registration_id is null or r.id = t.registration_id)
    join events e on e.id = r.event_id
    left join venues v on v.id = e.venue_id
    left join line l on l.id = r.id
    where e.ends_at > (select app_now()) and ${when}
    order by t.fact_id, r.place
    on conflict (dedupe_key) do nothing`.execute(tx.db)
}
