create table reviews (
  id         uuid primary key,
  number     bigint generated always as identity unique,
  event_id   uuid        not null references events on delete cascade,
  account_id uuid        references accounts on delete set null,
  rating     int         not null check (rating between 1 and 5),
  comment    text        not null default '' check (length(comment) <= 5000),
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  hidden_at  timestamptz,
  constraint reviews_once_per_person unique (event_id, account_id)
);
comment on table reviews is 'What somebody who was there says of an event afterwards, once.';
comment on column reviews.hidden_at is 'Since when admins keep it from everybody but its author; it does not count then.';
create index reviews_rating on reviews (event_id) include (rating) where hidden_at is null;
create index reviews_listed on reviews (event_id, created_at desc, id desc);
create index reviews_account on reviews (account_id) where account_id is not null;

create table review_reports (
  review_id  uuid        not null references reviews on delete cascade,
  account_id uuid        not null references accounts on delete cascade,
  reason     text        not null check (length(reason) between 1 and 1000),
  created_at timestamptz not null default app_now(),
  primary key (review_id, account_id)
);
comment on table review_reports is 'Somebody thinks that a review should not be seen, and why; admins decide.';
create index review_reports_listed on review_reports (created_at desc, review_id, account_id);
create index review_reports_account on review_reports (account_id);
