create table accounts (
  id            uuid primary key,
  number        bigint generated always as identity unique,
  username      text        not null check (length(username) between 1 and 150),
  username_key  text        not null unique,
  email         text        not null check (length(email) <= 320),
  email_key     text        not null unique,
  password_hash text        not null,
  first_name    text        not null default '',
  last_name     text        not null default '',
  role          text        not null default 'attendee' check (role in ('attendee', 'organizer', 'admin')),
  wants_to_organize_at timestamptz,
  created_at    timestamptz not null default app_now(),
  suspended_at  timestamptz
);
comment on table accounts is 'A person who can log in. The _key columns hold what is compared: normalised and lower-cased by comparable().';

create table sessions (
  id           uuid primary key,
  account_id   uuid        not null references accounts on delete cascade,
  kind         text        not null check (kind in ('rotating', 'keeping', 'web')),
  generation   int         not null default 1 check (generation >= 1),
  rotated_at   timestamptz not null default app_now(),
  created_at   timestamptz not null default app_now(),
  expires_at   timestamptz not null,
  revoked_at   timestamptz,
  user_agent   text        not null default ''
);
comment on table sessions is 'One log-in: the family of refresh tokens that descend from it (rotating), the one it keeps (keeping), or a browser''s cookie (web).';
create index sessions_account on sessions (account_id) where revoked_at is null;
