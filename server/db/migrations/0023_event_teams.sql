create table team_members (
  event_id   uuid        references events on delete cascade,
  series_id  uuid        references series on delete cascade,
  account_id uuid        not null references accounts on delete cascade,
  role       text        not null check (role in ('co-organizer', 'check-in')),
  since      timestamptz not null default app_now(),
  constraint team_members_of_one check (num_nonnulls(event_id, series_id) = 1)
);
comment on table team_members is 'Who helps the organizer of an event, or of a series and so of all its occurrences. What each role may do is in the policies.';
create unique index team_members_once on team_members (coalesce(event_id, series_id), account_id);
create index team_members_event on team_members (event_id);
create index team_members_series on team_members (series_id);
create index team_members_account on team_members (account_id);

create table team_invitations (
  id           uuid        primary key,
  event_id     uuid        references events on delete cascade,
  series_id    uuid        references series on delete cascade,
  role         text        not null check (role in ('owner', 'co-organizer', 'check-in')),
  stays        boolean     not null default false,
  account_id   uuid        references accounts on delete cascade,
  email        text        check (length(email) between 3 and 320),
  email_key    text,
  invited_by   uuid        references accounts on delete set null,
  created_at   timestamptz not null default app_now(),
  expires_at   timestamptz not null,
  accepted_at  timestamptz,
  accepted_by  uuid        references accounts on delete set null,
  declined_at  timestamptz,
  withdrawn_at timestamptz,
  constraint team_invitations_of_one check (num_nonnulls(event_id, series_id) = 1),
  constraint team_invitations_to_one check (num_nonnulls(account_id, email) = 1 and (email is null) = (email_key is null)),
  constraint team_invitations_ended_once check (num_nonnulls(accepted_at, declined_at, withdrawn_at) <= 1)
);
comment on table team_invitations is 'A role that somebody is offered, by account or by address; owner: the event itself. Its link is its id, signed.';
comment on column team_invitations.stays is 'Of an offer of the event itself: whether who gives it away becomes a co-organizer.';
create unique index team_invitations_one_per_person on team_invitations
  (coalesce(event_id, series_id), coalesce(account_id::text, email_key), (role = 'owner'))
  where accepted_at is null and declined_at is null and withdrawn_at is null;
create unique index team_invitations_one_new_owner on team_invitations (coalesce(event_id, series_id))
  where role = 'owner' and accepted_at is null and declined_at is null and withdrawn_at is null;
create index team_invitations_event on team_invitations (event_id, created_at);
create index team_invitations_series on team_invitations (series_id, created_at);
create index team_invitations_account on team_invitations (account_id);
create index team_invitations_address on team_invitations (email_key);
create index team_invitations_invited_by on team_invitations (invited_by);
create index team_invitations_accepted_by on team_invitations (accepted_by);
