create table tags (
  id          uuid primary key,
  number      bigint generated always as identity unique,
  name        text        not null check (length(name) between 1 and 50),
  name_key    text        not null unique,
  description text        not null default '' check (length(description) <= 5000),
  created_at  timestamptz not null default app_now()
);
comment on table tags is 'A word that events are marked with; it is there once, whatever its spelling in capitals.';

create table event_tags (
  event_id uuid not null references events on delete cascade,
  tag_id   uuid not null references tags on delete cascade,
  primary key (event_id, tag_id)
);
comment on table event_tags is 'That an event is marked with a tag.';
create index event_tags_tag on event_tags (tag_id);

-- Words as they are found: without accents, so that munchen finds München, and in ordinary letters where they are of full
-- width or joined. Composed again, because scripts like Hangul come apart too. The letters that Unicode does not take apart
-- are those of slugify() in server/kernel/text.ts.
create function unaccented(words text) returns text language sql immutable strict parallel safe as $$
  select normalize(translate(
    replace(replace(replace(replace(replace(replace(replace(replace(
      regexp_replace(normalize(words, NFKD), '[\u0300-\u036f]', '', 'g'),
      'ß', 'ss'), 'ẞ', 'SS'), 'æ', 'ae'), 'Æ', 'AE'), 'œ', 'oe'), 'Œ', 'OE'), 'þ', 'th'), 'Þ', 'TH'),
    'øØłŁđĐðÐı', 'oOlLdDdDi'), NFC)
$$;

alter table events drop column search;
alter table events add column search tsvector generated always as (
  setweight(to_tsvector('english', unaccented(title)), 'A')
  || setweight(to_tsvector('english', unaccented(coalesce(place, ''))), 'B')
  || setweight(to_tsvector('english', unaccented(description)), 'C')) stored;
create index events_search on events using gin (search);

alter table venues add column search tsvector generated always as (
  setweight(to_tsvector('english', unaccented(name)), 'B')) stored;
create index venues_search on venues using gin (search);

alter table events add column popularity_base int not null default 0 check (popularity_base between 0 and 1000000000);
comment on column events.popularity_base is 'How popular it was where it came from; its own registrations are added to that.';
