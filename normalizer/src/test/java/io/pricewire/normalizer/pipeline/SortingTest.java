package io.pricewire.normalizer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.EventAttributes;
import io.pricewire.eventstream.Received;
import io.pricewire.normalizer.Observed;
import io.pricewire.normalizer.validation.Rules;
import io.pricewire.normalizer.validation.ValidationSettings;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.Checkpoint;
import io.pricewire.proto.v1.IngestRun;
import io.pricewire.proto.v1.ObservationRejected;
import io.pricewire.proto.v1.RejectionReason;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class SortingTest {

    private static final Clock CLOCK = Clock.fixed(Observed.TIME, ZoneOffset.UTC);
    private static final EventAttributes ATTRIBUTES =
            new EventAttributes(Observed.RUN, "/test", Observed.TIME, "", null);

    private final Judge judge = new Judge(
            new Rules(new ValidationSettings(Duration.ofMinutes(1), BigDecimal.valueOf(1_000)), CLOCK), CLOCK);

    @Test
    void acceptsWhatKeepsEveryRule() {
        assertThat(sort(received(Observed.event("test", Observed.bitcoin()))).accepted())
                .hasSize(1);
    }

    @Test
    void rejectsWhatBreaksARuleUnderAnIdMadeOfItsPosition() {
        Received broken = received(Observed.event("test", Observed.at("0", Observed.TIME)));

        ObservationRejected first = sort(broken).rejected().getFirst();
        ObservationRejected again = sort(broken).rejected().getFirst();

        assertThat(again.getRejectionId()).isEqualTo(first.getRejectionId());
        assertThat(first.getPosition().getTopic()).isEqualTo("prices.raw.test");
        assertThat(first.getPosition().getOffset()).isEqualTo(42);
        assertThat(first.getObservation().getSourceAssetId()).isEqualTo("bitcoin");
        assertThat(first.getReasons(0).getCode()).isEqualTo("price_not_positive");
    }

    @Test
    void rejectsBytesThatAreNoEventWithTheBytes() {
        Received garbage =
                new Received("prices.raw.test", 3, 42, Observed.TIME, "key", ByteString.copyFromUtf8("garbage"), null);

        assertThat(sort(garbage).rejected()).singleElement().satisfies(rejected -> {
            assertThat(rejected.getReasons(0).getCode()).isEqualTo("not_an_event");
            assertThat(rejected.getBytes().toStringUtf8()).isEqualTo("garbage");
            assertThat(rejected.getPosition().getPartition()).isEqualTo(3);
        });
    }

    @Test
    void keepsTheWholeOfAnOriginalUpToTheBound() {
        assertThat(sort(garbage(RejectionBounds.LARGEST_ORIGINAL)).rejected())
                .singleElement()
                .satisfies(rejected -> {
                    assertThat(rejected.getBytes().size()).isEqualTo(RejectionBounds.LARGEST_ORIGINAL);
                    assertThat(rejected.getReasonsList())
                            .extracting(RejectionReason::getCode)
                            .containsExactly("not_an_event");
                });
    }

    @Test
    void cutsAnOriginalBeyondTheBoundAndSaysSo() {
        assertThat(sort(garbage(RejectionBounds.LARGEST_ORIGINAL + 1)).rejected())
                .singleElement()
                .satisfies(rejected -> {
                    assertThat(rejected.getBytes().size()).isEqualTo(RejectionBounds.LARGEST_ORIGINAL);
                    assertThat(rejected.getReasonsList())
                            .extracting(RejectionReason::getCode)
                            .containsExactly("not_an_event", "original_cut");
                    assertThat(rejected.getReasons(1).getDetail())
                            .isEqualTo("the original has 524289 bytes, of which the first 524288 are kept;"
                                    + " it cannot be replayed");
                });
    }

    private static Received garbage(int size) {
        return new Received("prices.raw.test", 3, 42, Observed.TIME, "key", ByteString.copyFrom(new byte[size]), null);
    }

    @Test
    void keepsWhatOthersRejectedWithoutRejectingItAgain() {
        ObservationRejected message =
                ObservationRejected.newBuilder().setRejectionId(Observed.RUN).build();

        Sorting sorting = sort(received(Topics.PRICES_REJECTED.name(), message));

        assertThat(sorting.quarantined()).containsExactly(message);
        assertThat(sorting.rejected()).isEmpty();
    }

    @Test
    void takesWhatIngestorsSayOfThemselves() {
        IngestRun run = IngestRun.newBuilder().setRunId(Observed.RUN).build();
        Checkpoint checkpoint = Checkpoint.newBuilder().setRun(run).build();

        Sorting sorting =
                sort(received(Topics.INGEST_RUNS.name(), run), received(Topics.INGEST_CHECKPOINTS.name(), checkpoint));

        assertThat(sorting.runs()).containsExactly(run);
        assertThat(sorting.checkpoints()).containsExactly(checkpoint);
    }

    @Test
    void rejectsARunWhoseTimesNoCalendarHas() {
        IngestRun run = IngestRun.newBuilder()
                .setRunId(Observed.RUN)
                .setStartedAt(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE))
                .build();

        assertThat(sort(received(Topics.INGEST_RUNS.name(), run)).rejected()).hasSize(1);
    }

    @Test
    void rejectsARunWithoutAnId() {
        assertThat(sort(received(Topics.INGEST_RUNS.name(), IngestRun.getDefaultInstance()))
                        .rejected())
                .hasSize(1);
    }

    private Sorting sort(Received... batch) {
        return Sorting.of(List.of(batch), judge);
    }

    private static Received received(Event<?> event) {
        return new Received(
                event.topic().name(),
                0,
                42,
                Observed.TIME,
                event.key(),
                event.value().toByteString(),
                event.attributes());
    }

    private static Received received(String topic, Message message) {
        return new Received(topic, 0, 42, Observed.TIME, "key", message.toByteString(), ATTRIBUTES);
    }
}
