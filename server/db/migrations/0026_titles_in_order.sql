-- Titles as people look them up: ärger stands by Apfel, not behind Zebra.
drop index events_listed_by_title;
create index events_listed_by_title on events (lower(unaccented(title)), id) where published_at is not null and deleted_at is null;
