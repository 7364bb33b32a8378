-- Every order that was taken, and when it was paid: the truth, which no queue can lose.
create table orders (
  id bigint generated always as identity primary key,
  placed_at timestamptz not null default clock_timestamp(),
  paid_at timestamptz
);

create index unpaid_orders on orders (placed_at) where paid_at is null;

-- Orders that wait to be paid. One that is received is hidden for a while, and comes back unless it is taken out.
create table queue (
  order_id bigint primary key references orders,
  queued_at timestamptz not null default clock_timestamp(),
  visible_at timestamptz not null default clock_timestamp(),
  received int not null default 0
);
