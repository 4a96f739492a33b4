import { COUNT_UP } from '#kernel/limiter'

// The two statements that seat people. Why they are two, and in this order, is in desk.ts.

/** How long a place is held for a guest who has to confirm: as long as a mail may take, and not longer than a seat can be missed. */
const CONFIRM_MINUTES = 60

/** Locks the seat rows of these events, in the order of their ids, so that no two batches wait for each other in a ring. */
export const LOCK_SEATS = `
select event_id from seat_pools where event_id = any($1::uuid[]) order by event_id for update`

/**
 * Decides about everybody in the batch and writes it all down. Each row is looked up by its key and nothing else
 * (`limit 1`): left to choose by what it last counted, the planner reads whole tables that have grown since. Parameters
 * are parallel arrays in the order of arrival; nobody is in them twice. Gives one row per person, with the reason where
 * there was no place to be had.
 */
export const SEAT_BATCH = `
with moment as materialized (
  select app_now() as now
), counts as materialized (
  select key, count(*)::int as times, $16::int as seconds from unnest($14::text[]) m(key) where key is not null group by key
), counted_mails as (${COUNT_UP}
), asked as materialized (
  select a.*, n.now, greatest(1, ceil(date_part('epoch', m.until - n.now)))::int as mail_wait, p.capacity, p.taken, p.waiting, p.hold_minutes, e.slug, e.title, e.starts_at, e.ends_at, e.zone, e.has_waitlist, e.cancelled_at,
    e.confirms_guests and a.account_id is null as must_confirm, k.fingerprint as kept_fingerprint, k.answer as kept_answer,
    case
      when k.key is not null then 'answered-before'
      when m.count - m.times + a.nth > $15::int then 'mailed-too-often'
      when m.count - m.times + a.nth > 1 then 'mailed-before'
      when e.published_at is null or e.deleted_at is not null or p.event_id is null then 'not-found'
      when e.visibility = 'private' and not a.let_in then 'private'
      when e.cancelled_at is not null then 'event-cancelled'
      when e.starts_at <= n.now then 'event-past'
      when e.closed_at is not null or e.registration_deadline <= n.now then 'closed'
      when (select true from registrations r where r.event_id = a.event_id and r.email_key = a.email_key and r.status <> 'cancelled' limit 1)
        or (select true from registrations r where r.event_id = a.event_id and r.account_id = a.account_id and r.status <> 'cancelled' limit 1)
        then 'already-registered'
    end as refused
  from (
    select *, case when mail_key is not null then row_number() over (partition by mail_key order by ord) end as nth
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::bool[], $8::jsonb[], $9::text[], $10::text[], $11::text[], $12::bool[], $13::bool[], $14::text[])
      with ordinality a(id, event_id, account_id, name, email, email_key, waitlist, actor, scope, key, fingerprint, let_in, visible, mail_key, ord)
  ) a
  cross join moment n
  left join (select * from counted_mails join counts using (key)) m on m.key = a.mail_key
  left join lateral (select * from seat_pools where event_id = a.event_id limit 1) p on true
  left join lateral (select * from events where id = a.event_id limit 1) e on true
  left join lateral (select * from idempotency_keys where scope = a.scope and key = a.key limit 1) k on true
), ranked as (
  select *, row_number() over (partition by event_id order by ord) as rank from asked where refused is null
), decided as (
  select *, case
      when capacity is null or taken + rank <= capacity then 'going'
      when waitlist and has_waitlist then 'waitlisted'
    end as status
  from ranked
), seated as (
  insert into registrations (id, event_id, account_id, name, email, email_key, status, visible_to_attendees, held_until, unconfirmed_since)
  select id, event_id, account_id, name, email, email_key, status, visible,
    case
      when must_confirm then least(now + interval '${CONFIRM_MINUTES} minutes', ends_at)
      when status = 'going' and hold_minutes is not null then least(now + make_interval(mins => hold_minutes), ends_at)
    end,
    case when must_confirm then now end
  from decided where status is not null order by ord
  returning id, number, event_id, status, held_until, unconfirmed_since, created_at
), counted as (
  update seat_pools p set taken = p.taken + s.going, waiting = p.waiting + s.waitlisted
  from (select event_id, count(*) filter (where status = 'going') as going, count(*) filter (where status = 'waitlisted') as waitlisted
        from seated group by event_id) s
  where p.event_id = s.event_id
), told as (
  insert into facts (kind, data, actor)
  select 'registration.' || case when s.unconfirmed_since is not null then 'unconfirmed' when s.held_until is null then s.status else 'held' end, jsonb_build_object('registrationId', s.id, 'eventId', s.event_id), a.actor
  from seated s join asked a using (id) order by a.ord
), answered as (
  select a.id, a.event_id, a.account_id, a.name, a.email, a.slug, a.title, a.starts_at, a.ends_at, a.zone, a.has_waitlist,
    a.cancelled_at, a.mail_wait, a.ord, a.scope, a.key, a.fingerprint, a.kept_fingerprint, a.kept_answer, s.number, s.status, s.held_until, s.unconfirmed_since, s.created_at,
    case when d.status = 'waitlisted' then d.waiting + row_number() over (partition by a.event_id, d.status order by a.ord) end as position,
    case when s.id is null then coalesce(a.refused, 'event-full') end as refused
  from asked a left join decided d using (id) left join seated s using (id)
), kept as (
  insert into idempotency_keys (scope, key, fingerprint, status, answer)
  select scope, key, fingerprint, 201,
    jsonb_build_object('id', id, 'number', number, 'name', name, 'email', email, 'status', status, 'position', position, 'held_until', held_until, 'unconfirmed_since', unconfirmed_since, 'created_at', created_at)
  from answered where key is not null and status is not null
)
select id, slug, title, starts_at, ends_at, zone, has_waitlist, cancelled_at, mail_wait, number, status, position, held_until, unconfirmed_since, created_at, refused, kept_fingerprint, kept_answer from answered order by ord`
