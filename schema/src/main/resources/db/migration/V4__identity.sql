-- How it is decided which asset a source means, and what was decided when.

alter table asset_alias
  add column status text not null default 'decided';

comment on column asset_alias.status is 'decided, or ambiguous: kept apart until an operator decides.';
comment on column asset_alias.method is 'How it was decided: operator, known_id, contract, curated, name_and_symbol, dominant_symbol, or own (an asset of its own, for want of evidence).';
comment on column asset_alias.evidence is 'What spoke for it, and against it: {"price": "not_compared"}.';

create index asset_alias_source_asset_id on asset_alias (source_asset_id);
create index asset_alias_symbol on asset_alias (upper(symbol));
create index price_latest_asset on price_latest (asset_id);

create table asset_alias_decision (
  source            text not null,
  source_asset_id   text not null,
  decided_at        timestamptz not null,
  decision_id       uuid not null,
  previous_asset_id text,
  asset_id          text not null,
  status            text not null,
  method            text not null,
  evidence          jsonb not null,
  decided_by        text not null,
  moved_at          timestamptz,
  primary key (decision_id)
);

comment on table asset_alias_decision is 'Every decision which asset a source means, also those that were overruled since.';
comment on column asset_alias_decision.source is 'The source.';
comment on column asset_alias_decision.source_asset_id is 'The source''s own id of the asset.';
comment on column asset_alias_decision.decided_at is 'When it was decided.';
comment on column asset_alias_decision.decision_id is 'The decision; the id of the command, where an operator decided.';
comment on column asset_alias_decision.previous_asset_id is 'The asset that it was decided to be before; null for the first decision.';
comment on column asset_alias_decision.asset_id is 'The asset that it was decided to be.';
comment on column asset_alias_decision.status is 'decided or ambiguous.';
comment on column asset_alias_decision.method is 'How it was decided.';
comment on column asset_alias_decision.evidence is 'What spoke for it, and against it.';
comment on column asset_alias_decision.decided_by is 'Who decided: pricewire, or the name of an operator''s key.';
comment on column asset_alias_decision.moved_at is 'When what was stored before had been moved to the asset; null while that is to be done.';

create index asset_alias_decision_alias on asset_alias_decision (source, source_asset_id, decided_at desc);
create index asset_alias_decision_unmoved on asset_alias_decision (decided_at) where moved_at is null;

create table asset_platform (
  source          text not null,
  source_asset_id text not null,
  platform        text not null,
  address         text not null,
  primary key (source, source_asset_id, platform)
);

comment on table asset_platform is 'The contracts of an asset, as a source describes them.';
comment on column asset_platform.source is 'The source.';
comment on column asset_platform.source_asset_id is 'The source''s own id of the asset.';
comment on column asset_platform.platform is 'The chain, as the source calls it: ethereum.';
comment on column asset_platform.address is 'The contract''s address on that chain, in lower case.';

create index asset_platform_address on asset_platform (address);

alter table rejected_observation
  add column event_id    uuid,
  add column replayed_at timestamptz,
  add column replayed_by uuid;

comment on column rejected_observation.event_id is 'The id of the event that it was; null where it was none.';
comment on column rejected_observation.replayed_at is 'When it was brought in after all; null while it is in quarantine.';
comment on column rejected_observation.replayed_by is 'The command that brought it in.';
