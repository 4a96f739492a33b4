-- Counting is by index alone, a range for each day or month: grouping a million rows by a day in a zone takes seconds.
create index registrations_by_time on registrations (created_at);
create index registrations_cancelled on registrations (event_id, cancelled_at) where status = 'cancelled';
create index registrations_promoted on registrations (event_id) where promoted_at is not null;
