-- What stops a channel, for all processes and for admins to see.
create table channel_pauses (
  channel text        primary key check (channel in ('email', 'service', 'sms', 'push')),
  since   timestamptz not null default app_now(),
  reason  text        not null
);
comment on table channel_pauses is 'A channel that was told it may not come in: nothing leaves by it until an admin says so.';

create table channel_breakers (
  channel     text        not null check (channel in ('email', 'service', 'sms', 'push')),
  destination text        not null,
  failures    int         not null default 1,
  since       timestamptz not null default app_now(),
  retry_at    timestamptz,
  last_error  text        not null,
  primary key (channel, destination)
);
comment on table channel_breakers is 'A destination that has failed since it last took something: how often in a row. None where all is well.';
comment on column channel_breakers.retry_at is 'Open: nothing is sent there before. Then one message is, and the next only when that has arrived.';

alter table accounts
  add column phone text,
  add column phone_verified_at timestamptz,
  add constraint accounts_phone_verified check (phone is not null or phone_verified_at is null);
comment on column accounts.phone is 'In E.164. Nothing but the code goes there before its owner has typed it.';

create table phone_codes (
  id         uuid        primary key,
  account_id uuid        not null references accounts on delete cascade,
  phone      text        not null,
  tries      int         not null default 0,
  used_at    timestamptz,
  expires_at timestamptz not null,
  created_at timestamptz not null default app_now()
);
comment on table phone_codes is 'A code that was sent to a number. What it is is made of the id and our secret, and kept nowhere.';
create index phone_codes_account on phone_codes (account_id, created_at desc);

create table unsubscriptions (
  email_key   text        not null,
  topic_group text        not null,
  created_at  timestamptz not null default app_now(),
  primary key (email_key, topic_group)
);
comment on table unsubscriptions is 'An address without an account that wants no more mail of a group of topics.';

alter table notifications add column resent_from uuid references notifications on delete set null;
comment on column notifications.resent_from is 'The message that this one says again.';
create index notifications_resent on notifications (resent_from) where resent_from is not null;
create index notifications_sent on notifications (channel, sent_at) where sent_at is not null;
create index notifications_failed on notifications (channel, failed_at) where failed_at is not null;
create index notifications_to on notifications (recipient, created_at desc, id desc) where recipient <> '';
