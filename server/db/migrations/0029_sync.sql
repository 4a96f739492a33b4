create table external_events (
  id           uuid primary key,
  provider     text        not null check (provider ~ '^[a-z][a-z0-9-]{0,30}$'),
  external_id  text        not null check (length(external_id) between 1 and 255),
  event_id     uuid        references events on delete set null,
  title        text        not null,
  starts_at    timestamptz not null,
  ends_at      timestamptz not null,
  zone         text        not null,
  venue_name   text,
  price_range  text,
  ticket_url   text,
  raw          jsonb       not null,
  digest       text        not null,
  synced       jsonb       not null,
  changed_at   timestamptz,
  listed_at    timestamptz,
  withdrawn_at timestamptz,
  created_at   timestamptz not null default app_now(),
  updated_at   timestamptz not null default app_now(),
  constraint external_events_one_per_item unique (provider, external_id)
);
comment on table external_events is 'An event as somebody else announces it, and the event here that was made of it.';
comment on column external_events.digest is 'Of what is read of it: the same digest, nothing to do.';
comment on column external_events.synced is 'The fields of the event here as they were last written from there: one that is another now was edited here, and stays.';
comment on column external_events.changed_at is 'When it was changed there, if they say so.';
comment on column external_events.listed_at is 'Since when runs find it there; null: somebody imported it, and no run takes it away.';
comment on column external_events.withdrawn_at is 'Since when it is not announced there any more; the event here is cancelled then.';
create unique index external_events_event on external_events (event_id) where event_id is not null;

create table sync_runs (
  id           uuid primary key,
  provider     text        not null,
  mode         text        not null check (mode in ('full', 'incremental')),
  began_at     timestamptz not null default app_now(),
  lease_until  timestamptz not null,
  held_by      uuid        not null,
  ended_at     timestamptz,
  error        text,
  new_events_count       int not null default 0,
  updated_events_count   int not null default 0,
  withdrawn_events_count int not null default 0,
  unchanged_events_count int not null default 0,
  skipped_count          int not null default 0,
  skipped      jsonb       not null default '[]',
  kept_count   int         not null default 0,
  kept         jsonb       not null default '[]',
  last_synced_changed_at timestamptz
);
comment on table sync_runs is 'One synchronisation with a provider: what became of it, or why it failed.';
comment on column sync_runs.lease_until is 'Until when it counts as alive; a run that died is given up then.';
comment on column sync_runs.held_by is 'Which process runs it.';
comment on column sync_runs.skipped is 'The first of what could not be taken: id there, and why.';
comment on column sync_runs.kept is 'The first of what differs there and was edited here: the event, and its fields.';
create unique index sync_runs_one_at_a_time on sync_runs (provider) where ended_at is null;
create index sync_runs_listed on sync_runs (provider, id);

create table sync_cursors (
  provider   text primary key,
  changed_at timestamptz not null,
  updated_at timestamptz not null default app_now()
);
comment on table sync_cursors is 'Up to which change a provider was read. Moves with the commit of a whole run.';
