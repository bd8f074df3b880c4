package io.pricewire.normalizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.pricewire.embedded.EmbeddedKafka;
import io.pricewire.embedded.testing.TestServers;
import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.EventPublisher;
import io.pricewire.eventstream.EventStream;
import io.pricewire.eventstream.EventStreamSettings;
import io.pricewire.eventstream.Subscription;
import io.pricewire.proto.Topic;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.Price;
import io.pricewire.proto.v1.PriceObserved;
import io.pricewire.service.ServiceLauncher;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;

/** The service on a real broker and a real database: what goes in, and what comes out on every side. */
class NormalizerServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static EmbeddedKafka kafka;
    private static EventStream stream;
    private static ConfigurableApplicationContext service;
    private static DatabaseClient database;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.startTemporary();
        stream = new EventStream(EventStreamSettings.at(kafka.bootstrapServers()));
        stream.createTopics(List.of(Topics.PRICES_RAW.of("test"), Topics.INGEST_RUNS, Topics.INGEST_CHECKPOINTS))
                .block(PATIENCE);
        service = ServiceLauncher.application(NormalizerService.class)
                .web(WebApplicationType.NONE)
                .run(
                        "--pricewire.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                        "--pricewire.database.url=" + TestServers.newDatabase(),
                        "--pricewire.normalizer.quality.interval=1s",
                        "--logging.level.root=WARN");
        database = service.getBean(DatabaseClient.class);
    }

    @AfterAll
    static void stop() {
        service.close();
        stream.close();
        kafka.close();
    }

    @Test
    void keepsAndPublishesWhatWasObserved() {
        publish(Observed.bitcoin().setSourceAssetId("kept"));

        Map<String, Object> row = awaitRow("select * from price_latest where source_asset_id = 'kept'");
        assertThat(row)
                .containsEntry("asset_id", "coingecko:kept")
                .containsEntry("symbol", "BTC")
                .containsEntry("price", new BigDecimal("64123.12"))
                .containsEntry("market_cap", new BigDecimal("1264033512345.0"))
                .containsEntry("rank", 1)
                .containsEntry("bid", null);
        assertThat(awaitRow("select * from price_history where source_asset_id = 'kept'"))
                .containsEntry("price", new BigDecimal("64123.12"));
        assertThat(awaitRow("select convert_from(payload, 'UTF8') as text from raw_observation"
                        + " where source_asset_id = 'kept'"))
                .containsEntry("text", "{\"id\":\"bitcoin\"}");
        assertThat(read(Topics.PRICES_NORMALIZED, "kept")).hasSize(1).first().satisfies(price -> {
            assertThat(price.getAssetId()).isEqualTo("coingecko:kept");
            assertThat(price.getFigures().getPrice().getDigits()).isEqualTo("64123.12");
        });
        assertThat(read(Topics.PRICES_LATEST, "kept")).hasSize(1);
    }

    @Test
    void keepsTheNewestWhenAnOlderPriceArrivesLate() {
        publish(Observed.at("2", Observed.TIME.plusSeconds(60)).setSourceAssetId("late"));
        awaitRow("select 1 from price_latest where source_asset_id = 'late' and price = 2");

        publish(Observed.at("1", Observed.TIME).setSourceAssetId("late"));

        awaitRow("select 1 from price_history where source_asset_id = 'late' and price = 1");
        assertThat(awaitRow("select price from price_latest where source_asset_id = 'late'"))
                .containsEntry("price", new BigDecimal("2"));
        assertThat(read(Topics.PRICES_NORMALIZED, "late")).hasSize(2);
        assertThat(read(Topics.PRICES_LATEST, "late")).hasSize(1);
    }

    @Test
    void keepsOneRowOfRepeatsAndPublishesEach() {
        publish(IntStream.range(0, 10)
                .mapToObj(repeat -> Observed.bitcoin()
                        .setSourceAssetId("repeated")
                        .setIngestedAt(Observed.timestamp(Observed.TIME.plusSeconds(repeat))))
                .toArray(PriceObserved.Builder[]::new));

        await().atMost(PATIENCE)
                .until(() -> read(Topics.PRICES_NORMALIZED, "repeated").size() == 10);
        assertThat(awaitRow("select count(*) as rows from price_history where source_asset_id = 'repeated'"))
                .containsEntry("rows", 1L);
    }

    @Test
    void quarantinesWhatBreaksRulesWithEveryReason() {
        publish(Observed.at("-1", Observed.TIME).setSourceAssetId("broken").setQuote(""));

        Map<String, Object> row = awaitRow("select reasons::text as reasons, topic, original_type"
                + " from rejected_observation where source_asset_id = 'broken'");
        assertThat(row)
                .containsEntry("topic", "prices.raw.test")
                .containsEntry("original_type", "application/protobuf");
        assertThat((String) row.get("reasons")).contains("price_not_positive").contains("quote_missing");
        await().atMost(PATIENCE).until(() -> isPublishedAsRejected("broken"));
    }

    /** With its headers and the rest, the largest one is all but as large as a record may be. */
    @ParameterizedTest
    @ValueSource(ints = {300_000, 600_000, 1_047_950})
    void quarantinesRecordsOfEverySizeThatKafkaTakes(int payload) {
        String id = "large-" + payload;
        publish(
                Observed.at("-1", Observed.TIME)
                        .setSourceAssetId(id)
                        .setPayload(ByteString.copyFrom(new byte[payload])),
                Observed.bitcoin().setSourceAssetId("after-" + id));

        awaitRow("select 1 from price_latest where source_asset_id = 'after-%s'".formatted(id));
        Map<String, Object> row = awaitRow("select reasons::text as reasons, original_type, length(original) as size"
                + " from rejected_observation where source_asset_id = '%s'".formatted(id));
        assertThat((String) row.get("reasons")).contains("price_not_positive");
        if (payload > 500_000) {
            assertThat((String) row.get("reasons")).contains("observation_too_large", "original_cut");
            assertThat(row)
                    .containsEntry("original_type", "application/octet-stream")
                    .containsEntry("size", 512 * 1024);
        } else {
            assertThat(row).containsEntry("original_type", "application/protobuf");
        }
        await().atMost(PATIENCE).until(() -> isPublishedAsRejected(id));
    }

    @Test
    void quarantinesARecordWhoseNamesAreTheLargePart() {
        String id = "n".repeat(340_000);
        publish(Observed.bitcoin().setSourceAssetId(id), Observed.bitcoin().setSourceAssetId("after-names"));

        awaitRow("select 1 from price_latest where source_asset_id = 'after-names'");
        await().atMost(PATIENCE).until(() -> isPublishedAsRejected(id.substring(0, 200)));
    }

    private static boolean isPublishedAsRejected(String key) {
        return stream.log(Topics.PRICES_REJECTED)
                .toEnd()
                .any(received -> received.key().equals(key))
                .blockOptional(PATIENCE)
                .orElse(false);
    }

    @Test
    void scoresTheSources() {
        PriceObserved.Builder price =
                Observed.bitcoin().setSource("scored").setIngestedAt(Observed.timestamp(Instant.now()));
        publish(price.setSourceAssetId("scored"));

        assertThat(awaitRow("select * from source_quality where source = 'scored' and completeness is not null"))
                .containsEntry("completeness", new BigDecimal("1.0000"))
                .containsEntry("consistency", new BigDecimal("1.0000"));
    }

    private static void publish(PriceObserved.Builder... observed) {
        EventPublisher publisher = stream.publisher("test", Subscription.to(Topics.PRICES_RAW.of("test")))
                .blockOptional(PATIENCE)
                .orElseThrow();
        publisher
                .publish(java.util.Arrays.stream(observed)
                        .<Event<?>>map(each -> Observed.event("test", each))
                        .toList())
                .block(PATIENCE);
        publisher.close().block(PATIENCE);
    }

    private static Map<String, Object> awaitRow(String sql) {
        return await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> database.sql(sql).fetch().first().block(PATIENCE), row -> row != null);
    }

    private static List<Price> read(Topic<Price> topic, String sourceAssetId) {
        return stream.log(topic)
                .toEnd()
                .map(received -> received.decode(topic))
                .cast(Event.class)
                .map(event -> (Price) event.value())
                .filter(price -> price.getSourceAssetId().equals(sourceAssetId))
                .collectList()
                .blockOptional(PATIENCE)
                .orElseThrow();
    }
}
