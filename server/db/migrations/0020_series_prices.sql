create table series_prices (
  series_id     uuid primary key references series on delete cascade,
  amount        int  not null check (amount > 0),
  currency      text not null check (currency ~ '^[A-Z]{3}$'),
  provider      text not null check (provider in ('stripe', 'manual')),
  refund_until_hours int check (refund_until_hours between 0 and 8760),
  instructions  text check (length(instructions) between 1 and 2000),
  hold_minutes  int  not null,
  offer_minutes int  not null
);
comment on table series_prices is 'What those occurrences of a series cost that are still to be made, whatever single ones cost. Without a row they cost what the last one costs.';
