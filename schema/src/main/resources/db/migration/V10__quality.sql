-- How good what the sources bring is.

-- What was fetched within a stretch of time. Rows are stored nearly in the order in which they are fetched, so the least
-- and the greatest time of each block of pages tell where not to look. A B-tree would cost every row that is written an
-- entry, and every row that is fetched again a new version of all its entries.
create index price_history_ingested on price_history using brin (ingested_at)
  with (pages_per_range = 32, autosummarize = on);

create table source_quality_fact (
  source   text not null,
  began_at timestamptz not null,
  observed bigint not null default 0,
  price                   bigint not null default 0,
  open                    bigint not null default 0,
  high                    bigint not null default 0,
  low                     bigint not null default 0,
  volume_base             bigint not null default 0,
  volume_quote            bigint not null default 0,
  market_cap              bigint not null default 0,
  fully_diluted_valuation bigint not null default 0,
  volume_24h              bigint not null default 0,
  bid                     bigint not null default 0,
  ask                     bigint not null default 0,
  high_24h                bigint not null default 0,
  low_24h                 bigint not null default 0,
  change_24h_pct          bigint not null default 0,
  circulating_supply      bigint not null default 0,
  total_supply            bigint not null default 0,
  max_supply              bigint not null default 0,
  all_time_high           bigint not null default 0,
  all_time_low            bigint not null default 0,
  rank                    bigint not null default 0,
  rejected bigint not null default 0,
  known    bigint not null default 0,
  fresh    bigint not null default 0,
  compared bigint not null default 0,
  agreed   bigint not null default 0,
  primary key (began_at, source)
);

comment on table source_quality_fact is 'What a source brought within five minutes, counted; kept for a week. It can be counted again at any time.';
comment on column source_quality_fact.source is 'The source; of a record whose source could not be read, its ingestor.';
comment on column source_quality_fact.began_at is 'When the five minutes began.';
comment on column source_quality_fact.observed is 'Observations that were last fetched within them.';
comment on column source_quality_fact.price is 'Of the observed, how many gave price.';
comment on column source_quality_fact.open is 'Of the observed, how many gave open.';
comment on column source_quality_fact.high is 'Of the observed, how many gave high.';
comment on column source_quality_fact.low is 'Of the observed, how many gave low.';
comment on column source_quality_fact.volume_base is 'Of the observed, how many gave volume_base.';
comment on column source_quality_fact.volume_quote is 'Of the observed, how many gave volume_quote.';
comment on column source_quality_fact.market_cap is 'Of the observed, how many gave market_cap.';
comment on column source_quality_fact.fully_diluted_valuation is 'Of the observed, how many gave fully_diluted_valuation.';
comment on column source_quality_fact.volume_24h is 'Of the observed, how many gave volume_24h.';
comment on column source_quality_fact.bid is 'Of the observed, how many gave bid.';
comment on column source_quality_fact.ask is 'Of the observed, how many gave ask.';
comment on column source_quality_fact.high_24h is 'Of the observed, how many gave high_24h.';
comment on column source_quality_fact.low_24h is 'Of the observed, how many gave low_24h.';
comment on column source_quality_fact.change_24h_pct is 'Of the observed, how many gave change_24h_pct.';
comment on column source_quality_fact.circulating_supply is 'Of the observed, how many gave circulating_supply.';
comment on column source_quality_fact.total_supply is 'Of the observed, how many gave total_supply.';
comment on column source_quality_fact.max_supply is 'Of the observed, how many gave max_supply.';
comment on column source_quality_fact.all_time_high is 'Of the observed, how many gave all_time_high.';
comment on column source_quality_fact.all_time_low is 'Of the observed, how many gave all_time_low.';
comment on column source_quality_fact.rank is 'Of the observed, how many gave rank.';
comment on column source_quality_fact.rejected is 'Records that were rejected within them and are in quarantine still.';
comment on column source_quality_fact.known is 'Latest prices of the source that were observed within the day before, at the last look within these minutes.';
comment on column source_quality_fact.fresh is 'Of the known, how many were not stale at that look.';
comment on column source_quality_fact.compared is 'Of the fresh, how many had a reference price that other sources made too.';
comment on column source_quality_fact.agreed is 'Of the compared, how many were no further from the reference price than is accepted.';

create table source_quality (
  source        text not null,
  "window"      text not null,
  completeness  numeric,
  consistency   numeric,
  freshness     numeric,
  validity      numeric,
  agreement     numeric,
  observed      bigint not null,
  rejected      bigint not null,
  fields        text[] not null,
  calculated_at timestamptz not null,
  primary key (source, "window")
);

comment on table source_quality is 'How good what a source brought within a window is. A score is from 0 to 1, to four digits, rounded down; null where nothing is known to judge by.';
comment on column source_quality.source is 'The source; of a record whose source could not be read, its ingestor.';
comment on column source_quality."window" is '1h or 24h: the time up to when it was calculated.';
comment on column source_quality.completeness is 'Of the fields that the source usually gives, the share that its observations gave.';
comment on column source_quality.consistency is 'validity times agreement, as far as they are known.';
comment on column source_quality.freshness is 'The share of the source''s latest prices, of those observed within a day, that was not stale: the mean over the window.';
comment on column source_quality.validity is 'The share of its records that kept every rule.';
comment on column source_quality.agreement is 'The share of its fresh prices that agreed with the reference price.';
comment on column source_quality.observed is 'How many observations were fetched within the window.';
comment on column source_quality.rejected is 'How many records were rejected within the window and are in quarantine still.';
comment on column source_quality.fields is 'The fields that the source usually gives: those that at least half of its observations of the last seven days gave.';
comment on column source_quality.calculated_at is 'When it was calculated.';
