alter table events add column archived_at timestamptz;
comment on column events.archived_at is 'Since when it is in no list any more, and only who had a place there, its organizer and admins see it. What people did there stays as it was.';
create index events_to_clean_up on events (ends_at, id) where archived_at is null;

-- An event that somebody has used cannot be erased, whoever tries and whatever happens meanwhile.
alter table registrations drop constraint registrations_event_id_fkey,
  add constraint registrations_event_id_fkey foreign key (event_id) references events on delete restrict;
alter table interests drop constraint interests_event_id_fkey,
  add constraint interests_event_id_fkey foreign key (event_id) references events on delete restrict;
alter table checkins drop constraint checkins_event_id_fkey,
  add constraint checkins_event_id_fkey foreign key (event_id) references events on delete restrict;
alter table checkin_scans drop constraint checkin_scans_event_id_fkey,
  add constraint checkin_scans_event_id_fkey foreign key (event_id) references events on delete restrict;
alter table reviews drop constraint reviews_event_id_fkey,
  add constraint reviews_event_id_fkey foreign key (event_id) references events on delete restrict;
alter table payments drop constraint payments_event_id_fkey,
  add constraint payments_event_id_fkey foreign key (event_id) references events on delete restrict;
