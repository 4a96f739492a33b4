create table venues (
  id          uuid primary key,
  number      bigint generated always as identity unique,
  name        text        not null check (length(name) between 1 and 255),
  name_key    text        not null,
  address     text        not null default '' check (length(address) <= 500),
  description text        not null default '' check (length(description) <= 5000),
  created_by  uuid        references accounts on delete set null,
  created_at  timestamptz not null default app_now(),
  updated_at  timestamptz not null default app_now(),
  constraint venues_name_key unique (name_key)
);
comment on table venues is 'A place where events are held; its name is unique whatever its spelling in capitals.';
