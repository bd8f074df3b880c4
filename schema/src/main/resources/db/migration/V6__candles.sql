-- Candles: what the prices of a source did within a stretch of time.

-- One table, in no partitions: nothing of it expires, its rows are found by their key, and of the key's index only the last
-- leaf of each asset is written to, however much there is.
create table price_candle (
  source          text not null,
  source_asset_id text not null,
  quote           text not null,
  interval        text not null,
  opened_at       timestamptz not null,
  asset_id        text not null,
  open            numeric,
  high            numeric,
  low             numeric,
  close           numeric not null,
  volume_base     numeric,
  volume_quote    numeric,
  from_bar          boolean not null,
  first_at        timestamptz,
  high_at         timestamptz,
  low_at          timestamptz,
  last_at         timestamptz not null,
  ingested_at     timestamptz,
  event_id        uuid,
  primary key (source, source_asset_id, quote, interval, opened_at),
  check (from_bar or (open, high, low, first_at, high_at, low_at) is not null)
) with (
  -- A candle is written again with each tick of its minute: room for that on its page. Most are never touched again.
  fillfactor = 85,
  autovacuum_vacuum_scale_factor = 0.02,
  autovacuum_analyze_scale_factor = 0.05
);

comment on table price_candle is 'One candle as it is stored: the source''s own bars, and minutes made of ticks. Coarser ones are made of these by those who read.';
comment on column price_candle.source is 'The name under which the price is kept: coingecko, csv-kaggle; reference for the reference price.';
comment on column price_candle.source_asset_id is 'The source''s own id of the asset; for the reference price the canonical asset.';
comment on column price_candle.quote is 'The quote currency in upper case: USD, BTC, USDT.';
comment on column price_candle.interval is 'The length of the candle: 1m, 1h, 1d.';
comment on column price_candle.opened_at is 'The first instant of the candle; a whole multiple of its length, in UTC. A week begins on a Monday.';
comment on column price_candle.asset_id is 'The canonical asset.';
comment on column price_candle.open is 'The first price; null where the source''s bar does not say.';
comment on column price_candle.high is 'The highest price; null where the source''s bar does not say.';
comment on column price_candle.low is 'The lowest price; null where the source''s bar does not say.';
comment on column price_candle.close is 'The last price.';
comment on column price_candle.volume_base is 'Traded within it, in units of the asset; null where that is unknown, as with ticks.';
comment on column price_candle.volume_quote is 'Traded within it, in the quote currency; null where that is unknown, as with ticks.';
comment on column price_candle.from_bar is 'True for the source''s own bar, false for what was made of ticks.';
comment on column price_candle.first_at is 'When the first tick was seen; null for a bar.';
comment on column price_candle.high_at is 'When the highest tick was seen, the first of equal ones; null for a bar.';
comment on column price_candle.low_at is 'When the lowest tick was seen, the first of equal ones; null for a bar.';
comment on column price_candle.last_at is 'When the last tick was seen; for a bar, its time. Of two bars the later one counts.';
comment on column price_candle.ingested_at is 'When the bar was last fetched: of two of the same time the later fetched counts; null for ticks.';
comment on column price_candle.event_id is 'The event that brought the bar: of two fetched at once the larger counts; null for ticks.';

-- The candle into which a bar of this length, or a tick that makes one of this length, belongs. A bar's time is its last
-- instant: one that ends as the next begins is still this one.
create function candle_opened_at(length text, at timestamptz, is_bar boolean) returns timestamptz
language sql stable
return date_bin(
  make_interval(mins => left(length, -1)::int
    * case right(length, 1) when 'm' then 1 when 'h' then 60 when 'd' then 1440 else 10080 end),
  case when is_bar then at - interval '1 microsecond' else at end,
  timestamptz '2001-01-01T00:00:00Z');

comment on function candle_opened_at is 'The first instant of the candle of this length that a bar or a tick of this time belongs to.';

-- The highest and the lowest tick of a minute, the first of equal ones. Volatile on purpose: so each call sees what has been
-- committed until then, and not only what had been when the statement that calls it began.
create function highest_tick(price_candle, out price numeric, out observed_at timestamptz)
language sql volatile as $$
  select h.price, h.observed_at from price_history h
  where h.source = $1.source and h.source_asset_id = $1.source_asset_id and h.quote = $1.quote and h.interval = 'tick'
    and h.observed_at >= $1.opened_at and h.observed_at < $1.opened_at + interval '1 minute'
  order by h.price desc, h.observed_at limit 1
$$;

create function lowest_tick(price_candle, out price numeric, out observed_at timestamptz)
language sql volatile as $$
  select h.price, h.observed_at from price_history h
  where h.source = $1.source and h.source_asset_id = $1.source_asset_id and h.quote = $1.quote and h.interval = 'tick'
    and h.observed_at >= $1.opened_at and h.observed_at < $1.opened_at + interval '1 minute'
  order by h.price, h.observed_at limit 1
$$;

comment on function highest_tick is 'The highest tick of the minute that this candle is of, as it is in the history now.';
comment on function lowest_tick is 'The lowest tick of the minute that this candle is of, as it is in the history now.';

-- What has been observed so far.
insert into price_candle
  (source, source_asset_id, quote, interval, opened_at, asset_id, open, high, low, close, volume_base, volume_quote, from_bar,
   last_at, ingested_at, event_id)
select distinct on (source, source_asset_id, quote, interval, opened_at)
  source, source_asset_id, quote, interval, candle_opened_at(interval, observed_at, true) as opened_at, asset_id,
  open, high, low, price, volume_base, volume_quote, true, observed_at, ingested_at, event_id
from price_history
where interval <> 'tick'
order by source, source_asset_id, quote, interval, opened_at, observed_at desc;

insert into price_candle
  (source, source_asset_id, quote, interval, opened_at, asset_id, open, high, low, close, from_bar, first_at, high_at, low_at,
   last_at)
select source, source_asset_id, quote, '1m', date_trunc('minute', observed_at) as opened_at, min(asset_id),
  (array_agg(price order by observed_at))[1], max(price), min(price), (array_agg(price order by observed_at desc))[1], false,
  min(observed_at), (array_agg(observed_at order by price desc, observed_at))[1],
  (array_agg(observed_at order by price, observed_at))[1], max(observed_at)
from price_history
where interval = 'tick'
group by source, source_asset_id, quote, opened_at
on conflict do nothing;
