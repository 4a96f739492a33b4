-- What people could see of an event before it was changed is asked for by a number, and by everybody.
alter table event_versions add column number bigint generated always as identity unique;
comment on column event_versions.number is 'Names this change of the event to other systems.';

-- The changes of what everybody is shown, which are few of all versions; `updates.ts` asks in the same words.
create index event_versions_shown on event_versions (number)
  where version > 1 and changes ?| array['title', 'description', 'startsAt', 'endsAt', 'venueId', 'place', 'categoryId'];

alter table categories add column created_by uuid references accounts on delete set null;
comment on column categories.created_by is 'Who may change it besides admins; only asked of the public organizer, who is nobody in particular.';
