create table seat_pools (
  event_id uuid primary key references events on delete cascade,
  capacity int check (capacity between 1 and 10000000),
  taken    int not null default 0 check (taken >= 0),
  waiting  int not null default 0 check (waiting >= 0),
  constraint seat_pools_never_oversold check (taken <= capacity),
  constraint seat_pools_nobody_waits_beside_a_free_seat check (waiting = 0 or (capacity is not null and taken = capacity))
) with (fillfactor = 50);
comment on table seat_pools is 'The seats of one event: the row that everyone locks before they give, take or free a seat. Narrow and without further indexes, so that counting is a heap-only update.';
comment on column seat_pools.capacity is 'Null: as many as come.';

create table registrations (
  id           uuid primary key,
  number       bigint generated always as identity unique,
  event_id     uuid        not null references events on delete cascade,
  account_id   uuid        references accounts on delete set null,
  name         text        not null check (length(name) between 1 and 200),
  email        text        not null check (length(email) between 3 and 320),
  email_key    text        not null,
  status       text        not null check (status in ('going', 'waitlisted', 'cancelled')),
  place        bigint generated always as identity,
  created_at   timestamptz not null default app_now(),
  promoted_at  timestamptz,
  cancelled_at timestamptz,
  constraint registrations_cancelled_when check ((status = 'cancelled') = (cancelled_at is not null))
);
comment on table registrations is 'One person''s claim to a place at one event. A cancelled row stays; registering again makes a new one.';
comment on column registrations.place is 'The order of arrival: given under the lock of the event''s seat row, so a lower number came first.';
comment on column registrations.email_key is 'The address as it is compared: comparable(email).';
create unique index registrations_one_per_address on registrations (event_id, email_key) where status <> 'cancelled';
create unique index registrations_one_per_account on registrations (event_id, account_id) where status <> 'cancelled' and account_id is not null;
create index registrations_line on registrations (event_id, place) where status = 'waitlisted';
create index registrations_listed on registrations (event_id, created_at, id);
create index registrations_account on registrations (account_id, created_at) where account_id is not null;
