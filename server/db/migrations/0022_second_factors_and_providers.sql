-- A second proof at the log-in, other houses that vouch for people, and keys for programs.

alter table accounts add column if not exists email_verified_at timestamptz; -- made by 0021 where that was first
alter table accounts alter column password_hash drop not null;
comment on column accounts.password_hash is 'Null: they log in through a provider alone, and no password is right.';

alter table sessions add column proved_at timestamptz;
update sessions set proved_at = created_at;
alter table sessions alter column proved_at set default app_now(), alter column proved_at set not null;
comment on column sessions.proved_at is 'When whoever has the session last proved who they are: at the log-in, or again since. What is dangerous wants it to be fresh.';

create table second_factors (
  account_id   uuid primary key references accounts on delete cascade,
  secret       text        not null,
  created_at   timestamptz not null default app_now(),
  confirmed_at timestamptz,
  last_step    bigint      not null default 0,
  tries        int         not null default 0 check (tries between 0 and 10),
  tries_since  timestamptz not null default app_now()
);
comment on table second_factors is 'An app that shows codes for an account. Until it is confirmed with a code it asks nothing of anybody.';
comment on column second_factors.secret is 'Sealed with a key of SECRET_KEY, for this account alone.';
comment on column second_factors.last_step is 'The newest half minute whose code was used; only a later one is taken.';
comment on column second_factors.tries is 'Codes tried since tries_since, which is a quarter of an hour ago at most.';

create table recovery_codes (
  account_id uuid        not null references second_factors on delete cascade,
  code_hash  text        not null,
  used_at    timestamptz,
  primary key (account_id, code_hash)
);
comment on table recovery_codes is 'Lets somebody in once who has lost the app. 80 random bits, of which only the hash is kept.';

create table identities (
  id          uuid primary key,
  account_id  uuid        not null references accounts on delete cascade,
  provider    text        not null,
  issuer      text        not null,
  subject     text        not null check (length(subject) between 1 and 255),
  shown_as    text        not null default '',
  created_at  timestamptz not null default app_now(),
  last_used_at timestamptz,
  unique (issuer, subject)
);
comment on table identities is 'Somebody whom a provider vouches for, and whose account that opens. Who they are is issuer and subject; addresses and names change hands.';
create index identities_account on identities (account_id);

create table challenges (
  id            uuid primary key,
  account_id    uuid        not null references second_factors on delete cascade,
  kind          text        not null check (kind in ('rotating', 'keeping', 'web')),
  password_mark text,
  identity_id   uuid        references identities on delete cascade,
  user_agent    text        not null default '',
  tries         int         not null default 0 check (tries between 0 and 5),
  created_at    timestamptz not null default app_now(),
  expires_at    timestamptz not null,
  finished_at   timestamptz
);
comment on table challenges is 'A log-in that wants a code before it is one. Goes with the second factor, with the identity it came by, and does not outlive the password it was begun with.';
comment on column challenges.password_mark is 'A hash of the password''s hash at that time. Null: it came from a provider.';
create index challenges_account on challenges (account_id);
create index challenges_identity on challenges (identity_id);

create table provider_returns (
  state_hash text primary key,
  at         timestamptz not null default app_now()
);
comment on table provider_returns is 'A state with which somebody came back from a provider: none is taken twice. Kept longer than its cookie is good.';

create table api_keys (
  id           uuid primary key,
  account_id   uuid        not null references accounts on delete cascade,
  name         text        not null check (length(name) between 1 and 100),
  key_hash     text        not null unique,
  scopes       text[]      not null check (cardinality(scopes) > 0),
  created_at   timestamptz not null default app_now(),
  expires_at   timestamptz not null,
  last_used_at timestamptz,
  revoked_at   timestamptz
);
comment on table api_keys is 'Lets a program act for an account within some scopes. 256 random bits, of which only the hash is kept.';
comment on column api_keys.last_used_at is 'To a minute: not every request is worth a write.';
create index api_keys_account on api_keys (account_id);
