create table products (
  id integer primary key,);
