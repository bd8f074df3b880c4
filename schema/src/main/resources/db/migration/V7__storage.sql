-- How what is stored leaves again, and what keeps the tables that change all the time small.

create table data_retention (
  table_name     text not null,
  expired_before timestamptz not null,
  expired_at     timestamptz not null,
  primary key (table_name)
);

comment on table data_retention is 'Up to when the rows of a table have left it because of their age.';
comment on column data_retention.table_name is 'The table: price_history.';
comment on column data_retention.expired_before is 'Whatever was stored of the time before this has left the table once. What was brought in again since may be there until the next round.';
comment on column data_retention.expired_at is 'When rows last left.';

create function partitions(parent text) returns table (partition text, starts timestamptz, ends timestamptz)
language sql stable as $$
  select c.relname::text,
    substring(pg_get_expr(c.relpartbound, c.oid) from 'FROM \(''([^'']+)''\)')::timestamptz,
    substring(pg_get_expr(c.relpartbound, c.oid) from 'TO \(''([^'']+)''\)')::timestamptz
  from pg_inherits i join pg_class c on c.oid = i.inhrelid
  where i.inhparent = to_regclass(parent)
$$;

comment on function partitions is 'The partitions of a table, and from when up to before when their rows are. Both are null for a default partition.';

-- As before; but a table that bears the name of a partition and is none is not taken for one.
create or replace function ensure_partitions(parent text, starts timestamptz[], width interval) returns void
language plpgsql as $$
declare
  start timestamptz;
  child text;
begin
  perform pg_advisory_xact_lock(hashtext('pricewire.ensure_partitions.' || parent));
  foreach start in array starts loop
    child := parent || to_char(start at time zone 'UTC', case when width < interval '1 month' then '_YYYY_MM_DD' else '_YYYY_MM' end);
    if to_regclass(child) is null then
      execute format('create table %I (like %I including all)', child, parent);
      execute format(
        'alter table %I attach partition %I for values from (%L) to (%L)',
        parent, child, start, (start at time zone 'UTC' + width) at time zone 'UTC');
    elsif not exists (
        select from pg_inherits where inhrelid = to_regclass(child) and inhparent = to_regclass(parent)) then
      raise exception 'the table % is not a partition of %', child, parent
        using errcode = 'object_not_in_prerequisite_state', hint = 'Attach it, or give it another name.';
    end if;
  end loop;
end
$$;

-- Takes a partition out of its table and gives it a name of its own, both or neither, so that a month is either there and
-- takes rows, or is free to be made anew. Detaching concurrently would block nobody at all, but would leave a month behind
-- after a crash that neither takes rows nor can be made anew. So it waits for its turn for a second at most, in which
-- others wait behind it; whoever calls it tries again.
create function expire_partition(parent text, child text) returns text
language plpgsql
set lock_timeout = '1s'
as $$
declare
  expired text := child || '_expired_' || left(gen_random_uuid()::text, 8);
  ended timestamptz;
begin
  select ends into strict ended from partitions(parent) where partition = child;
  execute format('alter table %I detach partition %I', parent, child);
  execute format('alter table %I rename to %I', child, expired);
  insert into data_retention as t values (parent, ended, now())
  on conflict (table_name) do update
    set expired_before = greatest(t.expired_before, excluded.expired_before), expired_at = excluded.expired_at;
  return expired;
end
$$;

comment on function expire_partition is 'Takes a partition out of its table; returns what it is called from then on.';

-- Rows that are updated in place need room on their page; dead ones are to be gone before they are a fifth of a large
-- table, and by the time that is a thousand of a small one.
alter table price_latest set (
  fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 1000,
  autovacuum_analyze_scale_factor = 0.1, autovacuum_vacuum_cost_delay = 1);
alter table ingest_run set (
  fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 500);
alter table ingest_checkpoint set (
  fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 100);
alter table asset_alias set (
  fillfactor = 90, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 500);
-- It empties from one end, in thousands at a time.
alter table rejected_observation set (
  autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 1000);
