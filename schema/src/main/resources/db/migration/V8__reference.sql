-- One price of each asset in each quote currency, made of what all its sources say.

create table price_reference (
  asset_id                 text not null,
  quote                    text not null,
  symbol                   text not null,
  name                     text not null,
  price                    numeric not null,
  status                   text not null,
  dispersion               numeric,
  used                     jsonb not null,
  excluded                 jsonb not null,
  unconfirmed              boolean not null,
  observed_at              timestamptz not null,
  computed_at              timestamptz not null,
  confirmed_price          numeric not null,
  confirmed_at             timestamptz not null,
  published_price          numeric,
  published_status         text,
  published_as_unconfirmed boolean,
  published_at             timestamptz,
  partition                integer not null,
  due_at                   timestamptz,
  primary key (asset_id, quote)
) with (fillfactor = 50);

comment on table price_reference is 'The newest reference price of one asset in one quote currency, with the sources used and excluded.';
comment on column price_reference.asset_id is 'The canonical asset.';
comment on column price_reference.quote is 'The quote currency in upper case: USD, BTC, USDT.';
comment on column price_reference.symbol is 'The asset''s ticker symbol in upper case.';
comment on column price_reference.name is 'The asset''s name.';
comment on column price_reference.price is 'The weighted median of the prices of the sources used.';
comment on column price_reference.status is 'ok, degraded, divergent or stale.';
comment on column price_reference.dispersion is 'The range of the prices used as a share of the reference price: 0.002 is 0.2 %. Null where none is used.';
comment on column price_reference.used is 'The sources that the price is made of: [{"source": ..., "source_asset_id": ..., "event_id": ..., "price": ..., "volume_24h": ..., "observed_at": ..., "stale_at": ..., "weight": ...}].';
comment on column price_reference.excluded is 'The sources that have a price and were not used: as in used, with a reason for the weight: stale, replayed, same_source, outlier_iqr, outlier_of_three.';
comment on column price_reference.unconfirmed is 'True where the price jumped and no second source confirms it.';
comment on column price_reference.observed_at is 'When the newest of the prices used was observed.';
comment on column price_reference.computed_at is 'When it was computed.';
comment on column price_reference.confirmed_price is 'The last price that was no unconfirmed jump: jumps are measured from it.';
comment on column price_reference.confirmed_at is 'When confirmed_price was computed.';
comment on column price_reference.published_price is 'The price that was last published; null where none was.';
comment on column price_reference.published_status is 'The status that was last published.';
comment on column price_reference.published_as_unconfirmed is 'Whether it was published as unconfirmed.';
comment on column price_reference.published_at is 'When the published price was computed.';
comment on column price_reference.partition is 'The partition of prices.normalized that brought the asset''s last event: its reader computes the price.';
comment on column price_reference.due_at is 'When it is to be computed again if nothing is observed until then; null where that would change nothing.';

create index price_reference_due on price_reference (due_at);
create index price_reference_symbol on price_reference (symbol, asset_id, quote);
