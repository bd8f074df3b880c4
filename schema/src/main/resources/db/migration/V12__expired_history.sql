-- What has left the database because of its age: what it may still change, and how it comes back.

-- Where the history of a minute has left the database, it no longer tells which tick was the highest. So it is asked only
-- while it has the one that is known to have been: new ticks beside a tick that has left cannot have lowered it.
create or replace function highest_tick(price_candle, out price numeric, out observed_at timestamptz)
language sql volatile as $$
  select h.price, h.observed_at from price_history h
  where h.source = $1.source and h.source_asset_id = $1.source_asset_id and h.quote = $1.quote and h.interval = 'tick'
    and h.observed_at >= $1.opened_at and h.observed_at < $1.opened_at + interval '1 minute'
    and exists (
      select from price_history k
      where k.source = $1.source and k.source_asset_id = $1.source_asset_id and k.quote = $1.quote and k.interval = 'tick'
        and k.observed_at = $1.high_at)
  order by h.price desc, h.observed_at limit 1
$$;

create or replace function lowest_tick(price_candle, out price numeric, out observed_at timestamptz)
language sql volatile as $$
  select h.price, h.observed_at from price_history h
  where h.source = $1.source and h.source_asset_id = $1.source_asset_id and h.quote = $1.quote and h.interval = 'tick'
    and h.observed_at >= $1.opened_at and h.observed_at < $1.opened_at + interval '1 minute'
    and exists (
      select from price_history k
      where k.source = $1.source and k.source_asset_id = $1.source_asset_id and k.quote = $1.quote and k.interval = 'tick'
        and k.observed_at = $1.low_at)
  order by h.price, h.observed_at limit 1
$$;

comment on function highest_tick is 'The highest tick of the minute that this candle is of, as it is in the history now; none where the one at high_at has left it.';
comment on function lowest_tick is 'The lowest tick of the minute that this candle is of, as it is in the history now; none where the one at low_at has left it.';

comment on column raw_observation.ingested_at is 'When the ingestor fetched it; or read it from a file that says itself when it was fetched.';
