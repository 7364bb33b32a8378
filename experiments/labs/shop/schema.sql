create table products (
  id integer primary key,
  name text not null,
  price_cents integer not null check (price_cents > 0)
);

insert into products (id, name, price_cents)
select n, 'Product ' || n, 100 + (n * 37) % 9900
from generate_series(1, 50) as n;
