package io.pricewire.query;

/** Rows for tests, as the normalizer writes them. */
final class Rows {

    static final String LAST_RUN = "10000000-0000-4000-8000-000000000003";

    /** Three assets, of which two bear the same symbol. */
    static final String ASSETS = """
            insert into asset values
              ('bitcoin', 'BTC', 'Bitcoin', now()),
              ('batcoin', 'BTC', 'BatCoin', now()),
              ('ethereum', 'ETH', 'Ethereum', now());
            insert into asset_alias values
              ('coingecko', 'bitcoin', 'bitcoin', 'btc', 'Bitcoin', 'own', '{"rank": 1.50}', 'pricewire', now()),
              ('coinpaprika', 'btc-bitcoin', 'bitcoin', 'BTC', 'Bitcoin', 'own', '{}', 'pricewire', now()),
              ('coingecko', 'batcoin', 'batcoin', 'btc', 'BatCoin', 'own', '{}', 'pricewire', now());""";

    /** Runs of three ingestors: one that went well, one that failed after that, and one nobody took. */
    static final String RUNS = """
            insert into ingest_run
              (run_id, ingestor, status, trigger, started_at, finished_at, seen, published, unchanged, refused, calls,
               retries, error, file, size, progress, ends, revision, command_id, requested_at, next_run_at)
            values
              ('10000000-0000-4000-8000-000000000001', 'coingecko', 'success', 'schedule', '2026-11-21T07:00:00Z',
               '2026-11-21T07:00:01.23Z', 2500, 2500, 0, 0, 10, 0, null, null, 0, 0, '[]', 3, null, null, null),
              ('10000000-0000-4000-8000-000000000002', 'coingecko', 'failure', 'schedule', '2026-11-21T07:05:00Z',
               '2026-11-21T07:05:02Z', 0, 0, 0, 0, 4, 3, 'nobody answers', null, 0, 0, '[]', 3, null, null,
               '2026-11-21T07:10:00Z'),
              ('10000000-0000-4000-8000-000000000003', 'csv', 'partial', 'file', '2026-11-21T07:06:00Z',
               '2026-11-21T07:06:02.5Z', 103, 102, 0, 1, 0, 0, null, 'prices.csv', 10, 10, '[]', 3, null, null, null),
              ('10000000-0000-4000-8000-000000000004', 'gemini', 'requested', 'command', null, null, 0, 0, 0, 0, 0, 0,
               null, null, 0, 0, '[]', 0, '20000000-0000-4000-8000-000000000001', now() - interval '2 minutes', null),
              ('10000000-0000-4000-8000-000000000005', 'csv', 'requested', 'command', null, null, 0, 0, 0, 0, 0, 0,
               null, null, 0, 0, '[]', 0, '20000000-0000-4000-8000-000000000001', now() + interval '1 minute', null);""";

    /** Two assets that gemini offers, of which one has been seen. */
    static final String OFFERS = """
            update ingest_run set budget_left = 9996 where run_id = '10000000-0000-4000-8000-000000000002';
            insert into source_asset values
              ('gemini', 'BTC', 'BTC', '', '{USD,USDT}', '2026-11-21T07:00:00Z'),
              ('gemini', 'ZEC', 'ZEC', '', '{}', '2026-11-21T07:00:00Z');
            insert into asset values ('bitcoin', 'BTC', 'Bitcoin', now());
            insert into asset_alias (source, source_asset_id, asset_id, symbol, name, method, evidence, decided_by, decided_at)
            values ('gemini', 'BTC', 'bitcoin', 'BTC', '', 'dominant_symbol', '{}', 'pricewire', now());""";

    /** Seven rejections, one a minute, of two sources and two reasons. */
    static final String REJECTED = """
            insert into rejected_observation (rejection_id, source, source_asset_id, reasons, original, original_type,
              topic, partition, "offset", file, line, run_id, rejected_at)
            select ('30000000-0000-4000-8000-00000000000' || n)::uuid, case when n % 2 = 0 then 'csv-kaggle' else '' end,
              'btc', jsonb_build_array(jsonb_build_object('code', case when n < 3 then 'price_not_positive' else
              'row_unreadable' end, 'detail', 'it is odd')), convert_to(repeat('x', 10000), 'UTF8'),
              'text/plain', null, null, null, 'prices.csv', n, '10000000-0000-4000-8000-000000000003',
              '2026-11-21T07:06:00Z'::timestamptz + n * interval '1 minute'
            from generate_series(1, 7) as n;
            update rejected_observation set original = '\\x0102', original_type = 'application/octet-stream',
              topic = 'prices.raw.csv', partition = 1, "offset" = 17, file = null, line = null
            where rejection_id = '30000000-0000-4000-8000-000000000001';""";

    /** Reference prices of all three assets, of bitcoin in two currencies; one was computed without any source. */
    static final String REFERENCES = """
            insert into price_reference (asset_id, quote, symbol, name, price, status, dispersion, used, excluded, unconfirmed,
              observed_at, computed_at, confirmed_price, confirmed_at, partition)
            values
              ('bitcoin', 'USD', 'BTC', 'Bitcoin', 64123.120, 'ok', 0.000016, '[
                {"source": "coingecko", "source_asset_id": "bitcoin", "event_id": "e1", "price": 64122.620,
                 "volume_24h": 25000000000.50, "observed_at": "2026-11-21T07:00:00Z", "stale_at": "2026-11-21T07:18:00Z",
                 "weight": 0.500000},
                {"source": "coinpaprika", "source_asset_id": "btc-bitcoin", "event_id": "e2", "price": 64123.62,
                 "volume_24h": null, "observed_at": "2026-11-21T07:00:00Z", "stale_at": "2026-11-21T07:18:00Z",
                 "weight": 0.500000}]', '[
                {"source": "csv-kaggle", "source_asset_id": "Bitcoin", "event_id": "e3", "price": 0.0000000000012,
                 "volume_24h": 0, "observed_at": "2013-04-29T23:59:59Z", "stale_at": "2013-04-30T23:59:59Z",
                 "reason": "stale"}]', false, '2026-11-21T07:00:00Z', '2026-11-21T07:00:02Z', 64123.12, now(), 0),
              ('bitcoin', 'EUR', 'BTC', 'Bitcoin', 60000, 'degraded', 0, '[
                {"source": "coingecko", "source_asset_id": "bitcoin", "event_id": "e4", "price": 60000, "volume_24h": null,
                 "observed_at": "2026-11-21T07:00:00Z", "stale_at": "2026-11-21T07:18:00Z", "weight": 1}]', '[]', true, '2026-11-21T07:00:00Z',
               '2026-11-21T07:00:02Z', 1, now(), 0),
              ('batcoin', 'USD', 'BTC', 'BatCoin', 0.0000000000012, 'stale', null, '[]', '[]', false,
               '2026-11-21T06:00:00Z', '2026-11-21T07:00:02Z', 1, now(), 0),
              ('ethereum', 'USD', 'ETH', 'Ethereum', 3000.5, 'divergent', 0.07, '[
                {"source": "coingecko", "source_asset_id": "ethereum", "event_id": "e5", "price": 2895.5, "volume_24h": null,
                 "observed_at": "2026-11-21T07:00:01Z", "stale_at": "2026-11-21T07:19:00Z", "weight": 0.5},
                {"source": "coinpaprika", "source_asset_id": "eth-ethereum", "event_id": "e6", "price": 3105.5,
                 "volume_24h": null, "observed_at": "2026-11-21T07:00:00Z", "stale_at": "2026-11-21T07:17:00Z",
                 "weight": 0.5}]', '[]', false,
               '2026-11-21T07:00:01Z', '2026-11-21T07:00:02Z', 1, now(), 0);""";

    static final String HISTORY = """
            select ensure_partitions('price_history', array['2026-11-01T00:00:00Z'::timestamptz], '1 month');
            insert into price_history
              (source, source_asset_id, quote, interval, observed_at, observed_at_assumed, asset_id, ingested_at,
               event_id, run_id, origin, price)
            select source, source_asset_id, 'USD', 'tick', '2026-11-21T07:00:00Z'::timestamptz + n * interval '1 minute',
              false, asset_id, now(), gen_random_uuid(), '10000000-0000-4000-8000-000000000001', 'live', n + 0.10
            from asset_alias, generate_series(0, 9) as n;""";

    /** Two minutes of each alias, and its latest price. */
    static final String CANDLES = """
            insert into price_candle (source, source_asset_id, quote, interval, opened_at, asset_id, open, high, low, close,
              from_bar, first_at, high_at, low_at, last_at)
            select source, source_asset_id, 'USD', '1m', opened_at, asset_id, 1.10, 2, 1, 1.50, false, opened_at, opened_at,
              opened_at, opened_at
            from asset_alias, unnest(array['2026-11-21T07:00:00Z'::timestamptz, '2026-11-21T07:01:00Z']) opened_at;
            insert into price_latest (source, source_asset_id, quote, asset_id, symbol, name, interval, observed_at,
              observed_at_assumed, ingested_at, event_id, run_id, origin, stale_after, price, market_cap)
            select source, source_asset_id, 'USD', asset_id, symbol, name, 'tick', '2026-11-21T08:00:00Z', false, now(),
              gen_random_uuid(), '10000000-0000-4000-8000-000000000001', 'live', interval '1 hour', 0.20, 100
            from asset_alias;""";

    /** What coingecko sent for each of its observations of bitcoin. */
    static final String PAYLOADS = """
            select ensure_partitions('raw_observation', array['2026-11-21T00:00:00Z'::timestamptz], '1 day');
            insert into raw_observation
              (event_id, ingested_at, source, source_asset_id, quote, observed_at, run_id, payload, payload_type)
            select event_id, '2026-11-21T07:00:01Z', source, source_asset_id, quote, observed_at, run_id,
              convert_to('{"id":"bitcoin","price":1.50}', 'UTF8'), 'application/json'
            from price_history where source_asset_id = 'bitcoin';""";

    /** Scores of two sources: one does well, of the other there was nothing within the hour. */
    static final String QUALITY = """
            insert into source_quality
              (source, "window", completeness, consistency, freshness, validity, agreement, observed, rejected, fields,
               calculated_at)
            values
              ('coingecko', '1h', 0.9876, 0.9900, 1.0000, 0.9900, 1.0000, 99, 1, '{price,market_cap}',
               '2026-11-21T07:00:00Z'),
              ('coingecko', '24h', 0.9877, 1.0000, 0.9000, 1.0000, null, 2400, 0, '{price,market_cap}',
               '2026-11-21T07:00:00Z'),
              ('csv-kaggle', '1h', null, null, null, null, null, 0, 0, '{}', '2026-11-21T07:00:00Z'),
              ('csv-kaggle', '24h', 1, 0, 0, 0, null, 0, 3, '{price}', '2026-11-21T07:00:00Z');""";

    /** A rejection that can be judged again. */
    static final String REPLAYABLE = "30000000-0000-4000-8000-000000000002";

    static final String IS_REPLAYABLE =
            "update rejected_observation set original_type = 'application/protobuf' where rejection_id = '%s'"
                    .formatted(REPLAYABLE);

    private Rows() {}
}
