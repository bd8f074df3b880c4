package io.pricewire.normalizer.pipeline;

import static io.pricewire.normalizer.pipeline.Batches.apply;
import static io.pricewire.normalizer.pipeline.Batches.decide;
import static io.pricewire.normalizer.pipeline.Batches.prices;
import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.Received;
import io.pricewire.normalizer.Observed;
import io.pricewire.normalizer.TestDatabase;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.IngestRun;
import io.pricewire.proto.v1.NormalizerCommand;
import io.pricewire.proto.v1.Price;
import io.pricewire.proto.v1.ReplayRejection;
import io.pricewire.proto.v1.RunStatus;
import io.pricewire.proto.v1.RunTrigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two pipelines publish of one key: one has its partition, the other has moved or replayed a price of it. The topic of
 * latest prices keeps the last that was published, so that has to be the newest in the end.
 */
class OutrunPricesTest {

    private static TestDatabase database;

    private final List<Price> topic = new ArrayList<>();
    private Batches batches;
    private Normalization owner;
    private Normalization other;

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
        owner = batches.normalization();
        other = batches.normalization();
        batches.pass(Duration.ofMinutes(2));
    }

    @Test
    void endsWithTheNewestWhereAMovedPriceIsOutrun() {
        publish(apply(owner, batches.paprika("1")));
        batches.pass(Duration.ofMinutes(2));

        List<Event<?>> moved = apply(other, decision());
        List<Event<?>> newer = apply(owner, batches.paprika("2"));
        publish(newer);
        publish(moved);
        assertThat(last()).as("the older one has come last").isEqualTo("1 not-bitcoin");

        goOn();
        assertThat(last()).isEqualTo("2 not-bitcoin");
    }

    @Test
    void endsWithTheNewAssetWhereAPriceOfBeforeTheMoveComesLate() {
        List<Event<?>> late = apply(owner, batches.paprika("1"));
        batches.pass(Duration.ofMinutes(2));
        publish(apply(other, decision()));
        publish(late);
        assertThat(last()).as("the asset of before has come last").isEqualTo("1 bitcoin");

        goOn();
        assertThat(last()).isEqualTo("1 not-bitcoin");
    }

    @Test
    void endsWithTheNewestWhereAReplayedPriceIsOutrun() {
        apply(
                owner,
                batches.observed(Batches.observation("coinpaprika", "btc-bitcoin", "1")
                        .setObservedAt(Observed.timestamp(batches.now().plusSeconds(90)))));
        batches.pass(Duration.ofMinutes(1));
        NormalizerCommand replay = NormalizerCommand.newBuilder()
                .setCommandId(UUID.randomUUID().toString())
                .setReplayRejection(ReplayRejection.newBuilder().setRejectionId(onlyRejection()))
                .build();

        List<Event<?>> replayed = apply(other, batches.record(Topics.NORMALIZER_COMMANDS, replay));
        batches.pass(Duration.ofMinutes(1));
        List<Event<?>> newer = apply(
                owner,
                batches.observed(Batches.observation("coinpaprika", "btc-bitcoin", "2")
                        .setObservedAt(Observed.timestamp(batches.now()))));
        publish(newer);
        publish(replayed);
        assertThat(last()).as("the older one has come last").isEqualTo("1 bitcoin");

        goOn();
        assertThat(last()).isEqualTo("2 bitcoin");
    }

    @Test
    void tellsAMoveOnceHoweverManyBatchesFollow() {
        publish(apply(owner, batches.paprika("1")));

        assertThat(prices(apply(other, decision()), Topics.PRICES_LATEST)).hasSize(1);
        batches.pass(Duration.ofSeconds(10));
        assertThat(apply(other, run())).isEmpty();
        assertThat(apply(other, run())).isEmpty();
    }

    @Test
    void tellsAMoveThereAndBackAndThereAgain() {
        publish(apply(owner, batches.paprika("1")));

        for (String asset : List.of("not-bitcoin", "bitcoin", "not-bitcoin")) {
            publish(apply(other, decision(asset)));
            assertThat(last()).isEqualTo("1 " + asset);
        }
        assertThat(topic).hasSize(4);
    }

    /** Batches that say nothing of the key come to the pipeline that moved or replayed, until it has no more to tell. */
    private void goOn() {
        for (int batch = 0; batch < 5; batch++) {
            batches.pass(Duration.ofMinutes(1));
            publish(apply(other, run()));
        }
        batches.pass(Duration.ofMinutes(1));
        assertThat(apply(other, run())).as("it ends").isEmpty();
    }

    private void publish(List<Event<?>> events) {
        topic.addAll(prices(events, Topics.PRICES_LATEST));
    }

    private String last() {
        Price last = topic.getLast();
        return last.getFigures().getPrice().getDigits() + " " + last.getAssetId();
    }

    private Received decision() {
        return decision("not-bitcoin");
    }

    private Received decision(String asset) {
        return batches.record(Topics.NORMALIZER_COMMANDS, decide("coinpaprika", "btc-bitcoin", asset));
    }

    private Received run() {
        return batches.record(
                Topics.INGEST_RUNS,
                IngestRun.newBuilder()
                        .setRunId(Observed.RUN)
                        .setIngestor("csv")
                        .setStatus(RunStatus.RUN_STATUS_RUNNING)
                        .setTrigger(RunTrigger.RUN_TRIGGER_FILE)
                        .build());
    }

    private static String onlyRejection() {
        return (String) database.query("select rejection_id::text as id from rejected_observation")
                .getFirst()
                .get("id");
    }
}
