create table prices (
  event_id   uuid        primary key references events on delete cascade,
  amount     int         not null check (amount > 0),
  currency   text        not null check (currency ~ '^[A-Z]{3}$'),
  provider   text        not null check (provider in ('stripe', 'manual')),
  refund_until_hours int check (refund_until_hours between 0 and 8760),
  instructions text      check (length(instructions) between 1 and 2000),
  updated_at timestamptz not null default app_now()
);
comment on table prices is 'What a seat at an event costs, in minor units of its currency. An event without a row is free of charge.';
comment on column prices.refund_until_hours is 'Who gives the place back at least so long before the start gets all of the money back; null: nobody does.';
comment on column prices.instructions is 'How to pay by hand, in the organizer''s words: an account to transfer to, or cash at the door.';

create table payments (
  id              uuid        primary key,
  registration_id uuid        references registrations on delete set null,
  event_id        uuid        references events on delete set null,
  provider        text        not null check (provider in ('stripe', 'manual')),
  reference       text        check (length(reference) <= 255),
  charge_reference text       check (length(charge_reference) <= 255),
  amount          int         not null check (amount > 0),
  currency        text        not null check (currency ~ '^[A-Z]{3}$'),
  refund_until_hours int,
  state           text        not null default 'open' check (state in ('open', 'paid', 'refund_due', 'refunded', 'failed')),
  redirect_url    text        check (length(redirect_url) <= 2000),
  expires_at      timestamptz,
  created_at      timestamptz not null default app_now(),
  paid_at         timestamptz,
  kept_at         timestamptz,
  refunded_at     timestamptz,
  attempts        int         not null default 0,
  due_at          timestamptz,
  leased_until    timestamptz,
  last_error      text        check (length(last_error) <= 500),
  constraint payments_paid_when check ((paid_at is not null) = (state in ('paid', 'refund_due', 'refunded'))),
  constraint payments_refunded_when check ((refunded_at is not null) = (state = 'refunded')),
  constraint payments_refund_when check (state <> 'refund_due' or due_at is not null),
  constraint payments_only_paid_is_kept check (kept_at is null or state in ('paid', 'refunded'))
);
comment on table payments is 'One attempt to pay for one registration, and what became of the money. Kept when the registration goes.';
comment on column payments.reference is 'What the provider calls it; null until the provider has been asked.';
comment on column payments.charge_reference is 'What the provider calls the money that came: refunds are made of it.';
comment on column payments.refund_until_hours is 'The rule as it was when the payment was begun: changing the price changes nothing for who has paid.';
comment on column payments.kept_at is 'The place was given back too late for a refund: paid, and rightly without a seat.';
comment on column payments.due_at is 'When the refund is tried next.';
create unique index payments_one_open on payments (registration_id) where state = 'open';
create unique index payments_one_paid on payments (registration_id) where state = 'paid';
create unique index payments_reference on payments (provider, reference) where reference is not null;
create index payments_registration on payments (registration_id, created_at);
create index payments_event on payments (event_id, created_at, id);
create index payments_due on payments (due_at) where state = 'refund_due';

create table payment_notices (
  provider    text        not null,
  notice_id   text        not null check (length(notice_id) <= 255),
  payment_id  uuid        not null references payments on delete cascade,
  happened    text        not null,
  received_at timestamptz not null default app_now(),
  primary key (provider, notice_id)
);
create index payment_notices_payment on payment_notices (payment_id);
comment on table payment_notices is 'A provider''s notice that was taken: the same one again has no effect.';
