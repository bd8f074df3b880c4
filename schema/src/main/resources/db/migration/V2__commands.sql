-- Runs that a command asked for, and what a source is to do next.

alter table ingest_run
  add column command_id   uuid,
  add column requested_at timestamptz,
  add column next_run_at  timestamptz;

comment on column ingest_run.command_id is 'The command that asked for it; null where none did. A command to all ingestors is several runs.';
comment on column ingest_run.requested_at is 'When it was asked for; null where no command did.';
comment on column ingest_run.next_run_at is 'When the ingestor means to begin its next run; null where it cannot say.';

create index ingest_run_ingestor on ingest_run (ingestor, started_at desc);
create index ingest_run_command on ingest_run (command_id) where command_id is not null;

-- The quarantine is listed newest first.
create index rejected_observation_rejected on rejected_observation (rejected_at desc, rejection_id);
