-- What sources offer, and what is left of their budgets.

alter table ingest_run
  add column budget_left bigint;

comment on column ingest_run.budget_left is 'How many more requests the source allowed in that calendar month; null where it sets no bound.';

create table source_asset (
  source          text not null,
  source_asset_id text not null,
  symbol          text not null,
  name            text not null,
  quotes          text[] not null,
  described_at    timestamptz not null,
  primary key (source, source_asset_id)
);

comment on table source_asset is 'What a source offers, whether it is asked for its prices or not.';
comment on column source_asset.source is 'The source.';
comment on column source_asset.source_asset_id is 'The source''s own id of the asset.';
comment on column source_asset.symbol is 'The ticker symbol as the source writes it; empty where it gives none.';
comment on column source_asset.name is 'The asset''s name as the source writes it; empty where it gives none.';
comment on column source_asset.quotes is 'The currencies in which the source offers its price; empty where it does not say.';
comment on column source_asset.described_at is 'When the source said so.';
