create table categories (
  id          uuid primary key,
  number      bigint generated always as identity unique,
  name        text        not null check (length(name) between 1 and 75),
  name_key    text        not null unique,
  description text        not null default '' check (length(description) <= 5000),
  created_at  timestamptz not null default app_now()
);
comment on table categories is 'A kind of event that people filter by.';

create table events (
  id           uuid primary key,
  number       bigint generated always as identity unique,
  organizer_id uuid        not null references accounts,
  slug         text        not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,119}$'),
  title        text        not null check (length(title) between 1 and 200),
  description  text        not null default '' check (length(description) <= 20000),
  starts_at    timestamptz not null,
  ends_at      timestamptz not null,
  zone         text        not null,
  venue_id     uuid        references venues on delete restrict,
  place        text        check (length(place) between 1 and 255),
  category_id  uuid        references categories on delete set null,
  registration_deadline timestamptz,
  has_waitlist boolean     not null default true,
  version      int         not null default 1,
  published_at timestamptz,
  closed_at    timestamptz,
  cancelled_at timestamptz,
  cancellation_reason text check (length(cancellation_reason) <= 1000),
  deleted_at   timestamptz,
  created_at   timestamptz not null default app_now(),
  updated_at   timestamptz not null default app_now(),
  search       tsvector    generated always as (
    setweight(to_tsvector('english', title), 'A')
    || setweight(to_tsvector('english', coalesce(place, '')), 'B')
    || setweight(to_tsvector('english', description), 'C')) stored,
  constraint events_ends_after_start check (ends_at >= starts_at)
);
comment on table events is 'A gathering. A draft until published_at; its seats are in seat_pools.';
comment on column events.closed_at is 'When the organizer stopped taking registrations before the deadline did.';
comment on column events.deleted_at is 'Deleted events are invisible to everyone; the row stays for those who had a place.';
create index events_search on events using gin (search);
create index events_listed_by_start on events (starts_at, id) where published_at is not null and deleted_at is null;
create index events_listed_by_creation on events (created_at, id) where published_at is not null and deleted_at is null;
create index events_listed_by_title on events (lower(title), id) where published_at is not null and deleted_at is null;
create index events_organizer on events (organizer_id, starts_at) where deleted_at is null;
create index events_venue on events (venue_id) where deleted_at is null;
create index events_category on events (category_id, starts_at) where deleted_at is null;
