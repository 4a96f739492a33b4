create table event_versions (
  event_id uuid        not null references events on delete cascade,
  version  int         not null,
  at       timestamptz not null default app_now(),
  actor    jsonb       not null,
  changes  jsonb       not null,
  primary key (event_id, version)
);
comment on table event_versions is 'One change of an event: { field: { from, to } }, and who made it. The first row of an event says everything.';

insert into event_versions (event_id, version, at, actor, changes)
select e.id, e.version, e.updated_at, '{"kind": "system", "name": "migration"}', (
  select jsonb_object_agg(f.key, jsonb_build_object('from', null, 'to', f.value))
  from jsonb_each(jsonb_build_object(
    'title', e.title, 'description', e.description,
    'startsAt', to_char(e.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'endsAt', to_char(e.ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'zone', e.zone, 'venueId', e.venue_id, 'place', e.place, 'categoryId', e.category_id,
    'registrationDeadline', to_char(e.registration_deadline at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'hasWaitlist', e.has_waitlist, 'visibility', e.visibility, 'tags', '[]'::jsonb, 'capacity', s.capacity,
    'publishedAt', to_char(e.published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'closedAt', to_char(e.closed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'cancelledAt', to_char(e.cancelled_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'cancellationReason', e.cancellation_reason)) f)
from events e join seat_pools s on s.event_id = e.id;
