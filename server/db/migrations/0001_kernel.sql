-- The clock every rule about time is judged by. Tests replace it in their own databases; nothing else may.
create function app_now() returns timestamptz language sql volatile as 'select clock_timestamp()';

create table facts (
  id           bigint generated always as identity primary key,
  kind         text        not null,
  data         jsonb       not null,
  actor        jsonb       not null,
  at           timestamptz not null default app_now(),
  attempts     int         not null default 0,
  retry_at     timestamptz,
  last_error   text,
  delivered_at timestamptz
) with (fillfactor = 80);
comment on table facts is 'A thing that happened, written in the transaction that made it happen; delivered to its reactions at least once, then kept as the audit trail.';
create index facts_undelivered on facts (id) where delivered_at is null;

create table idempotency_keys (
  scope       text        not null,
  key         text        not null,
  fingerprint text        not null,
  status      int         not null,
  answer      jsonb       not null,
  created_at  timestamptz not null default app_now(),
  primary key (scope, key)
);
comment on table idempotency_keys is 'The answer that a caller''s Idempotency-Key was given, written with the effect it belongs to; whoever repeats the request gets it again.';
create index idempotency_keys_created_at on idempotency_keys using brin (created_at);
