-- What is counted, so that nobody asks for more than their share. A crash may lose a minute's counts: no log is written
-- for them, so counting waits for no disk.
create unlogged table rate_counts (
  key   text primary key,
  count int         not null,
  until timestamptz not null
) with (fillfactor = 50);
comment on table rate_counts is 'How often somebody did something in a window of time: what several processes count together where there is no Redis.';
comment on column rate_counts.key is 'Who and what, signed by us: no address and no name can be read from it.';

create table known_places (
  account_id uuid        not null references accounts on delete cascade,
  place      text        not null,
  seen_at    timestamptz not null default app_now(),
  primary key (account_id, place)
);
comment on table known_places is 'An address from which somebody has logged in to the account: they are let in there while strangers guess elsewhere.';
comment on column known_places.place is 'The address, signed by us: it cannot be read from this.';

-- Guests of an event that asks for it confirm by the link in their mail.
alter table events add column confirms_guests boolean not null default false;
comment on column events.confirms_guests is 'A guest''s place is held until they follow the link in their mail, and given to the next when they do not.';

alter table registrations
  add column unconfirmed_since timestamptz,
  drop constraint registrations_only_seats_are_held,
  add constraint registrations_only_seats_are_held check (held_until is null or status = 'going' or (status = 'waitlisted' and unconfirmed_since is not null)),
  add constraint registrations_unconfirmed_are_held check (unconfirmed_since is null or held_until is not null or status = 'cancelled');
comment on column registrations.unconfirmed_since is 'Since then we wait for the guest to confirm by the link in their mail, and the place, also one in the line, is only held. Null: there is nothing to confirm.';
