create table files (
  id           text primary key check (id ~ '^[0-9a-f]{32}$'),
  kind         text        not null check (kind in ('banner', 'picture')),
  event_id     uuid        references events on delete set null,
  account_id   uuid        references accounts on delete set null,
  alt          text        not null default '' check (length(alt) <= 300),
  type         text        not null check (type in ('image/webp')),
  widths       int[]       not null check (cardinality(widths) between 1 and 8),
  bytes        int         not null check (bytes > 0),
  created_at   timestamptz not null default app_now(),
  stored_at    timestamptz,
  discarded_at timestamptz,
  constraint files_one_owner check (event_id is null or account_id is null)
);
comment on table files is 'A picture in the file store, in several widths. The row is there before the first byte and goes after the last: whatever a crash leaves behind has a row that says so.';
comment on column files.id is '128 random bits: who was not given it cannot guess it, also where the event is not public.';
comment on column files.bytes is 'Of everything that is kept under this id.';
comment on column files.stored_at is 'When all of it lay in the store and took the place of the one before. Without it nobody is shown it.';
comment on column files.discarded_at is 'Shown to nobody any more; the next cleaning takes it out of the store, then the row.';
create unique index files_one_banner on files (event_id) where event_id is not null and stored_at is not null and discarded_at is null;
create unique index files_one_picture on files (account_id) where account_id is not null and stored_at is not null and discarded_at is null;
create index files_event on files (event_id) where event_id is not null;
create index files_account on files (account_id) where account_id is not null;
create index files_to_clean on files (id) where discarded_at is not null or stored_at is null or (event_id is null and account_id is null);
