#!/bin/bash
# Run once, when the database is made: a user for Grafana, who may read and nothing else. Whoever looks at a dashboard can ask
# the database anything as this user. Without a password for it there is none.
set -eu
if [ -n "${GRAFANA_POSTGRES_PASSWORD:-}" ]; then
  psql -v ON_ERROR_STOP=1 -v password="$GRAFANA_POSTGRES_PASSWORD" -U "$POSTGRES_USER" -d "$POSTGRES_DB" <<'SQL'
create role pricewire_reader nologin;
create role grafana login password :'password' in role pricewire_reader;
alter role grafana set default_transaction_read_only = on;
alter role grafana set statement_timeout = '30s';
SQL
fi
