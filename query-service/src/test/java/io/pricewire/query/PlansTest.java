package io.pricewire.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Lists of assets, symbols, aliases, history, reference prices, runs, what sources offer, their quality and what was rejected
 * are read through indexes, however long their tables are. Not so are totals, which count what there is, and searches for a
 * part of a name. Of candles and metrics {@code CandleListingTest} and {@code MetricsListingTest} tell how they are found.
 *
 * <p>Reference prices by their status, or in another order than by symbol, are read as a whole and sorted. There is one for
 * each asset and quote currency, which are some ten thousands and do not become more with time, and are read within
 * milliseconds; but a status, a price and a time change with each computation, of which there are thousands a second, and
 * an index on them would have to be written with each.
 */
@Tag("full")
class PlansTest {

    private static final String RUN = "00000000-0000-4000-8000-000000000007";

    private static final String ROWS = """
            select setseed(0.5);
            insert into asset select 'asset-' || n, 'S' || n % 5000, 'Asset ' || n, now() from generate_series(1, 10000) n;
            insert into asset_alias
            select s, 'id-' || n, 'asset-' || n, 'S' || n % 5000, 'Asset ' || n, 'own', '{}', 'pricewire', now(),
              case when n % 200 = 0 then 'ambiguous' else 'decided' end
            from generate_series(1, 10000) n, unnest(array['coingecko', 'coinpaprika']) s;
            select ensure_partitions('price_history',
              array(select timestamptz '2026-09-01 00:00Z' + n * interval '1 month' from generate_series(0, 1) n), '1 month');
            insert into price_history (source, source_asset_id, quote, interval, observed_at, observed_at_assumed, asset_id,
              ingested_at, event_id, run_id, origin, price)
            select 'coingecko', 'id-' || n % 500 + 1, 'USD', 'tick', timestamptz '2026-09-01 00:00Z' + n * interval '45 seconds',
              false, 'asset-' || n % 500 + 1, now(), gen_random_uuid(),
              ('00000000-0000-4000-8000-' || lpad((n / 1000)::text, 12, '0'))::uuid, 'live', n
            from generate_series(0, 117119) n;
            select ensure_partitions('raw_observation', array[timestamptz '2026-11-01 00:00Z', timestamptz '2026-11-02 00:00Z'],
              '1 day');
            insert into raw_observation
            select event_id, timestamptz '2026-11-01 00:00Z' + row_number() over () * interval '10 seconds', source, source_asset_id,
              quote, observed_at, run_id, '', 'application/json'
            from price_history where observed_at >= '2026-10-25 00:00Z';
            insert into ingest_run (run_id, ingestor, status, trigger, started_at, finished_at, seen, published, unchanged,
              refused, calls, retries, size, progress, ends, revision, command_id)
            select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'ingestor-' || n % 5,
              case n % 100 when 0 then 'failure' else 'success' end, 'schedule', timestamptz '2026-09-01 00:00Z' + n * interval '1 min',
              timestamptz '2026-09-01 00:00Z' + n * interval '1 min', 1, 1, 0, 0, 1, 0, 0, 0, '[]', 3,
              case n % 50 when 0 then ('10000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid end
            from generate_series(1, 20000) n;
            insert into rejected_observation (rejection_id, source, source_asset_id, reasons, original, original_type, run_id,
              rejected_at)
            select gen_random_uuid(), 'source-' || n % 5, 'id', jsonb_build_array(jsonb_build_object('code', 'reason_' || n % 300)),
              '', 'text/plain', ('00000000-0000-4000-8000-' || lpad((n % 1000)::text, 12, '0'))::uuid,
              timestamptz '2026-09-01 00:00Z' + n * interval '1 min'
            from generate_series(1, 20000) n;
            insert into price_reference
            select 'asset-' || n, 'USD', 'S' || n % 5000, 'Asset ' || n, n, 'ok', null,
              jsonb_build_array(jsonb_build_object('source', 'coingecko', 'source_asset_id', 'id-' || n, 'event_id', 'e', 'price', n,
                'volume_24h', null, 'observed_at', now(), 'stale_at', now() + interval '1 day', 'weight', 1)),
              '[]', false, now(), now(), n, now(), null, null, null, null, 0, null
            from generate_series(1, 10000) n;
            insert into price_latest (source, source_asset_id, quote, asset_id, symbol, name, interval, observed_at,
              observed_at_assumed, ingested_at, event_id, run_id, origin, stale_after, price)
            select source, source_asset_id, 'USD', asset_id, symbol, name, 'tick', now(), false, now(), gen_random_uuid(),
              gen_random_uuid(), 'live', interval '1 hour', 1
            from asset_alias;
            insert into price_candle (source, source_asset_id, quote, interval, opened_at, asset_id, open, high, low, close,
              from_bar, first_at, high_at, low_at, last_at)
            select source, source_asset_id, quote, '1m', date_trunc('minute', observed_at), asset_id, price, price, price, price,
              false, observed_at, observed_at, observed_at, observed_at
            from price_history;
            insert into source_asset
            select 'ingestor-' || n % 5, 'id-' || n, 'S' || n, 'Asset ' || n, array['USD'], now() from generate_series(1, 20000) n;
            insert into source_quality (source, "window", observed, rejected, fields, calculated_at)
            select 'csv-' || n, w, 1, 0, array['price'], now() from generate_series(1, 5000) n, unnest(array['1h', '24h']) w;
            analyze;""";

    private static final List<String> TABLES = List.of(
            "asset",
            "asset_alias",
            "price_latest",
            "price_history",
            "price_candle",
            "price_reference",
            "raw_observation",
            "ingest_run",
            "rejected_observation",
            "source_asset",
            "source_quality");

    /** Of a table; that of a function's rows is none. */
    private static final Pattern SCAN = Pattern.compile("(?<!Function )Scan (?:using \\w+ )?on (\\w+)");

    private static final Plans PLANS = new Plans();
    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = new RunningService(PLANS);
        service.execute(ROWS);
        service.awaitPrices(0);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/assets?",
                "/api/v1/assets?symbol=S17,S18",
                "/api/v1/symbols?",
                "/api/v1/aliases?",
                "/api/v1/aliases?status=ambiguous",
                "/api/v1/aliases?source=coinpaprika",
                "/api/v1/aliases?source_asset_id=id-17",
                "/api/v1/aliases?asset=asset-17",
                "/api/v1/assets/asset-17/history?",
                "/api/v1/assets/asset-17/history?source=coingecko&quote=USD&interval=tick",
                "/api/v1/assets/asset-17/history?from=2026-10-01T00:00:00Z&to=2026-10-20T00:00:00Z",
                "/api/v1/assets/asset-17/candles?interval=1m&source=coingecko",
                "/api/v1/assets/asset-17/candles?interval=1d&source=coingecko&from=2026-10-01T00:00:00Z",
                "/api/v1/prices/reference?",
                "/api/v1/prices/reference?asset=asset-17,asset-18",
                "/api/v1/prices/reference?symbol=S17",
                "/api/v1/prices/reference?status=ok",
                "/api/v1/quality?",
                "/api/v1/quality?source=csv-17,csv-18",
                "/api/v1/sources/ingestor-3/symbols?",
                "/api/v1/runs?",
                "/api/v1/runs?source=ingestor-3",
                "/api/v1/runs?status=failure",
                "/api/v1/runs?source=ingestor-3&status=success",
                "/api/v1/runs?command=10000000-0000-4000-8000-000000000050",
                "/api/v1/rejected?",
                "/api/v1/rejected?source=source-3",
                "/api/v1/rejected?reason=reason_17",
                "/api/v1/rejected?run=" + RUN,
                "/api/v1/rejected?from=2026-09-02T00:00:00Z&to=2026-09-03T00:00:00Z"
            })
    void listsAreReadThroughIndexesFromTheirBeginningAndOn(String list) throws Exception {
        PLANS.take();

        JsonNode first = service.json(list + "&page_size=5&cursor=");
        assertThat(first.get("data").isEmpty()).isFalse();
        String next = first.get("next").stringValue(null);
        if (next != null) {
            service.json("%s&page_size=5&cursor=%s".formatted(list, URLEncoder.encode(next, StandardCharsets.UTF_8)));
        }

        assertThat(PLANS.take())
                .hasSizeGreaterThanOrEqualTo(next == null ? 1 : 2)
                .noneSatisfy(PlansTest::readsWholeTables);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/assets/asset-17/history?page=1",
                "/api/v1/assets/asset-17",
                "/api/v1/symbols/S17",
                "/api/v1/runs/" + RUN,
                "/api/v1/rejected?run=" + RUN
            })
    void whatConcernsOneThingIsReadThroughIndexes(String path) throws Exception {
        PLANS.take();

        service.get(path);

        assertThat(PLANS.take()).isNotEmpty().noneSatisfy(PlansTest::readsWholeTables);
    }

    @Test
    void anObservationIsFoundByItsId() throws Exception {
        String id = service.queryAsTheServiceDoes("select event_id::text from raw_observation limit 1");
        PLANS.take();

        assertThat(service.get("/api/v1/observations/" + id).statusCode()).isEqualTo(200);

        assertThat(PLANS.take()).isNotEmpty().noneSatisfy(PlansTest::readsWholeTables);
    }

    @Test
    void theLastRunsOfEachIngestorAreReadThroughIndexes() throws Exception {
        PLANS.take();

        assertThat(service.json("/api/v1/sources").get("data")).hasSize(5);

        assertThat(PLANS.take()).isNotEmpty().noneSatisfy(PlansTest::readsWholeTables);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status=stale,divergent",
                "sort=-symbol",
                "sort=price",
                "sort=-price",
                "sort=dispersion",
                "sort=-dispersion",
                "sort=observed_at",
                "sort=-observed_at",
                "status=ok&sort=-price"
            })
    void referencePricesInAnotherOrderAreReadOnceAndNothingElse(String wanted) throws Exception {
        PLANS.take();

        service.json("/api/v1/prices/reference?page_size=5&cursor=&" + wanted);

        assertThat(PLANS.take())
                .allSatisfy(
                        plan -> assertThat(SCAN.matcher(plan.text()).results().map(scan -> scan.group(1)))
                                .as("%s%n%s", plan.sql(), plan.text())
                                .containsExactly("price_reference"));
    }

    /** Reference prices are read as a whole once, when the service starts. */
    private static void readsWholeTables(Plans.Plan plan) {
        assertThat(plan.sql()).doesNotEndWith("from price_reference");
        assertThat(TABLES)
                .as("%s%n%s", plan.sql(), plan.text())
                .anyMatch(table -> plan.text().contains("Seq Scan on " + table));
    }
}
