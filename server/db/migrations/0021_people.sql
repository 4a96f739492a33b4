-- Who signed up before addresses were asked about keeps what they have; their address counts as unverified.
alter table accounts
  add column email_verified_at timestamptz,
  add column bio text not null default '' check (length(bio) <= 2000),
  add column language text check (length(language) <= 35),
  add column zone text check (length(zone) <= 60),
  add column channels jsonb not null default '{}',
  add column shown_to_attendees boolean not null default false,
  add column suspension_reason text check (length(suspension_reason) <= 1000);
comment on column accounts.email_verified_at is 'When somebody who reads the mail of this very address said so.';
comment on column accounts.channels is 'For each group of topics, the channels by which the person wants to hear; a group that is not there has all of them.';
comment on column accounts.shown_to_attendees is 'Whether who registers from now on is seen by others who are registered; each registration can say otherwise.';

alter table sessions add column last_used_at timestamptz not null default app_now();
comment on column sessions.last_used_at is 'To a few minutes: not every request is worth a write.';

create table account_links (
  id         uuid primary key,
  account_id uuid        not null references accounts on delete cascade,
  purpose    text        not null check (purpose in ('verify-email', 'change-email', 'reset-password', 'account-exists')),
  email      text        not null,
  email_key  text        not null,
  created_at timestamptz not null default app_now(),
  expires_at timestamptz not null,
  used_at    timestamptz,
  replaced_email text
);
comment on table account_links is 'A link that a mail carries, and the address that it went to: what it ends in is signed when the mail leaves and is kept nowhere. Good once, until it expires; used_at is also set when it is taken back. replaced_email: the address that was the account''s before, where it changed that.';
create index account_links_account on account_links (account_id, created_at);
create index account_links_address on account_links (email_key, created_at);

create table mail_requests (
  id         uuid primary key,
  kind       text        not null check (kind in ('verify-email', 'change-email', 'reset-password', 'account-exists')),
  email      text        not null,
  account_id uuid        references accounts on delete cascade,
  created_at timestamptz not null default app_now()
);
create index mail_requests_account on mail_requests (account_id) where account_id is not null;
comment on table mail_requests is 'Somebody typed this address. Written alike for every address, known or not; who has it is only looked for later, when nobody waits for an answer, and then the row goes.';

create table favourite_categories (
  account_id  uuid not null references accounts on delete cascade,
  category_id uuid not null references categories on delete cascade,
  primary key (account_id, category_id)
);
comment on table favourite_categories is 'The kinds of event that somebody wants to hear of.';
create index favourite_categories_category on favourite_categories (category_id);

create table accepted_terms (
  account_id  uuid        not null references accounts on delete cascade,
  version     text        not null check (length(version) between 1 and 100),
  accepted_at timestamptz not null default app_now(),
  primary key (account_id, version)
);
comment on table accepted_terms is 'That somebody accepted a version of this instance''s terms, and when.';
