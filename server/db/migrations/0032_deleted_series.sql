alter table series
  add column deleted_at timestamptz,
  add constraint series_deleted_has_ended check (deleted_at is null or ended_at is not null);
comment on column series.deleted_at is 'Deleted with all that there was of it: nobody sees it any more. One of which something has begun has only ended.';

-- Those that were deleted before this was written down.
update series s set deleted_at = ended_at
where ended_at is not null and not exists (select from events e where e.series_id = s.id and e.deleted_at is null)
  and exists (select from facts f where f.kind = 'series.removed' and f.data->>'seriesId' = s.id::text);
