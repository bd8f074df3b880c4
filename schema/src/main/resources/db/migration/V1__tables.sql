-- The tables of Pricewire. The normalizer writes them; everyone else reads.

create table asset (
  asset_id   text not null,
  symbol     text not null,
  name       text not null,
  created_at timestamptz not null,
  primary key (asset_id)
);

comment on table asset is 'A canonical asset: what several sources'' ids are decided to mean.';
comment on column asset.asset_id is 'The canonical id, a slug: bitcoin.';
comment on column asset.symbol is 'Its ticker symbol in upper case; not unique. Empty where no source gives one.';
comment on column asset.name is 'Its name. Empty where no source gives one.';
comment on column asset.created_at is 'When it was first seen.';

create table asset_alias (
  source          text not null,
  source_asset_id text not null,
  asset_id        text not null references asset,
  symbol          text not null,
  name            text not null,
  method          text not null,
  evidence        jsonb not null,
  decided_by      text not null,
  decided_at      timestamptz not null,
  primary key (source, source_asset_id)
);

comment on table asset_alias is 'What a source calls an asset, and how that was decided.';
comment on column asset_alias.source is 'The source: coingecko, csv-kaggle.';
comment on column asset_alias.source_asset_id is 'The source''s own id of the asset.';
comment on column asset_alias.asset_id is 'The canonical asset that it is decided to be.';
comment on column asset_alias.symbol is 'The symbol as the source writes it.';
comment on column asset_alias.name is 'The name as the source writes it.';
comment on column asset_alias.method is 'How it was decided: own (an asset of its own, for want of evidence).';
comment on column asset_alias.evidence is 'What spoke for it.';
comment on column asset_alias.decided_by is 'Who decided: pricewire, or the name of an operator''s key.';
comment on column asset_alias.decided_at is 'When it was decided.';

create table price_latest (
  source                  text not null,
  source_asset_id         text not null,
  quote                   text not null,
  asset_id                text not null references asset,
  symbol                  text not null,
  name                    text not null,
  interval                text not null,
  observed_at             timestamptz not null,
  observed_at_assumed     boolean not null,
  ingested_at             timestamptz not null,
  event_id                uuid not null,
  run_id                  uuid not null,
  origin                  text not null,
  stale_after             interval not null,
  price                   numeric not null,
  open                    numeric,
  high                    numeric,
  low                     numeric,
  volume_base             numeric,
  volume_quote            numeric,
  market_cap              numeric,
  fully_diluted_valuation numeric,
  volume_24h              numeric,
  bid                     numeric,
  ask                     numeric,
  high_24h                numeric,
  low_24h                 numeric,
  change_24h_pct          numeric,
  rank                    integer,
  circulating_supply      numeric,
  total_supply            numeric,
  max_supply              numeric,
  all_time_high           numeric,
  all_time_low            numeric,
  primary key (source, source_asset_id, quote)
) with (fillfactor = 50);

comment on table price_latest is 'The newest price of one asset at one source in one quote currency.';
comment on column price_latest.source is 'The name under which the price is kept: coingecko, csv-kaggle.';
comment on column price_latest.source_asset_id is 'The source''s own id of the asset.';
comment on column price_latest.quote is 'The quote currency in upper case: USD, BTC, USDT.';
comment on column price_latest.asset_id is 'The canonical asset.';
comment on column price_latest.symbol is 'The symbol as the source writes it.';
comment on column price_latest.name is 'The name as the source writes it.';
comment on column price_latest.interval is 'tick, or the length of the bar: 1m, 1h, 1d.';
comment on column price_latest.observed_at is 'When the source saw it; a bar''s last instant.';
comment on column price_latest.observed_at_assumed is 'True where the source gave no time and it was taken from a file''s name or modification time.';
comment on column price_latest.ingested_at is 'When the ingestor last fetched these values.';
comment on column price_latest.event_id is 'The id of the event that brought them; equal values have equal ids.';
comment on column price_latest.run_id is 'The run that first brought these values.';
comment on column price_latest.origin is 'How it came to be known: live, file, backfill, replay.';
comment on column price_latest.stale_after is 'How long after observed_at the price must be called stale.';
comment on column price_latest.price is 'The price of one unit of the asset in the quote currency; for a bar, its close.';
comment on column price_latest.open is 'The bar''s first price; null for a tick.';
comment on column price_latest.high is 'The bar''s highest price; null for a tick.';
comment on column price_latest.low is 'The bar''s lowest price; null for a tick.';
comment on column price_latest.volume_base is 'Traded within the bar, in units of the asset; null for a tick.';
comment on column price_latest.volume_quote is 'Traded within the bar, in the quote currency; null for a tick.';
comment on column price_latest.market_cap is 'Market capitalisation in the quote currency.';
comment on column price_latest.fully_diluted_valuation is 'Price times the supply that there can ever be, in the quote currency, as the source says it.';
comment on column price_latest.volume_24h is 'Traded in the 24 hours before the observation, in the quote currency.';
comment on column price_latest.bid is 'The best bid.';
comment on column price_latest.ask is 'The best ask.';
comment on column price_latest.high_24h is 'The highest price in the 24 hours before the observation.';
comment on column price_latest.low_24h is 'The lowest price in the 24 hours before the observation.';
comment on column price_latest.change_24h_pct is 'The change over the 24 hours before the observation, in percent: 1.25 is 1.25 %.';
comment on column price_latest.rank is 'The asset''s position by market cap at the source, from 1.';
comment on column price_latest.circulating_supply is 'Units of the asset in circulation.';
comment on column price_latest.total_supply is 'Units of the asset that exist.';
comment on column price_latest.max_supply is 'Units of the asset that can ever exist.';
comment on column price_latest.all_time_high is 'The highest price that the source knows of.';
comment on column price_latest.all_time_low is 'The lowest price that the source knows of.';

create table price_history (
  source                  text not null,
  source_asset_id         text not null,
  quote                   text not null,
  interval                text not null,
  observed_at             timestamptz not null,
  observed_at_assumed     boolean not null,
  asset_id                text not null,
  ingested_at             timestamptz not null,
  event_id                uuid not null,
  run_id                  uuid not null,
  origin                  text not null,
  price                   numeric not null,
  open                    numeric,
  high                    numeric,
  low                     numeric,
  volume_base             numeric,
  volume_quote            numeric,
  market_cap              numeric,
  fully_diluted_valuation numeric,
  volume_24h              numeric,
  bid                     numeric,
  ask                     numeric,
  high_24h                numeric,
  low_24h                 numeric,
  change_24h_pct          numeric,
  rank                    integer,
  circulating_supply      numeric,
  total_supply            numeric,
  max_supply              numeric,
  all_time_high           numeric,
  all_time_low            numeric,
  -- The time before the rest, so that one asset's observations are read in their order.
  primary key (source, source_asset_id, observed_at, quote, interval)
) partition by range (observed_at);

comment on table price_history is 'One observation. Of two for the same key the later fetched is kept, then the one with the larger event id.';
comment on column price_history.source is 'The name under which the price is kept: coingecko, csv-kaggle.';
comment on column price_history.source_asset_id is 'The source''s own id of the asset.';
comment on column price_history.quote is 'The quote currency in upper case: USD, BTC, USDT.';
comment on column price_history.interval is 'tick, or the length of the bar: 1m, 1h, 1d.';
comment on column price_history.observed_at is 'When the source saw it; a bar''s last instant.';
comment on column price_history.observed_at_assumed is 'True where the source gave no time and it was taken from a file''s name or modification time.';
comment on column price_history.asset_id is 'The canonical asset.';
comment on column price_history.ingested_at is 'When the ingestor last fetched these values.';
comment on column price_history.event_id is 'The id of the event that brought them; equal values have equal ids.';
comment on column price_history.run_id is 'The run that first brought these values.';
comment on column price_history.origin is 'How it came to be known: live, file, backfill, replay.';
comment on column price_history.price is 'The price of one unit of the asset in the quote currency; for a bar, its close.';
comment on column price_history.open is 'The bar''s first price; null for a tick.';
comment on column price_history.high is 'The bar''s highest price; null for a tick.';
comment on column price_history.low is 'The bar''s lowest price; null for a tick.';
comment on column price_history.volume_base is 'Traded within the bar, in units of the asset; null for a tick.';
comment on column price_history.volume_quote is 'Traded within the bar, in the quote currency; null for a tick.';
comment on column price_history.market_cap is 'Market capitalisation in the quote currency.';
comment on column price_history.fully_diluted_valuation is 'Price times the supply that there can ever be, in the quote currency, as the source says it.';
comment on column price_history.volume_24h is 'Traded in the 24 hours before the observation, in the quote currency.';
comment on column price_history.bid is 'The best bid.';
comment on column price_history.ask is 'The best ask.';
comment on column price_history.high_24h is 'The highest price in the 24 hours before the observation.';
comment on column price_history.low_24h is 'The lowest price in the 24 hours before the observation.';
comment on column price_history.change_24h_pct is 'The change over the 24 hours before the observation, in percent: 1.25 is 1.25 %.';
comment on column price_history.rank is 'The asset''s position by market cap at the source, from 1.';
comment on column price_history.circulating_supply is 'Units of the asset in circulation.';
comment on column price_history.total_supply is 'Units of the asset that exist.';
comment on column price_history.max_supply is 'Units of the asset that can ever exist.';
comment on column price_history.all_time_high is 'The highest price that the source knows of.';
comment on column price_history.all_time_low is 'The lowest price that the source knows of.';

-- Which rows a run brought. The rows of a run lie together, so a few bytes for each block of pages tell where not to
-- look, and cost nothing when writing.
create index price_history_run on price_history using brin (run_id uuid_bloom_ops);

create table raw_observation (
  event_id        uuid not null,
  ingested_at     timestamptz not null,
  source          text not null,
  source_asset_id text not null,
  quote           text not null,
  observed_at     timestamptz not null,
  run_id          uuid not null,
  payload         bytea not null,
  payload_type    text not null,
  primary key (event_id, ingested_at)
) partition by range (ingested_at);

comment on table raw_observation is 'What the source sent for one observation, untouched.';
comment on column raw_observation.event_id is 'The id of the event.';
comment on column raw_observation.ingested_at is 'When the ingestor fetched it.';
comment on column raw_observation.source is 'The source: coingecko, csv-kaggle.';
comment on column raw_observation.source_asset_id is 'The source''s own id of the asset.';
comment on column raw_observation.quote is 'The quote currency in upper case.';
comment on column raw_observation.observed_at is 'When the source saw it.';
comment on column raw_observation.run_id is 'The run that fetched it.';
comment on column raw_observation.payload is 'The source''s own bytes for this record.';
comment on column raw_observation.payload_type is 'The media type of the payload.';

create table rejected_observation (
  rejection_id    uuid not null,
  source          text not null,
  source_asset_id text not null,
  reasons         jsonb not null,
  original        bytea not null,
  original_type   text not null,
  topic           text,
  partition       integer,
  "offset"        bigint,
  file            text,
  line            bigint,
  run_id          uuid,
  rejected_at     timestamptz not null,
  primary key (rejection_id)
);

comment on table rejected_observation is 'A record in quarantine.';
comment on column rejected_observation.rejection_id is 'Made from the record''s position, so that a record is here once.';
comment on column rejected_observation.source is 'The source; empty where that could not be read.';
comment on column rejected_observation.source_asset_id is 'The source''s own id of the asset; empty where that could not be read.';
comment on column rejected_observation.reasons is 'Every rule that it broke: [{"code": ..., "detail": ...}].';
comment on column rejected_observation.original is 'The record: a pricewire.v1.PriceObserved, the source''s text, or bytes that are no event.';
comment on column rejected_observation.original_type is 'What original is: application/protobuf, text/plain, application/octet-stream.';
comment on column rejected_observation.topic is 'The topic in which it stood; null for a record that an ingestor could not read.';
comment on column rejected_observation.partition is 'The partition in which it stood.';
comment on column rejected_observation."offset" is 'Its offset in the partition.';
comment on column rejected_observation.file is 'The file in which it stood; null where there is none.';
comment on column rejected_observation.line is 'The line at which it starts in the file, from 1.';
comment on column rejected_observation.run_id is 'The run that brought it; null where that could not be read.';
comment on column rejected_observation.rejected_at is 'When it was rejected.';

create index rejected_observation_run on rejected_observation (run_id);

create table ingest_run (
  run_id        uuid not null,
  ingestor      text not null,
  status        text not null,
  trigger       text not null,
  started_at    timestamptz,
  finished_at   timestamptz,
  seen          bigint not null,
  published     bigint not null,
  unchanged     bigint not null,
  refused       bigint not null,
  calls         bigint not null,
  retries       bigint not null,
  error         text,
  joined_run_id uuid,
  file          text,
  size          bigint not null,
  progress      bigint not null,
  ends          jsonb not null,
  revision      bigint not null,
  primary key (run_id)
);

comment on table ingest_run is 'What an ingestor says of one of its runs.';
comment on column ingest_run.run_id is 'The run.';
comment on column ingest_run.ingestor is 'The ingestor: coingecko, csv.';
comment on column ingest_run.status is 'requested, running, success, partial, failure or joined.';
comment on column ingest_run.trigger is 'What started it: schedule, command, file, backfill, replay.';
comment on column ingest_run.started_at is 'When it started; null where it has not.';
comment on column ingest_run.finished_at is 'When it ended; null where it has not.';
comment on column ingest_run.seen is 'Records read from the source.';
comment on column ingest_run.published is 'Of those, published.';
comment on column ingest_run.unchanged is 'Of those, not published because nothing had changed.';
comment on column ingest_run.refused is 'Of those, refused because they could not be read.';
comment on column ingest_run.calls is 'Requests made to the source.';
comment on column ingest_run.retries is 'Of those, repeated ones.';
comment on column ingest_run.error is 'Why it failed; null where it did not.';
comment on column ingest_run.joined_run_id is 'The run that it joined; null where it joined none.';
comment on column ingest_run.file is 'The file that it read; null where it read none.';
comment on column ingest_run.size is 'How much there is to read; 0 where that is not known.';
comment on column ingest_run.progress is 'How much of size has been read.';
comment on column ingest_run.ends is 'Where its last events are: [{"topic": ..., "partition": ..., "offset": ...}].';
comment on column ingest_run.revision is 'Which of its reports this is; the highest counts.';

create index ingest_run_started on ingest_run (started_at desc, run_id);

create table ingest_checkpoint (
  ingestor   text not null,
  file       text not null,
  position   text not null,
  run_id     uuid not null,
  updated_at timestamptz not null,
  primary key (ingestor, file)
);

comment on table ingest_checkpoint is 'How far an ingestor has come.';
comment on column ingest_checkpoint.ingestor is 'The ingestor: csv.';
comment on column ingest_checkpoint.file is 'The file that is meant; empty for an ingestor that reads none.';
comment on column ingest_checkpoint.position is 'The source''s own notation of the position that its next batch starts from.';
comment on column ingest_checkpoint.run_id is 'The run that got there.';
comment on column ingest_checkpoint.updated_at is 'When it got there.';

-- Who only reads. Where the migrating user may not create roles, an administrator creates this one beforehand.
do $$
begin
  if not exists (select from pg_roles where rolname = 'pricewire_reader') then
    begin
      create role pricewire_reader nologin;
    exception
      when duplicate_object or unique_violation then
        null; -- another database of this server was migrated at the same moment
    end;
  end if;
  -- Where an administrator made the role, the administrator has granted it too. From Postgres 16 on, whoever made it is
  -- its member, but may not take it on.
  if not pg_has_role(current_user, 'pricewire_reader',
      case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end) then
    execute format('grant pricewire_reader to %I', current_user);
  end if;
end
$$;

grant usage on schema public to pricewire_reader;
grant select on all tables in schema public to pricewire_reader;
alter default privileges in schema public grant select on tables to pricewire_reader;

-- Makes the partitions of a table that start at these times, where they are missing. A partition is made as a table of its
-- own and attached then, because that locks nobody out of the parent; one maker at a time.
create function ensure_partitions(parent text, starts timestamptz[], width interval) returns void
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
    end if;
  end loop;
end
$$;

comment on function ensure_partitions is 'Makes the partitions of a table that start at these times, where they are missing.';
