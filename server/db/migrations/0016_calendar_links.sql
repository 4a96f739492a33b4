create table calendar_links (
  account_id uuid        primary key references accounts on delete cascade,
  generation int         not null check (generation >= 2),
  renewed_at timestamptz not null default app_now()
);
comment on table calendar_links is 'A person who has asked for a new address of their private calendar, and how often: only the newest is let in. Who never asked has the first and no row.';
