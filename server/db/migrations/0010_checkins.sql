alter table registrations add column ticket_generation int not null default 0 check (ticket_generation >= 0);
comment on column registrations.ticket_generation is 'Signed into the code of the ticket: one more, and the codes that were given out before are worth nothing.';

create table checkins (
  registration_id uuid primary key references registrations on delete cascade,
  event_id   uuid        not null references events on delete cascade,
  at         timestamptz not null default app_now(),
  by_account uuid        references accounts on delete set null,
  device     text        check (length(device) between 1 and 100)
);
comment on table checkins is 'Who has come in. The primary key lets one ticket in once, however many devices scan it; undoing removes the row, and the facts keep both.';
create index checkins_event on checkins (event_id);
create index checkins_by_account on checkins (by_account) where by_account is not null;

create table checkin_scans (
  event_id        uuid        not null references events on delete cascade,
  scan_id         text        not null check (length(scan_id) between 1 and 100),
  registration_id uuid        not null references registrations on delete cascade,
  entered         boolean     not null,
  at              timestamptz not null,
  by_account      uuid        references accounts on delete set null,
  primary key (event_id, scan_id)
);
create index checkin_scans_registration on checkin_scans (registration_id);
create index checkin_scans_by_account on checkin_scans (by_account) where by_account is not null;
comment on table checkin_scans is 'What a device was answered for a scan that it named: it may have been offline or lost the answer, sends the scan again, and is told the same.';
comment on column checkin_scans.at is 'When the person came in: by this scan, or before it.';
