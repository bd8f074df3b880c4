-- What analysts read. These views are as stable as tables: columns are added, and none is changed or taken away.

-- Days are made of hours where a source has no days of its own. A source's own bar counts before what is made of shorter
-- candles, and of those the shortest that there are in the hour.
create view mart_hourly as
with candles as (
  select c.*, date_trunc('hour', c.opened_at, 'UTC') as hour, left(c.interval, -1)::int as minutes
  from price_candle c where c.interval in ('1m', '5m', '15m', '30m')
), finest as (
  select *, min(minutes) over (partition by source, source_asset_id, quote, hour) as least from candles
), hours as (
  select source, source_asset_id, quote, opened_at as hour, asset_id, open, high, low, close, volume_base, volume_quote,
    true as from_bar, last_at
  from price_candle where interval = '1h'
  union all
  select source, source_asset_id, quote, hour, min(asset_id), (array_agg(open order by opened_at))[1], max(high), min(low),
    (array_agg(close order by opened_at desc))[1],
    case when count(*) = count(volume_base) then sum(volume_base) end,
    case when count(*) = count(volume_quote) then sum(volume_quote) end, false, max(last_at)
  from finest f
  where minutes = least and not exists (
    select from price_candle b where b.source = f.source and b.source_asset_id = f.source_asset_id and b.quote = f.quote
      and b.interval = '1h' and b.opened_at = f.hour)
  group by source, source_asset_id, quote, hour
)
select h.hour, h.asset_id, a.symbol, a.name, h.source, h.source_asset_id, h.quote, h.open, h.high, h.low, h.close,
  h.volume_base, h.volume_quote, h.from_bar, h.last_at
from hours h left join asset a using (asset_id);

create view mart_daily as
with days as (
  select source, source_asset_id, quote, (opened_at at time zone 'UTC')::date as day, asset_id, open, high, low, close,
    volume_base, volume_quote, true as from_bar, last_at
  from price_candle where interval = '1d'
  union all
  select source, source_asset_id, quote, (hour at time zone 'UTC')::date, min(asset_id), (array_agg(open order by hour))[1],
    max(high), min(low), (array_agg(close order by hour desc))[1],
    case when count(*) = count(volume_base) then sum(volume_base) end,
    case when count(*) = count(volume_quote) then sum(volume_quote) end, false, max(last_at)
  from mart_hourly h
  where not exists (
    select from price_candle b where b.source = h.source and b.source_asset_id = h.source_asset_id and b.quote = h.quote
      and b.interval = '1d' and b.opened_at = date_trunc('day', h.hour, 'UTC'))
  group by source, source_asset_id, quote, (hour at time zone 'UTC')::date
)
select d.day, d.asset_id, a.symbol, a.name, d.source, d.source_asset_id, d.quote, d.open, d.high, d.low, d.close,
  d.volume_base, d.volume_quote, d.from_bar, d.last_at
from days d left join asset a using (asset_id);

create view mart_market as
select l.asset_id, a.symbol, a.name, l.source, l.source_asset_id, l.quote, l.price, l.market_cap,
  round(100 * l.market_cap / nullif(sum(l.market_cap) over (partition by l.source, l.quote), 0), 6) as market_share_pct,
  l.volume_24h, l.change_24h_pct, l.high_24h, l.low_24h, l.rank, l.circulating_supply, l.observed_at, l.ingested_at,
  l.observed_at + l.stale_after < now() as is_stale
from price_latest l left join asset a using (asset_id);

comment on view mart_hourly is 'One hour of an asset at a source in a quote currency. The source''s own bar of the hour, else what its shorter candles make.';
comment on column mart_hourly.hour is 'The first instant of the hour, in UTC.';
comment on column mart_hourly.asset_id is 'The canonical asset.';
comment on column mart_hourly.symbol is 'The asset''s symbol in upper case; not unique.';
comment on column mart_hourly.name is 'The asset''s name.';
comment on column mart_hourly.source is 'The name under which the prices are kept: coingecko, csv-kaggle; reference for the reference price.';
comment on column mart_hourly.source_asset_id is 'The source''s own id of the asset.';
comment on column mart_hourly.quote is 'The quote currency in upper case: USD, BTC, USDT.';
comment on column mart_hourly.open is 'The first price that is known of the hour; null where the source''s bar does not say.';
comment on column mart_hourly.high is 'The highest price; null where the source''s bar does not say.';
comment on column mart_hourly.low is 'The lowest price; null where the source''s bar does not say.';
comment on column mart_hourly.close is 'The last price that is known of the hour.';
comment on column mart_hourly.volume_base is 'Traded within it, in units of the asset; null where that is not known of all of it.';
comment on column mart_hourly.volume_quote is 'Traded within it, in the quote currency; null where that is not known of all of it.';
comment on column mart_hourly.from_bar is 'True for the source''s own bar, false for what was made of shorter candles.';
comment on column mart_hourly.last_at is 'When the last price was seen.';

comment on view mart_daily is 'One day of an asset at a source in a quote currency. The source''s own bar of the day, else what its hours make.';
comment on column mart_daily.day is 'The day, in UTC.';
comment on column mart_daily.asset_id is 'The canonical asset.';
comment on column mart_daily.symbol is 'The asset''s symbol in upper case; not unique.';
comment on column mart_daily.name is 'The asset''s name.';
comment on column mart_daily.source is 'The name under which the prices are kept: coingecko, csv-kaggle; reference for the reference price.';
comment on column mart_daily.source_asset_id is 'The source''s own id of the asset.';
comment on column mart_daily.quote is 'The quote currency in upper case: USD, BTC, USDT.';
comment on column mart_daily.open is 'The first price that is known of the day; null where the source''s bar does not say.';
comment on column mart_daily.high is 'The highest price; null where the source''s bar does not say.';
comment on column mart_daily.low is 'The lowest price; null where the source''s bar does not say.';
comment on column mart_daily.close is 'The last price that is known of the day.';
comment on column mart_daily.volume_base is 'Traded within it, in units of the asset; null where that is not known of all of it.';
comment on column mart_daily.volume_quote is 'Traded within it, in the quote currency; null where that is not known of all of it.';
comment on column mart_daily.from_bar is 'True for the source''s own bar, false for what was made of shorter candles.';
comment on column mart_daily.last_at is 'When the last price was seen.';

comment on view mart_market is 'The newest price of an asset at a source in a quote currency, with its part of the source''s whole market.';
comment on column mart_market.asset_id is 'The canonical asset.';
comment on column mart_market.symbol is 'The asset''s symbol in upper case; not unique.';
comment on column mart_market.name is 'The asset''s name.';
comment on column mart_market.source is 'The name under which the price is kept: coingecko, csv-kaggle.';
comment on column mart_market.source_asset_id is 'The source''s own id of the asset.';
comment on column mart_market.quote is 'The quote currency in upper case: USD, BTC, USDT.';
comment on column mart_market.price is 'The price of one unit of the asset in the quote currency.';
comment on column mart_market.market_cap is 'Market capitalisation in the quote currency.';
comment on column mart_market.market_share_pct is 'The market capitalisation in percent of all that the source has in the quote currency, to six digits after the point.';
comment on column mart_market.volume_24h is 'Traded in the 24 hours before the observation, in the quote currency.';
comment on column mart_market.change_24h_pct is 'The change over the 24 hours before the observation, in percent: 1.25 is 1.25 %.';
comment on column mart_market.high_24h is 'The highest price in the 24 hours before the observation.';
comment on column mart_market.low_24h is 'The lowest price in the 24 hours before the observation.';
comment on column mart_market.rank is 'The asset''s position by market cap at the source, from 1.';
comment on column mart_market.circulating_supply is 'Units of the asset in circulation.';
comment on column mart_market.observed_at is 'When the source saw it.';
comment on column mart_market.ingested_at is 'When the ingestor last fetched it.';
comment on column mart_market.is_stale is 'Whether it is older now than its ingestor said that it may be.';
