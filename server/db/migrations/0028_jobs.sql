-- Its tables kept the schedules until now; these take their place.
drop schema if exists pgboss cascade;

create table schedules (
  name         text        primary key,
  queue        text        not null,
  cron         text        not null,
  zone         text        not null default 'UTC',
  default_cron text        not null,
  next_run_at  timestamptz not null,
  next_for     text        not null,
  paused_at    timestamptz,
  changed_at   timestamptz,
  changed_by   jsonb,
  seen_at      timestamptz not null default app_now(),
  constraint schedules_changed_by_somebody check ((changed_at is null) = (changed_by is null))
);
comment on table schedules is 'A job that the program declares, and when it is due next: what can be read and changed while it runs.';
comment on column schedules.cron is 'Five fields of a crontab, on the clock of the zone. As long as it is the default it follows the program.';
comment on column schedules.next_for is 'The cron and zone that next_run_at was reckoned from: who writes others into the row is followed.';
comment on column schedules.seen_at is 'When a worker last said that there is such a job.';

create table job_runs (
  id           uuid        primary key,
  name         text        not null,
  queue        text        not null,
  asked_by     jsonb       not null,
  asked_at     timestamptz not null default app_now(),
  due_at       timestamptz not null default app_now(),
  attempts     int         not null default 0,
  lease        uuid,
  leased_until timestamptz,
  started_at   timestamptz,
  finished_at  timestamptz,
  failed_at    timestamptz,
  last_error   text,
  result       jsonb,
  constraint job_runs_finished_or_failed check (finished_at is null or failed_at is null),
  constraint job_runs_held_while_open check ((lease is null) = (leased_until is null)
    and (lease is null or (finished_at is null and failed_at is null)))
) with (fillfactor = 80);
comment on table job_runs is 'One run of a job: waiting, held by a worker with a lease, finished, or given up.';
comment on column job_runs.started_at is 'Of the last try.';
comment on column job_runs.failed_at is 'Given up after the last try: the dead letters.';
-- However many machines there are, and whatever the code does: one run of a job at a time.
create unique index job_runs_one_at_a_time on job_runs (name) where finished_at is null and failed_at is null;
create index job_runs_of_a_job on job_runs (name, id desc);
create index job_runs_failed on job_runs (id desc) where failed_at is not null;
