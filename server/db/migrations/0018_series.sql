create table series (
  id               uuid primary key,
  number           bigint generated always as identity unique,
  organizer_id     uuid        not null references accounts,
  rule             text        not null check (length(rule) between 1 and 500),
  starts_local     timestamp   not null,
  minutes          int         not null check (minutes > 0),
  zone             text        not null,
  deadline_minutes int         check (deadline_minutes >= 0),
  template         jsonb       not null,
  published_at     timestamptz,
  ended_at         timestamptz,
  horizon_at       timestamptz,
  version          int         not null default 1,
  created_at       timestamptz not null default app_now(),
  updated_at       timestamptz not null default app_now()
);
comment on table series is 'An event that repeats: its rule, and what those occurrences are like that are still to be made. What has been made are events.';
comment on column series.rule is 'An RRULE of RFC 5545 without its name, in our one spelling, counted from starts_local.';
comment on column series.starts_local is 'The first start as the clocks of the zone show it.';
comment on column series.minutes is 'From start to end on those clocks.';
comment on column series.deadline_minutes is 'How long before its start one may register, on those clocks; null: until it starts.';
comment on column series.template is 'The other fields of an event; tags by their ids.';
comment on column series.published_at is 'Since when new occurrences are published as they are made.';
comment on column series.ended_at is 'Called off or deleted as a whole: no more occurrences are made.';
comment on column series.horizon_at is 'Until when occurrences are made; null when everything is made that the rule gives.';
create index series_organizer on series (organizer_id);
create index series_horizon on series (id) where ended_at is null and horizon_at is not null;

alter table events
  add column series_id uuid references series on delete set null,
  add column occurrence_at timestamp,
  add column own_fields text[] not null default '{}',
  add constraint events_once_in_series unique (series_id, occurrence_at) deferrable initially immediate;
comment on column events.occurrence_at is 'The wall time that the series’ rule gave it, whatever it was moved to since.';
comment on column events.own_fields is 'What was changed for this occurrence alone; changes of the whole series leave it.';
