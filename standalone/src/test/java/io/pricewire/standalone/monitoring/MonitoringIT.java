package io.pricewire.standalone.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pricewire.ingestor.testing.FakeService;
import io.pricewire.ingestor.testing.FakeService.Reply;
import io.pricewire.standalone.PricewireProcess;
import io.pricewire.standalone.Programs;
import io.pricewire.standalone.monitoring.Dashboards.Dashboard;
import io.pricewire.standalone.monitoring.Dashboards.Panel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is delivered to look at a Pricewire with, held against one that runs, by a real Prometheus. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class MonitoringIT {

    private static final Pattern SCRAPED = Pattern.compile("(?m)^ {10}- ([a-z-]+)$");
    private static final Path DOCUMENT = Path.of("../docs/metrics.md");
    private static final Pattern TABLE = Pattern.compile("(?s)\\| metric \\| type .*?\\n(?=\\n|$)");
    private static final List<String> ASKED = List.of(
            "/api/v1/prices",
            "/api/v1/stats",
            "/api/v1/sources",
            "/api/v1/assets/bitcoin/candles",
            "/api/v1/health",
            "/nothing");
    private static final Duration DRAWN = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static FakeService coinGecko;
    private static FakeService coinPaprika;
    private static PricewireProcess pricewire;
    private static PrometheusServer prometheus;

    @BeforeAll
    static void start() throws Exception {
        Programs.need("prometheus");
        coinGecko = new FakeService(coins(MonitoringIT::asCoinGecko));
        coinPaprika = new FakeService(coins(MonitoringIT::asCoinPaprika));
        pricewire = new PricewireProcess(Files.createDirectories(folder.resolve("pricewire")))
                .with("COINGECKO_ENABLED", "true")
                .with("COINGECKO_API_URL", coinGecko.url().toString())
                .with("COINGECKO_COINS", "bitcoin,ethereum,solana")
                .with("COINGECKO_POLL_INTERVAL", "2")
                .with("PRICEWIRE_COINGECKO_CALLSPERMONTH", "100000")
                .with("PRICEWIRE_COINGECKO_CALLSPERMINUTE", "6000")
                .with("COINPAPRIKA_ENABLED", "true")
                .with("COINPAPRIKA_API_URL", coinPaprika.url().toString())
                .with("COINPAPRIKA_POLL_INTERVAL", "2")
                .with("PRICEWIRE_STANDALONE_CANARY", "true")
                .with("PRICEWIRE_CANARY_INTERVAL", "1")
                .with("PRICEWIRE_NORMALIZER_QUALITY_INTERVAL", "1")
                .with("PRICEWIRE_QUERY_STREAM_MAXSTREAMS", "2")
                .start();
        prometheus = PrometheusServer.start(folder, pricewire);
        Thread.ofVirtual().start(MonitoringIT::follow);
        breakRules();
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable each : new AutoCloseable[] {prometheus, pricewire, coinGecko, coinPaprika}) {
            if (each != null) {
                each.close();
            }
        }
    }

    @Test
    void everyExpressionOfEveryPanelReturnsData() {
        awaitDataOfAllPanels();
    }

    private static void awaitDataOfAllPanels() {
        Set<String> empty = new TreeSet<>(Dashboards.expressions());
        assertThat(empty).hasSizeGreaterThan(100);
        awaitUntilEmpty(
                "expressions without data",
                empty,
                expression -> hasValue(prometheus.query(Expressions.withoutVariables(expression))));
    }

    @Test
    void everySeriesThatARuleNamesExists() throws Exception {
        List<JsonNode> rules = prometheus.rules();
        assertThat(rules).hasSizeGreaterThan(30);
        Set<String> missing = rules.stream()
                .flatMap(rule -> Expressions.selectors(rule.path("query").stringValue()).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(missing)
                .filteredOn(MonitoringIT::isOfOneJob)
                .as("jobs that are not scraped")
                .isSubsetOf(scrapedJobs());
        missing.removeIf(MonitoringIT::isOfOneJob);
        awaitUntilEmpty("series that no meter makes", missing, series -> hasValue(prometheus.query(series)));
        await().atMost(PricewireProcess.PATIENCE)
                .untilAsserted(() -> assertThat(prometheus.rules())
                        .allSatisfy(rule -> assertThat(rule.path("health").stringValue())
                                .as(rule.toString())
                                .isEqualTo("ok")));
    }

    /** Here all services are one job; where each is one of its own, it has the name by which it is found. */
    private static boolean isOfOneJob(String series) {
        return series.startsWith("up{job=");
    }

    private static Set<String> scrapedJobs() throws IOException {
        return SCRAPED.matcher(Files.readString(Path.of("../deploy/prometheus/prometheus.yml")))
                .results()
                .map(name -> "up{job=\"%s\"}".formatted(name.group(1)))
                .collect(Collectors.toSet());
    }

    @Test
    void everyMeterIsInADashboardOrARule() throws Exception {
        Set<String> shown = Stream.concat(
                        Dashboards.expressions().stream(),
                        prometheus.rules().stream()
                                .map(rule -> rule.path("query").stringValue()))
                .flatMap(expression -> Expressions.selectors(expression).stream())
                .map(Expressions::meter)
                .collect(Collectors.toSet());
        List<String> registered = metrics()
                .lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" ", 4)[2])
                .map(Expressions::meter)
                .distinct()
                .toList();

        assertThat(registered).hasSizeGreaterThan(70);
        assertThat(registered)
                .as("meters that no dashboard and no rule looks at")
                .filteredOn(meter -> !shown.contains(meter))
                .isEmpty();
    }

    @Test
    void theTableOfMetricsIsWhatIsShown() throws Exception {
        if (Boolean.getBoolean("pricewire.update")) {
            awaitDataOfAllPanels();
            Files.writeString(
                    DOCUMENT,
                    TABLE.matcher(Files.readString(DOCUMENT))
                            .replaceFirst(Matcher.quoteReplacement(MetricsDocument.table(metrics()))));
        }

        await().atMost(PricewireProcess.PATIENCE)
                .untilAsserted(() -> assertThat(Files.readString(DOCUMENT))
                        .as("docs/metrics.md; with -Dpricewire.update=true it is written anew")
                        .contains(MetricsDocument.table(metrics())));
    }

    @Test
    void theMarketIsInTheDatabase() {
        awaitRowsOfTheMarket();
    }

    private static void awaitRowsOfTheMarket() {
        Set<String> empty = Dashboards.all().stream()
                .flatMap(dashboard -> Stream.concat(
                        dashboard.variables().stream(),
                        dashboard.panels().stream().flatMap(panel -> panel.statements().stream())))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(empty).hasSizeGreaterThan(9);
        awaitUntilEmpty(
                "statements without rows", empty, statement -> !rows(statement).isEmpty());
    }

    /** For whoever has no Grafana at hand: {@code target/dashboards}. */
    @Test
    @Tag("full")
    void theDashboardsCanBeDrawn() throws Exception {
        awaitDataOfAllPanels();
        awaitRowsOfTheMarket();
        Path pictures = Files.createDirectories(Path.of("target/dashboards"));
        for (Dashboard dashboard : Dashboards.all()) {
            DashboardPicture picture =
                    new DashboardPicture(dashboard.json().path("title").stringValue());
            for (Panel panel : dashboard.panels()) {
                draw(panel, picture);
            }
            Path file = pictures.resolve(dashboard.name() + ".png");
            picture.write(file);
            assertThat(Files.size(file)).isGreaterThan(10_000);
        }
    }

    private static void draw(Panel panel, DashboardPicture picture) throws Exception {
        if (!panel.statements().isEmpty()) {
            picture.table(panel, rows(panel.statements().getFirst()));
        } else if (panel.type().equals("timeseries")) {
            List<List<JsonNode>> answers = new ArrayList<>();
            for (String expression : panel.expressions()) {
                answers.add(prometheus.range(Expressions.withoutVariables(expression), DRAWN));
            }
            picture.lines(panel, answers);
        } else {
            picture.bars(
                    panel,
                    prometheus.query(
                            Expressions.withoutVariables(panel.expressions().getFirst())));
        }
    }

    /** Asks the API meanwhile, so that there is something to see. */
    private static void awaitUntilEmpty(String what, Set<String> open, Check isFine) {
        await().atMost(PricewireProcess.PATIENCE).untilAsserted(() -> {
            for (String path : ASKED) {
                pricewire.status(path);
            }
            for (String each : List.copyOf(open)) {
                if (isFine.test(each)) {
                    open.remove(each);
                }
            }
            assertThat(open).as(what).isEmpty();
        });
    }

    private static boolean hasValue(List<JsonNode> series) {
        return series.stream()
                .anyMatch(one -> !one.at("/value/1").stringValue("NaN").equals("NaN"));
    }

    /** Records that cannot be read and that break a rule; and a stream more than may be open. */
    private static void breakRules() throws Exception {
        Path file = Files.writeString(folder.resolve("prices_2026-11-20.csv"), """
                coin_id,name,symbol,price_usd,market_cap,volume_24h
                pepe,Pepe,PEPE,-1,,
                doge,Doge,DOGE,much,,
                """);
        Files.move(file, pricewire.inbox().resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        await().atMost(PricewireProcess.PATIENCE)
                .until(() ->
                        metrics().contains("pricewire_streams_open{kind=\"observed\",service=\"query-service\"} 2.0"));
        assertThat(pricewire.status("/api/v1/stream/prices")).isEqualTo(503);
    }

    private static void follow() {
        try (Stream<String> lines = pricewire.lines("/api/v1/stream/prices")) {
            lines.forEach(line -> {});
        } catch (IOException | InterruptedException | UncheckedIOException e) {
            // the end of the test ends it
        }
    }

    private static String metrics() throws IOException, InterruptedException {
        return pricewire.text("/actuator/prometheus");
    }

    /** As Grafana's user, who may only read, sees them. */
    private static List<List<String>> rows(String statement) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (Connection connection = pricewire.database();
                Statement sql = connection.createStatement()) {
            sql.execute("set default_transaction_read_only = on");
            sql.execute("set role pricewire_reader");
            ResultSet found = sql.executeQuery(statement
                    .replace("$asset", "bitcoin")
                    .replace("$quote", "USD")
                    .replaceAll("\\$__timeFilter\\((\\w+)\\)", "$1 between now() - interval '7 days' and now()"));
            int columns = found.getMetaData().getColumnCount();
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    row.add(String.valueOf(found.getString(column)));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static Reply coins(Answer answer) {
        return (request, response) -> FakeService.json(
                        request.uri().contains("/list") || request.uri().endsWith("/coins")
                                ? "[]"
                                : answer.at(Instant.now()))
                .send(request, response);
    }

    private static String asCoinGecko(Instant now) {
        long move = now.getEpochSecond() % 10;
        return Stream.of("bitcoin btc Bitcoin 90000", "ethereum eth Ethereum 3000", "solana sol Solana 150")
                .map(coin -> coin.split(" "))
                .map(coin -> """
                        {"id":"%s","symbol":"%s","name":"%s","current_price":%s.%d,"market_cap":%s00000,"total_volume":%s000,\
                        "price_change_percentage_24h":%d.5,"last_updated":"%s"}""".formatted(coin[0], coin[1], coin[2], coin[3], move, coin[3], coin[3], move - 5, now))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String asCoinPaprika(Instant now) {
        long move = now.getEpochSecond() % 7;
        return Stream.of("btc-bitcoin BTC Bitcoin 90000", "eth-ethereum ETH Ethereum 3000", "ada-cardano ADA Cardano 1")
                .map(coin -> coin.split(" "))
                .map(coin -> """
                        {"id":"%s","symbol":"%s","name":"%s","rank":1,"last_updated":"%s","quotes":{"USD":{"price":%s.%d,\
                        "volume_24h":%s000,"market_cap":%s00000,"percent_change_24h":1.5}}}""".formatted(coin[0], coin[1], coin[2], now, coin[3], move, coin[3], coin[3]))
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** Whether one of several is as it should be. */
    @FunctionalInterface
    private interface Check {

        boolean test(String each) throws IOException, InterruptedException, SQLException;
    }

    /** What a service answers at a time. */
    @FunctionalInterface
    private interface Answer {

        String at(Instant now);
    }
}
