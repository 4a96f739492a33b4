-- As long as the systems that we replace let a title be.
alter table events drop constraint events_title_check;
alter table events add constraint events_title_check check (length(title) between 1 and 255);
