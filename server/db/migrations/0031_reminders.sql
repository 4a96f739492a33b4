-- People are reminded before it begins, and whoever likes may follow an event without a place at it.
alter table events add column reminder_minutes int[] not null default '{1440,30}'
  constraint events_reminders_in_bounds check (cardinality(reminder_minutes) <= 5 and 5 <= all (reminder_minutes) and 20160 >= all (reminder_minutes));
comment on column events.reminder_minutes is 'How long before the start who comes is reminded; the longest first, none when empty.';

create table reminders (
  event_id       uuid        not null references events on delete cascade,
  starts_at      timestamptz not null,
  minutes_before int         not null,
  written_at     timestamptz not null default app_now(),
  missed         boolean     not null,
  primary key (event_id, starts_at, minutes_before)
);
comment on table reminders is 'That people were reminded of an event that starts then, so long before. A row is what lets it happen once; a move makes it due again.';
comment on column reminders.missed is 'Nobody was written to: a later one was due as well, or the mark was not there when its time came.';

create table push_subscriptions (
  id         uuid        primary key,
  account_id uuid        references accounts on delete cascade,
  endpoint   text        not null unique check (endpoint like 'http%' and length(endpoint) <= 1000),
  p256dh     text        not null check (length(p256dh) <= 120),
  auth       text        not null check (length(auth) <= 60),
  everything boolean     not null default false check (not everything or account_id is not null),
  created_at timestamptz not null default app_now()
);
comment on table push_subscriptions is 'A browser that lets itself be written to: where, and the keys that only it can open. Gone when its push service says so.';
comment on column push_subscriptions.everything is 'What is written to the account is shown there, and not only what the browser itself follows.';
create index push_subscriptions_account on push_subscriptions (account_id) where account_id is not null;

create table subscriptions (
  id         uuid        primary key,
  event_id   uuid        not null references events on delete cascade,
  account_id uuid        references accounts on delete cascade,
  email      text        check (length(email) between 3 and 320),
  email_key  text,
  push_id    uuid        references push_subscriptions on delete cascade,
  created_at timestamptz not null default app_now(),
  constraint subscriptions_of_one check (num_nonnulls(account_id, email, push_id) = 1 and (email is null) = (email_key is null))
);
comment on table subscriptions is 'Who follows an event without a place: an account, an address, or a browser. Its link is its id, signed.';
create unique index subscriptions_account_once on subscriptions (event_id, account_id);
create unique index subscriptions_address_once on subscriptions (event_id, email_key);
create unique index subscriptions_browser_once on subscriptions (event_id, push_id);
create index subscriptions_account on subscriptions (account_id) where account_id is not null;
create index subscriptions_address on subscriptions (email_key) where email_key is not null;
create index subscriptions_push on subscriptions (push_id) where push_id is not null;
