alter table events add column visibility text not null default 'public' check (visibility in ('public', 'unlisted', 'private'));
comment on column events.visibility is 'public: listed. unlisted: for whoever has the link. private: for its organizer, who is registered and who is invited.';
alter table events add column online_url text check (online_url ~ '^https://' and length(online_url) <= 2000);
comment on column events.online_url is 'Where it takes place online: for its organizer and who is going alone.';
alter table events add column publish_at timestamptz;
comment on column events.publish_at is 'When a draft is to be published by itself.';
create index events_publish_at on events (publish_at) where publish_at is not null;

create table event_invitations (
  id         uuid primary key,
  event_id   uuid        not null references events on delete cascade,
  email      text        not null check (length(email) between 3 and 320),
  email_key  text        not null,
  invited_by uuid        references accounts on delete set null,
  created_at timestamptz not null default app_now(),
  revoked_at timestamptz
);
comment on table event_invitations is 'That an address may see a private event and register for it, until it is revoked.';
create unique index event_invitations_one_per_address on event_invitations (event_id, email_key) where revoked_at is null;
create index event_invitations_listed on event_invitations (event_id, created_at, id);
create index event_invitations_invited_by on event_invitations (invited_by);
