package io.pricewire.normalizer.pipeline;

import static io.pricewire.normalizer.pipeline.Batches.apply;
import static io.pricewire.normalizer.pipeline.Batches.assetsOf;
import static io.pricewire.normalizer.pipeline.Batches.decide;
import static io.pricewire.normalizer.pipeline.Batches.prices;
import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.Received;
import io.pricewire.normalizer.Observed;
import io.pricewire.normalizer.TestDatabase;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.AssetDescribed;
import io.pricewire.proto.v1.IngestCommand;
import io.pricewire.proto.v1.NormalizerCommand;
import io.pricewire.proto.v1.ObservationRejected;
import io.pricewire.proto.v1.Platform;
import io.pricewire.proto.v1.PriceObserved;
import io.pricewire.proto.v1.RecordPosition;
import io.pricewire.proto.v1.RejectionReason;
import io.pricewire.proto.v1.ReplayRejection;
import io.pricewire.proto.v1.ReplayText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of batches, on a real database. */
class NormalizationTest {

    private static final String REJECTION = "44444444-4444-4444-8444-444444444444";

    private static TestDatabase database;

    private Batches batches;

    @BeforeAll
    static void open() {
        database = new TestDatabase();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void begin() {
        batches = new Batches(database);
    }

    @Test
    void putsBothAggregatorsPricesUnderOneAsset() {
        List<Event<?>> events = apply(
                batches.normalization(Duration.ofMinutes(1)),
                batches.observed("coingecko", "bitcoin", "1"),
                batches.paprika("2"));

        assertThat(prices(events, Topics.PRICES_NORMALIZED))
                .hasSize(2)
                .allSatisfy(price -> assertThat(price.getAssetId()).isEqualTo("bitcoin"));
        assertThat(database.query("select distinct asset_id from price_latest"))
                .isEqualTo(List.of(Map.of("asset_id", "bitcoin")));
        assertThat(database.query("select symbol, name from asset"))
                .isEqualTo(List.of(Map.of("symbol", "BTC", "name", "Bitcoin")));
    }

    @Test
    void movesWhatIsStoredWhenAnOperatorDecides() {
        Normalization normalization = batches.normalization(Duration.ofMinutes(1));
        apply(normalization, batches.observed("coingecko", "bitcoin", "1"), batches.paprika("2"));

        NormalizerCommand command = decide("coinpaprika", "btc-bitcoin", "not-bitcoin");
        List<Event<?>> events = apply(normalization, batches.record(Topics.NORMALIZER_COMMANDS, command));

        assertThat(prices(events, Topics.PRICES_LATEST)).singleElement().satisfies(price -> {
            assertThat(price.getAssetId()).isEqualTo("not-bitcoin");
            assertThat(price.getFigures().getPrice().getDigits()).isEqualTo("2");
            assertThat(price.getFigures().getRank()).isEqualTo(1);
        });
        for (String table : List.of("price_latest", "price_history", "price_candle")) {
            assertThat(database.query("select source, asset_id from %s order by source".formatted(table)))
                    .as(table)
                    .isEqualTo(List.of(
                            Map.of("source", "coingecko", "asset_id", "bitcoin"),
                            Map.of("source", "coinpaprika", "asset_id", "not-bitcoin")));
        }
        assertThat(database.query("select previous_asset_id, asset_id, method, decided_by, moved_at is null as open"
                        + " from asset_alias_decision where method = 'operator'"))
                .isEqualTo(List.of(Map.of(
                        "previous_asset_id", "bitcoin",
                        "asset_id", "not-bitcoin",
                        "method", "operator",
                        "decided_by", "ann",
                        "open", false)));
    }

    @Test
    void hasTheReferencePriceComputedAgainOfAnAssetThatLosesASource() {
        Normalization normalization = batches.normalization();
        apply(normalization, batches.observed("coingecko", "bitcoin", "1"), batches.paprika("2"));
        database.execute("""
                insert into price_reference (asset_id, quote, symbol, name, price, status, used, excluded, unconfirmed,
                  observed_at, computed_at, confirmed_price, confirmed_at, partition)
                select asset_id, 'USD', '', '', 1, 'ok', '[]', '[]', false, now(), now(), 1, now(), 0
                from unnest(array['bitcoin', 'ethereum']) as asset_id""");

        apply(
                normalization,
                batches.record(Topics.NORMALIZER_COMMANDS, decide("coinpaprika", "btc-bitcoin", "not-bitcoin")));

        assertThat(database.query("select asset_id from price_reference where due_at < now()"))
                .isEqualTo(List.of(Map.of("asset_id", "bitcoin")));
    }

    @Test
    void keepsAnOperatorsDecisionForWhatArrivesLaterAnywhere() {
        Normalization deciding = batches.normalization(Duration.ofMinutes(1));
        Normalization another = batches.normalization(Duration.ofMinutes(1));
        apply(deciding, batches.paprika("1"));
        apply(another, batches.paprika("2"));

        apply(
                deciding,
                batches.record(Topics.NORMALIZER_COMMANDS, decide("coinpaprika", "btc-bitcoin", "not-bitcoin")));

        assertThat(assetsOf(apply(another, batches.paprika("3")))).containsOnly("not-bitcoin");
        assertThat(assetsOf(apply(batches.normalization(Duration.ofMinutes(1)), batches.paprika("4"))))
                .as("after a restart, which also tells again what was moved a short time ago")
                .containsOnly("not-bitcoin");
        assertThat(database.query("select distinct asset_id from price_history"))
                .isEqualTo(List.of(Map.of("asset_id", "not-bitcoin")));
    }

    @Test
    void changesNothingWhenACommandComesAgain() {
        Normalization normalization = batches.normalization(Duration.ofMinutes(1));
        apply(normalization, batches.paprika("1"));
        NormalizerCommand command = decide("coinpaprika", "btc-bitcoin", "not-bitcoin");

        apply(normalization, batches.record(Topics.NORMALIZER_COMMANDS, command));
        List<Event<?>> again = apply(normalization, batches.record(Topics.NORMALIZER_COMMANDS, command));

        assertThat(assetsOf(again)).as("it was told just now").isEmpty();
        assertThat(database.query("select 1 from asset_alias_decision where method = 'operator'"))
                .hasSize(1);
    }

    @Test
    void takesAContractForEvidence() {
        Normalization normalization = batches.normalization(Duration.ofMinutes(1));
        apply(
                normalization,
                batches.record(Topics.ASSETS_RAW.of("coingecko"), described("coingecko", "old")),
                batches.record(Topics.ASSETS_RAW.of("coinpaprika"), described("coinpaprika", "new-new")));

        apply(
                normalization,
                batches.observed("coingecko", "old", "1"),
                batches.observed("coinpaprika", "new-new", "1"));

        assertThat(database.query("select asset_id, method from asset_alias order by source"))
                .isEqualTo(List.of(
                        Map.of("asset_id", "coingecko:old", "method", "own"),
                        Map.of("asset_id", "coingecko:old", "method", "contract")));
    }

    @Test
    void keepsWhatASourceOffersAsItSaidLast() {
        AssetDescribed.Builder asset = described("gemini", "BTC").toBuilder().setSymbol("BTC");
        Normalization normalization = batches.normalization(Duration.ofMinutes(1));

        apply(
                normalization,
                batches.record(
                        Topics.ASSETS_RAW.of("gemini"),
                        asset.clone()
                                .addAllQuotes(List.of("USD", "USDT"))
                                .setDescribedAt(Observed.timestamp(batches.now()))
                                .build()),
                batches.record(Topics.ASSETS_RAW.of("gemini"), asset.build()));

        assertThat(database.query("select source_asset_id, symbol, name, array_to_string(quotes, ' ') as quotes"
                        + " from source_asset"))
                .containsExactly(Map.of("source_asset_id", "BTC", "symbol", "BTC", "name", "", "quotes", "USD USDT"));
    }

    @Test
    void bringsInWhatWasRejectedOnceTheRuleAllowsIt() {
        PriceObserved.Builder early = Observed.bitcoin()
                .setObservedAt(Observed.timestamp(batches.now().plusSeconds(90)));
        apply(
                batches.normalization(Duration.ofMinutes(1)),
                batches.record(Topics.PRICES_RAW.of("coingecko"), early.build()));
        String rejection = (String) database.query("select rejection_id::text as id from rejected_observation")
                .getFirst()
                .get("id");
        NormalizerCommand command = NormalizerCommand.newBuilder()
                .setCommandId(UUID.randomUUID().toString())
                .setReplayRejection(ReplayRejection.newBuilder().setRejectionId(rejection))
                .build();

        assertThat(apply(
                        batches.normalization(Duration.ofMinutes(1)),
                        batches.record(Topics.NORMALIZER_COMMANDS, command)))
                .isEmpty();
        Normalization lenient = batches.normalization(Duration.ofMinutes(2));
        List<Event<?>> events = apply(lenient, batches.record(Topics.NORMALIZER_COMMANDS, command));
        List<Event<?>> redelivered = apply(lenient, batches.record(Topics.NORMALIZER_COMMANDS, command));
        List<Event<?>> byAnother = apply(
                lenient,
                batches.record(
                        Topics.NORMALIZER_COMMANDS,
                        command.toBuilder()
                                .setCommandId(UUID.randomUUID().toString())
                                .build()));

        assertThat(prices(events, Topics.PRICES_NORMALIZED)).hasSize(1);
        assertThat(prices(redelivered, Topics.PRICES_NORMALIZED)).hasSize(1);
        assertThat(byAnother).isEmpty();
        assertThat(database.query("select origin from price_history")).isEqualTo(List.of(Map.of("origin", "replay")));
        assertThat(database.query("select replayed_by::text as by from rejected_observation"))
                .isEqualTo(List.of(Map.of("by", command.getCommandId())));
    }

    @Test
    void makesNoAssetOfACanaryThatIsReplayed() {
        PriceObserved.Builder early = Batches.observation("canary", "canary", "1")
                .setObservedAt(Observed.timestamp(batches.now().plusSeconds(90)));
        apply(batches.normalization(), batches.observed(early));
        String rejection = (String) database.query("select rejection_id::text as id from rejected_observation")
                .getFirst()
                .get("id");
        NormalizerCommand replay = NormalizerCommand.newBuilder()
                .setCommandId(UUID.randomUUID().toString())
                .setReplayRejection(ReplayRejection.newBuilder().setRejectionId(rejection))
                .build();

        List<Event<?>> events =
                apply(batches.normalization(Duration.ofMinutes(2)), batches.record(Topics.NORMALIZER_COMMANDS, replay));

        assertThat(events).isEmpty();
        for (String table : List.of("asset", "asset_alias", "price_latest", "price_history", "price_candle")) {
            assertThat(database.query("select 1 from " + table)).as(table).isEmpty();
        }
        assertThat(database.query("select replayed_by::text as by from rejected_observation"))
                .as("it waits for nobody any longer")
                .isEqualTo(List.of(Map.of("by", replay.getCommandId())));
    }

    @Test
    void asksTheIngestorToReadATextAgainUntilItIsIn() {
        Normalization normalization = batches.normalization(Duration.ofMinutes(1));
        apply(normalization, batches.record(Topics.PRICES_REJECTED, refusedText("not_a_number", 0)));

        List<Event<?>> events = apply(normalization, batches.record(Topics.NORMALIZER_COMMANDS, replayOfText()));
        List<Event<?>> redelivered = apply(normalization, batches.record(Topics.NORMALIZER_COMMANDS, replayOfText()));

        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.topic()).isEqualTo(Topics.INGEST_COMMANDS);
            assertThat(event.key()).isEqualTo("csv");
            IngestCommand asked = (IngestCommand) event.value();
            assertThat(asked.getIngestor()).isEqualTo("csv");
            assertThat(asked.getRequestedAt()).isEqualTo(Observed.timestamp(batches.now()));
            assertThat(asked.getReplay())
                    .isEqualTo(ReplayText.newBuilder()
                            .setRejectionId(REJECTION)
                            .setText("a,b")
                            .setContext("of a file")
                            .setPosition(RecordPosition.newBuilder()
                                    .setFile("odd.csv")
                                    .setLine(7))
                            .build());
        });
        assertThat(runIds(redelivered)).isEqualTo(runIds(events));
        assertThat(database.query("select 1 from rejected_observation where replayed_at is null"))
                .hasSize(1);

        apply(normalization, readAgain("1"));
        List<Event<?>> later = apply(
                normalization,
                batches.record(
                        Topics.NORMALIZER_COMMANDS,
                        replayOfText().toBuilder()
                                .setCommandId(UUID.randomUUID().toString())
                                .build()));

        assertThat(later).isEmpty();
        assertThat(database.query(
                        "select replayed_by::text as by, replayed_at is null as open from rejected_observation"))
                .isEqualTo(List.of(Map.of("by", Observed.RUN, "open", false)));
    }

    @Test
    void saysWhyATextThatWasReadAgainIsStillNotIn() {
        Normalization normalization = batches.normalization(Duration.ofMinutes(1));
        apply(normalization, batches.record(Topics.PRICES_REJECTED, refusedText("not_a_number", 0)));

        apply(normalization, batches.record(Topics.PRICES_REJECTED, refusedText("wrong_number_of_cells", 1)));
        assertThat(reasons()).isEqualTo(List.of(Map.of("code", "wrong_number_of_cells", "type", "text/plain")));

        apply(normalization, readAgain("-1"));
        assertThat(reasons()).isEqualTo(List.of(Map.of("code", "price_not_positive", "type", "text/plain")));
    }

    private static List<Map<String, Object>> reasons() {
        return database.query("select reasons->0->>'code' as code, original_type as type from rejected_observation");
    }

    private static List<String> runIds(List<Event<?>> commands) {
        return commands.stream()
                .map(event -> ((IngestCommand) event.value()).getRunId())
                .toList();
    }

    private static ObservationRejected refusedText(String reason, int secondsLater) {
        return ObservationRejected.newBuilder()
                .setRejectionId(REJECTION)
                .setSource("csv-generic")
                .setText("a,b")
                .setIngestor("csv")
                .setContext("of a file")
                .setPosition(RecordPosition.newBuilder().setFile("odd.csv").setLine(7))
                .addReasons(RejectionReason.newBuilder().setCode(reason))
                .setRejectedAt(Observed.timestamp(Observed.TIME.plusSeconds(secondsLater)))
                .build();
    }

    private static NormalizerCommand replayOfText() {
        return NormalizerCommand.newBuilder()
                .setCommandId("55555555-5555-4555-8555-555555555555")
                .setReplayRejection(ReplayRejection.newBuilder().setRejectionId(REJECTION))
                .build();
    }

    private Received readAgain(String price) {
        PriceObserved.Builder observed = Observed.bitcoin().setReplayedRejectionId(REJECTION);
        observed.getFiguresBuilder().setPrice(Observed.decimal(price));
        return batches.record(Topics.PRICES_RAW.of("csv"), observed.build());
    }

    @Test
    void keepsApartWhatPostgresRefuses() {
        database.execute("alter table price_history add constraint refused check (price <> 13)");
        try {
            List<Event<?>> events = apply(
                    batches.normalization(Duration.ofMinutes(1)),
                    batches.observed("coingecko", "bitcoin", "12"),
                    batches.observed("coingecko", "ethereum", "13"));

            assertThat(prices(events, Topics.PRICES_NORMALIZED)).hasSize(1);
            assertThat(events).anyMatch(event -> event.topic().equals(Topics.PRICES_REJECTED));
            assertThat(database.query("select reasons->0->>'code' as code from rejected_observation"))
                    .isEqualTo(List.of(Map.of("code", "refused_by_database")));
            assertThat(List.of(count("observed"), count("normalized"), count("rejected"), count("failed")))
                    .containsExactly(2.0, 1.0, 1.0, 0.0);
            assertThat(batches.registry
                            .get("pricewire.normalizer.in.flight")
                            .gauge()
                            .value())
                    .isZero();
        } finally {
            database.execute("alter table price_history drop constraint refused");
        }
    }

    @Test
    void countsEveryObservationOnceThatIsRefusedWhenItIsReplayed() {
        PriceObserved.Builder early = Observed.bitcoin()
                .setObservedAt(Observed.timestamp(batches.now().plusSeconds(90)));
        apply(batches.normalization(), batches.record(Topics.PRICES_RAW.of("coingecko"), early.build()));
        String rejection = (String) database.query("select rejection_id::text as id from rejected_observation")
                .getFirst()
                .get("id");
        NormalizerCommand replay = NormalizerCommand.newBuilder()
                .setCommandId(UUID.randomUUID().toString())
                .setReplayRejection(ReplayRejection.newBuilder().setRejectionId(rejection))
                .build();
        database.execute("alter table price_history add constraint refused check (price <> 64123.12)");
        try {
            apply(
                    batches.normalization(Duration.ofMinutes(2)),
                    batches.observed("coingecko", "ethereum", "1"),
                    batches.record(Topics.NORMALIZER_COMMANDS, replay));

            assertThat(List.of(count("observed"), count("normalized"), count("rejected"), count("failed")))
                    .as("one that was rejected; the same one again and another")
                    .containsExactly(3.0, 1.0, 2.0, 0.0);
        } finally {
            database.execute("alter table price_history drop constraint refused");
        }
    }

    @Test
    void keepsOfACommandThatCannotBeCarriedOutThatItCameAndGoesOn() {
        List<NormalizerCommand> broken = List.of(
                decide("coingecko", "bitcoin", "a".repeat(251)),
                decide("coingecko", "bit\0coin", "bitcoin"),
                replayOfText().toBuilder()
                        .setReplayRejection(ReplayRejection.newBuilder().setRejectionId("no-uuid"))
                        .build());

        for (NormalizerCommand command : broken) {
            apply(batches.normalization(), batches.record(Topics.NORMALIZER_COMMANDS, command));
        }

        assertThat(database.query("select reasons->0->>'code' as code from rejected_observation"))
                .hasSize(3)
                .containsOnly(Map.of("code", "not_an_event"));
    }

    private double count(String meter) {
        return batches.registry.get("pricewire.normalizer." + meter).counter().count();
    }

    private static AssetDescribed described(String source, String id) {
        return AssetDescribed.newBuilder()
                .setSource(source)
                .setSourceAssetId(id)
                .addPlatforms(Platform.newBuilder().setPlatform("ethereum").setAddress("0xABC"))
                .build();
    }
}
