-- Seats that must be paid for are held for a while.
alter table seat_pools
  add column hold_minutes  int check (hold_minutes between 5 and 43200),
  add column offer_minutes int not null default 1440 check (offer_minutes between 5 and 43200);
comment on column seat_pools.hold_minutes is 'For how long a seat is held for the money; null: free of charge.';
comment on column seat_pools.offer_minutes is 'The same for who comes to a seat from the waitlist and has to hear of it first.';

alter table registrations
  add column held_until timestamptz,
  add column lapsed_at  timestamptz,
  add constraint registrations_only_seats_are_held check (held_until is null or status = 'going'),
  add constraint registrations_lapsed_is_over check (lapsed_at is null or status = 'cancelled');
comment on column registrations.held_until is 'The seat is taken, but not theirs before it is paid for: no ticket while this is set. Null: nothing is owed.';
comment on column registrations.lapsed_at is 'It ended because the money did not come in time; money that comes after that may seat them again.';
create index registrations_held on registrations (held_until) where held_until is not null;
