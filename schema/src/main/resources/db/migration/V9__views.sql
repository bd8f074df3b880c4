-- What analysts read. These views are as stable as tables: columns are added, and none is changed or taken away.

-- Hours and days are what the API's candles are: a stored candle counts unless it lies in a longer one, so that the source's
-- own bar of the whole time counts alone. It lies in a longer one where one that opened before it, or with it, ends after it.
create view mart_hourly as
with parts as (
  select c.*, p.minutes, date_trunc('hour', c.opened_at, 'UTC') as hour
  from price_candle c
    join (values ('1m', 1), ('5m', 5), ('15m', 15), ('30m', 30), ('1h', 60)) p (interval, minutes) using (interval)
), reached as (
  select *, max(opened_at + minutes * interval '1 minute') over (
    partition by source, source_asset_id, quote, hour
    order by opened_at, minutes desc rows between unbounded preceding and 1 preceding) as covered_to
  from parts
), hours as (
  select source, source_asset_id, quote, hour, min(asset_id) as asset_id, (array_agg(open order by opened_at))[1] as open,
    case when count(*) = count(high) then max(high) end as high, case when count(*) = count(low) then min(low) end as low,
    (array_agg(close order by opened_at desc))[1] as close,
    case when count(*) = count(volume_base) then sum(volume_base) end as volume_base,
    case when count(*) = count(volume_quote) then sum(volume_quote) end as volume_quote,
    bool_or(from_bar and minutes = 60) as from_bar, max(last_at) as last_at
  from reached where covered_to is null or covered_to <= opened_at
  group by source, source_asset_id, quote, hour
)
select h.hour, h.asset_id, a.symbol, a.name, h.source, h.source_asset_id, h.quote, h.open, h.high, h.low, h.close,
  h.volume_base, h.volume_quote, h.from_bar, h.last_at
from hours h left join asset a using (asset_id);

-- Bars of four and of six hours can cut each other: there the longer counts.
create view mart_daily as
with parts as (
  select c.*, p.minutes, (c.opened_at at time zone 'UTC')::date as day
  from price_candle c
    join (values ('1m', 1), ('5m', 5), ('15m', 15), ('30m', 30), ('1h', 60), ('2h', 120), ('4h', 240), ('6h', 360),
      ('12h', 720), ('1d', 1440)) p (interval, minutes) using (interval)
  where not (interval = '4h' and exists (
    select from price_candle l
    where l.source = c.source and l.source_asset_id = c.source_asset_id and l.quote = c.quote and l.interval = '6h'
      and l.opened_at > c.opened_at - interval '6 hours' and l.opened_at < c.opened_at + interval '4 hours'))
), reached as (
  select *, max(opened_at + minutes * interval '1 minute') over (
    partition by source, source_asset_id, quote, day
    order by opened_at, minutes desc rows between unbounded preceding and 1 preceding) as covered_to
  from parts
), days as (
  select source, source_asset_id, quote, day, min(asset_id) as asset_id, (array_agg(open order by opened_at))[1] as open,
    case when count(*) = count(high) then max(high) end as high, case when count(*) = count(low) then min(low) end as low,
    (array_agg(close order by opened_at desc))[1] as close,
    case when count(*) = count(volume_base) then sum(volume_base) end as volume_base,
    case when count(*) = count(volume_quote) then sum(volume_quote) end as volume_quote,
    bool_or(from_bar and minutes = 1440) as from_bar, max(last_at) as last_at
  from reached where covered_to is null or covered_to <= opened_at
  group by source, source_asset_id, quote, day
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

comment on view mart_hourly is 'One hour of an asset at a source in a quote currency. The source''s own bar of the hour, else what the longest of its shorter candles make.';
comment on column mart_hourly.hour is 'The first instant of the hour, in UTC.';
comment on column mart_hourly.asset_id is 'The canonical asset.';
comment on column mart_hourly.symbol is 'The asset''s symbol in upper case; not unique.';
comment on column mart_hourly.name is 'The asset''s name.';
comment on column mart_hourly.source is 'The name under which the prices are kept: coingecko, csv-kaggle; reference for the reference price.';
comment on column mart_hourly.source_asset_id is 'The source''s own id of the asset.';
comment on column mart_hourly.quote is 'The quote currency in upper case: USD, BTC, USDT.';
comment on column mart_hourly.open is 'The first price that is known of the hour; null where the source''s bar does not say.';
comment on column mart_hourly.high is 'The highest price; null where a bar in it does not say.';
comment on column mart_hourly.low is 'The lowest price; null where a bar in it does not say.';
comment on column mart_hourly.close is 'The last price that is known of the hour.';
comment on column mart_hourly.volume_base is 'Traded within it, in units of the asset; null where that is not known of all of it.';
comment on column mart_hourly.volume_quote is 'Traded within it, in the quote currency; null where that is not known of all of it.';
comment on column mart_hourly.from_bar is 'True for the source''s own bar, false for what was made of shorter candles.';
comment on column mart_hourly.last_at is 'When the last price was seen.';

comment on view mart_daily is 'One day of an asset at a source in a quote currency. The source''s own bar of the day, else what the longest of its shorter candles make.';
comment on column mart_daily.day is 'The day, in UTC.';
comment on column mart_daily.asset_id is 'The canonical asset.';
comment on column mart_daily.symbol is 'The asset''s symbol in upper case; not unique.';
comment on column mart_daily.name is 'The asset''s name.';
comment on column mart_daily.source is 'The name under which the prices are kept: coingecko, csv-kaggle; reference for the reference price.';
comment on column mart_daily.source_asset_id is 'The source''s own id of the asset.';
comment on column mart_daily.quote is 'The quote currency in upper case: USD, BTC, USDT.';
comment on column mart_daily.open is 'The first price that is known of the day; null where the source''s bar does not say.';
comment on column mart_daily.high is 'The highest price; null where a bar in it does not say.';
comment on column mart_daily.low is 'The lowest price; null where a bar in it does not say.';
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
