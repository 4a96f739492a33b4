-- Registrations by month, as far as they are counted: what lies before `until` is in the table and is not read again.
create table registration_months (
  event_id   uuid not null references events on delete cascade,
  month      text not null check (month ~ '^\d{4}-\d{2}$'),
  registered int  not null check (registered > 0),
  primary key (event_id, month)
);
comment on table registration_months is 'Registrations by month (UTC) of when they were made, before registrations_counted.until. Only the job of analytics writes it.';
create table registrations_counted (
  only_row boolean primary key default true check (only_row),
  until    timestamptz not null
);
comment on table registrations_counted is 'Up to which moment registrations are in registration_months; later ones are counted when somebody asks.';
insert into registrations_counted (until) values ('1970-01-01T00:00:00Z');

-- The list in the order of arrival is read by index. In return the index by time is now one that costs the desk next to nothing:
-- it only has to find the last hour.
create index registrations_by_place on registrations (event_id, place);
drop index registrations_by_time;
create index registrations_by_time on registrations using brin (created_at);

create table doors (
  event_id uuid primary key references events on delete cascade,
  came     int not null check (came >= 0)
);
comment on table doors is 'How many have come in at an event: kept by whoever writes or takes back an entry, as the last thing in that transaction.';
insert into doors (event_id, came) select event_id, count(*) from checkins group by event_id;

alter table reviews add column removed_at timestamptz;
alter table reviews add constraint reviews_only_hidden_ones_stay check (removed_at is null or (hidden_at is not null and comment = ''));
comment on column reviews.removed_at is 'Its author took it away while it was hidden: without its words it stays in the way of another by the same person.';

-- What a seat costs is what it cost when it was held.
create table hold_prices (
  registration_id uuid primary key references registrations on delete cascade,
  amount   int  not null check (amount > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  refund_until_hours int
);
comment on table hold_prices is 'What is owed for a seat that was held before the price changed. Without a row it is the price of the event.';

alter table seat_pools add column over_at timestamptz;
alter table seat_pools drop constraint seat_pools_nobody_waits_beside_a_free_seat;
alter table seat_pools add constraint seat_pools_nobody_waits_beside_a_free_seat
  check (waiting = 0 or over_at is not null or (capacity is not null and taken = capacity));
comment on column seat_pools.over_at is 'A hold ended here after the event: its seat is nobody''s any more, and the line stays as it was.';

alter table payments
  add column asked_with jsonb,
  add column at_door boolean not null default false,
  add column returned int not null default 0 check (returned >= 0),
  add column taken_back_at timestamptz,
  add column refund_reference text check (length(refund_reference) <= 255),
  add column refund_round int not null default 0;
comment on column payments.asked_with is 'The words the provider is asked with, until it has answered: asked again, they are the same to the byte.';
comment on column payments.at_door is 'For a seat that was given at the door: it is theirs whether it is paid for or not.';
comment on column payments.returned is 'How much of it went back so far, in parts.';
comment on column payments.taken_back_at is 'All of it was paid back at the provider''s, by hand: the place ends with it.';
comment on column payments.refund_reference is 'What the provider calls the refund that it has begun and not finished.';
comment on column payments.refund_round is 'How many refunds have failed after they were begun: each is asked for under a key of its own.';
