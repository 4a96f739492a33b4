-- Who deletes their account leaves a row that says nothing of them: events, facts and payments point to it.
alter table accounts
  add column erased_at timestamptz,
  add column live boolean generated always as (case when erased_at is null then true end) stored,
  add constraint accounts_id_live unique (id, live),
  add constraint accounts_erased_is_blank check (erased_at is null or (
    username like 'deleted account %' and username_key = username and email like '%@deleted.invalid' and email_key = email
    and first_name = '' and last_name = '' and role = 'attendee' and wants_to_organize_at is null and suspended_at is not null));
comment on column accounts.erased_at is 'Since when nothing in the row says whose it was. No sign-up can choose such a name, and no mail reaches such an address.';
comment on column accounts.live is 'True until it is erased, then null, so that what points to a live account can only point to one.';

-- Nobody's registration can be written in the name of an account that is gone, however closely the two happen.
alter table registrations
  add column erased_at timestamptz,
  add column account_live boolean not null default true check (account_live),
  add constraint registrations_erased_is_blank check (erased_at is null or (
    account_id is null and name = 'Deleted person' and email like '%@deleted.invalid' and email_key = email
    and not visible_to_attendees and lapsed_at is null)),
  drop constraint registrations_account_id_fkey,
  add constraint registrations_of_a_live_account foreign key (account_id, account_live) references accounts (id, live)
    on delete set null (account_id);
comment on column registrations.erased_at is 'Since when it is nobody’s any more; it still counts where it counted.';
comment on column registrations.account_live is 'Always true: half of the key that points to accounts.live.';

alter table notifications
  add column erased_at timestamptz,
  add constraint notifications_erased_is_blank check (erased_at is null or (
    recipient = '' and payload = '{}' and last_error is null and (sent_at is not null or failed_at is not null)));
comment on column notifications.erased_at is 'Since when it says neither what it said nor to whom.';
create index notifications_recipient on notifications (recipient) where erased_at is null;
create index notifications_registration on notifications ((payload->>'registrationId'))
  where erased_at is null and payload->>'registrationId' is not null;

create index event_invitations_address on event_invitations (email_key);

-- The audit trail. What happens in thousands is found by when or where it happened, so only the rest is kept by kind.
create index facts_at on facts using brin (at);
create index facts_actor on facts ((actor->>'id'), id) where actor->>'kind' = 'account';
create index facts_account on facts ((data->>'accountId'), id) where data->>'accountId' is not null;
create index facts_event on facts ((data->>'eventId'), id) where data->>'eventId' is not null;
create index facts_kind on facts (kind, id)
  where kind not in ('registration.going', 'registration.waitlisted', 'registration.promoted', 'registration.held', 'checkin.made');
