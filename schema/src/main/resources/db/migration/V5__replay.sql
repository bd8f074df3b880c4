-- What it takes to read a record again that its ingestor could not read.

alter table rejected_observation
  add column ingestor text,
  add column context  text;

comment on column rejected_observation.ingestor is 'The ingestor that refused it; null where the normalizer did.';
comment on column rejected_observation.context is 'What the ingestor needs to read it again, in its own notation; null where that cannot be done.';
comment on column rejected_observation.replayed_by is 'The command that brought it in, or the run that read it again.';
