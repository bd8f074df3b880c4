package io.pricewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pricewire.ingestor.testing.FakeService;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} in the middle of polls, of which there is one each second, each with new prices. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class PollKillIT {

    private static final int COINS = 500;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private final AtomicInteger polls = new AtomicInteger();

    @Test
    void losesAndDoublesNothingWhenItIsKilledTwice() throws Exception {
        losesAndDoublesNothingWhenItIsKilled(2);
    }

    @Test
    @Tag("full")
    void losesAndDoublesNothingWhenItIsKilledTwentyTimes() throws Exception {
        losesAndDoublesNothingWhenItIsKilled(20);
    }

    private void losesAndDoublesNothingWhenItIsKilled(int kills) throws Exception {
        try (FakeService service = new FakeService((request, response) ->
                        FakeService.json(tickers(polls.incrementAndGet())).send(request, response));
                PricewireProcess pricewire = new PricewireProcess(folder)
                        .with("COINPAPRIKA_ENABLED", "true")
                        .with("COINPAPRIKA_API_URL", service.url() + "/v1")
                        .with("COINPAPRIKA_POLL_INTERVAL", "1s")
                        .start()) {
            for (int kill = 1; kill <= kills; kill++) {
                int seen = polls.get();
                await().atMost(Duration.ofMinutes(2)).until(() -> polls.get() > seen + 1);
                pricewire.kill();
                pricewire.start();
            }
            int seen = polls.get();
            await().atMost(Duration.ofMinutes(2)).until(() -> polls.get() > seen + 2);
            service.always(FakeService.status(500, "enough"));
            await().atMost(Duration.ofMinutes(2))
                    .until(() ->
                            normalizedOf(pricewire).size() == rawOf(pricewire).size());

            List<String> raw = rawOf(pricewire);
            List<String> normalized = normalizedOf(pricewire);
            Set<String> ids = new HashSet<>(raw);
            assertThat(raw).as("each raw event once").hasSize(ids.size()).hasSizeGreaterThan(COINS * kills);
            assertThat(normalized).as("each normalized event once").hasSize(ids.size());
            assertThat(new HashSet<>(normalized)).as("the same events").isEqualTo(ids);
            assertThat(historyOf(pricewire)).as("each in history once").isEqualTo(ids);
        }
    }

    private static List<String> rawOf(PricewireProcess pricewire) {
        return OrdinaryConsumer.readAll(pricewire.kafka(), "prices.raw.coinpaprika", OrdinaryConsumer::eventId);
    }

    /** Without those of the sample. */
    private static List<String> normalizedOf(PricewireProcess pricewire) {
        return OrdinaryConsumer.readAll(pricewire.kafka(), "prices.normalized", record -> record).stream()
                .filter(record -> !new String(record.value(), java.nio.charset.StandardCharsets.ISO_8859_1)
                        .contains("csv-kaggle"))
                .map(OrdinaryConsumer::eventId)
                .toList();
    }

    private static Set<String> historyOf(PricewireProcess pricewire) throws Exception {
        Set<String> ids = new HashSet<>();
        try (Connection connection = pricewire.database();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select event_id::text from price_history where source = 'coinpaprika'")) {
            while (rows.next()) {
                assertThat(ids.add(rows.getString(1))).isTrue();
            }
        }
        return ids;
    }

    private static String tickers(int poll) {
        return IntStream.range(0, COINS)
                .mapToObj(coin -> """
                        {"id":"c%1$d-coin-%1$d","name":"Coin %1$d","symbol":"C%1$d","rank":%1$d,"last_updated":"%2$s",\
                        "quotes":{"USD":{"price":%3$d.%1$d,"volume_24h":1,"market_cap":1}}}""".formatted(coin + 1, START.plusSeconds(poll), poll))
                .collect(Collectors.joining(",", "[", "]"));
    }
}
