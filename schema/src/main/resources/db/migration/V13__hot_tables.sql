-- What V7 does for the tables that change all the time, for those that came after it.

-- Every write moves due_at, which is indexed: it leaves a dead row and dead entries of indexes, however much room there is.
alter table price_reference set (
  autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 1000, autovacuum_analyze_scale_factor = 0.1,
  autovacuum_vacuum_cost_delay = 1);

comment on column source_quality_fact.known is 'Latest prices of the source that were observed within the day before, at the last look within these minutes; of a polled source that brought nothing within that day, those of the last day on which it did.';
comment on column source_quality.freshness is 'The share of the source''s latest prices, of those observed within a day, that was not stale: the mean over the window. 0 for a polled source that has brought nothing for a day.';
