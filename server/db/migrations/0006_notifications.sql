create table notifications (
  id          uuid primary key,
  topic       text        not null,
  channel     text        not null check (channel in ('email')),
  recipient   text        not null,
  payload     jsonb       not null,
  event_id    uuid        references events on delete set null,
  dedupe_key  text        not null unique,
  attempts    int         not null default 0,
  due_at      timestamptz not null default app_now(),
  lease       uuid,
  leased_until timestamptz,
  last_error  text,
  sent_at     timestamptz,
  failed_at   timestamptz,
  created_at  timestamptz not null default app_now(),
  constraint notifications_sent_or_failed check (sent_at is null or failed_at is null)
) with (fillfactor = 80);
comment on table notifications is 'One message to one recipient on one channel, with what it says; sent_at only after the other side has confirmed.';
comment on column notifications.failed_at is 'Given up after the last attempt or a final refusal: the dead letters.';
create index notifications_listed on notifications (created_at desc, id desc);
create index notifications_event on notifications (event_id, created_at desc, id desc) where event_id is not null;
create index notifications_due on notifications (due_at, id) where sent_at is null and failed_at is null;
