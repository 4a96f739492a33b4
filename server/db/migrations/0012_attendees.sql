alter table registrations
  add column link_generation int not null default 0 check (link_generation >= 0),
  add column visible_to_attendees boolean not null default false,
  add column passed_on_from uuid references registrations on delete set null;
comment on column registrations.link_generation is 'Signed into a guest''s link: when the address is corrected, the links that went to the old one open nothing.';
comment on column registrations.visible_to_attendees is 'Whether others who are registered may see the name: each person''s own choice.';
comment on column registrations.passed_on_from is 'The registration whose seat this one took over.';
create index registrations_passed_on_from on registrations (passed_on_from) where passed_on_from is not null;
create index registrations_seen_by_others on registrations (event_id, place) where status = 'going' and visible_to_attendees;

create table interests (
  event_id   uuid        not null references events on delete cascade,
  account_id uuid        not null references accounts on delete cascade,
  created_at timestamptz not null default app_now(),
  primary key (event_id, account_id)
);
comment on table interests is 'Who would like to come and takes no seat. Apart from registrations, so that the desk, its counts and "one live registration" never meet them; registering makes an end of it.';
create index interests_account on interests (account_id);
