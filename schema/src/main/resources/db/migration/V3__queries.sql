-- What the API lists is found in the order in which it is listed.

create index asset_symbol on asset (symbol, asset_id);
create index asset_alias_asset on asset_alias (asset_id);

alter table ingest_run
  add column listed_at timestamptz not null
    generated always as (coalesce(started_at, requested_at, finished_at, timestamptz 'epoch')) stored;

comment on column ingest_run.listed_at is 'Where it stands among the runs: when it started, or was asked for where it has not.';

drop index ingest_run_started;
drop index ingest_run_ingestor;
create index ingest_run_listed on ingest_run (listed_at desc, run_id);
create index ingest_run_ingestor on ingest_run (ingestor, listed_at desc, run_id);
create index ingest_run_status on ingest_run (status, listed_at desc, run_id);

-- How each ingestor's last run went, and when one last went well.
create index ingest_run_ended on ingest_run (ingestor, finished_at desc) where finished_at is not null;
create index ingest_run_outcome on ingest_run (ingestor, status, finished_at);

create index rejected_observation_source on rejected_observation (source, rejected_at desc, rejection_id);
create index rejected_observation_reasons on rejected_observation using gin (reasons jsonb_path_ops);
