-- Messages leave by more ways than mail, and everybody can see what was written to them.
alter table notifications
  drop constraint notifications_channel_check,
  add constraint notifications_channel_check check (channel in ('email', 'service', 'sms', 'push')),
  add column account_id uuid references accounts on delete set null;
comment on column notifications.recipient is 'As the channel addresses it: a mail address, a number in E.164, the id of a browser''s push subscription.';
comment on column notifications.account_id is 'Whose account it was written to; none for guests and addresses.';
create index notifications_account on notifications (account_id, created_at desc, id desc) where account_id is not null;

-- Each channel is claimed by itself, so that one that is down is no queue before the others.
drop index notifications_due;
create index notifications_due on notifications (channel, due_at, id) where sent_at is null and failed_at is null;
