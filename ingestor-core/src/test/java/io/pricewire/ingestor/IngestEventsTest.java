package io.pricewire.ingestor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.eventstream.Event;
import io.pricewire.proto.v1.IngestRun;
import io.pricewire.proto.v1.PriceObserved;
import io.pricewire.proto.v1.RunTrigger;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IngestEventsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T07:00:01.123Z");
    private static final IngestRun RUN = IngestRun.newBuilder()
            .setRunId("22222222-2222-4222-8222-222222222222")
            .setTrigger(RunTrigger.RUN_TRIGGER_SCHEDULE)
            .build();

    private final IngestEvents events = new IngestEvents(
            new CountingSource("toy", 0, Duration.ZERO),
            new IngestorSettings(Duration.ofMinutes(15), Duration.ofSeconds(1), Duration.ofSeconds(60)));

    @Test
    void givesEqualValuesTheSameIdHoweverTheyAreWritten() {
        assertThat(id(price("1.50"))).isEqualTo(id(price("1.5")));
    }

    @Test
    void givesACorrectedValueAnotherId() {
        assertThat(id(price("1.50"))).isNotEqualTo(id(price("1.51")));
    }

    @Test
    void givesAnUnknownValueAnotherIdThanZero() {
        ObservedPrice unknown = observed(Interval.TICK, Map.of(Figure.PRICE, BigDecimal.ONE));
        ObservedPrice zero =
                observed(Interval.TICK, Map.of(Figure.PRICE, BigDecimal.ONE, Figure.VOLUME_24H, BigDecimal.ZERO));

        assertThat(id(unknown)).isNotEqualTo(id(zero));
    }

    @Test
    void keepsDigitsAsTheyWereWritten() {
        assertThat(value(price("1.50")).getFigures().getPrice().getDigits()).isEqualTo("1.50");
    }

    @Test
    void callsABarStaleThreeBarsAndAHeartbeatLater() {
        PriceObserved bar = value(observed(Interval.DAY, Map.of(Figure.PRICE, BigDecimal.ONE)));

        assertThat(bar.getStaleAfter().getSeconds())
                .isEqualTo(Duration.ofDays(3).plusMinutes(15).toSeconds());
    }

    @ParameterizedTest
    @CsvSource({"PT0S,PT0.3S", "PT0.1S,PT0.3S", "PT5M,PT15M0.3S"})
    void callsAPriceStaleThreePollsAndAHeartbeatLaterHoweverLongAPollTakes(Duration sweep, Duration polls) {
        Batch batch = new Batch(List.of(price("1")), List.of(), "1", 1, 1);

        PriceObserved value = (PriceObserved)
                events.of(batch, RUN, null, sweep, NOW, null).getFirst().value();

        assertThat(Duration.ofSeconds(
                        value.getStaleAfter().getSeconds(),
                        value.getStaleAfter().getNanos()))
                .isEqualTo(Duration.ofMinutes(15).plus(polls));
    }

    @Test
    void keepsWhenAPriceWasFetchedApartFromWhenItIsPublished() {
        Instant fetchedAt = NOW.minusSeconds(30);
        Batch batch = new Batch(List.of(price("1")), List.of(), "1", 1, 1).fetchedAt(fetchedAt);

        PriceObserved value = (PriceObserved)
                events.of(batch, RUN, null, Duration.ZERO, NOW, null).getFirst().value();

        assertThat(value.getIngestedAt()).isEqualTo(IngestEvents.timestamp(fetchedAt));
        assertThat(value(price("1")).getIngestedAt()).isEqualTo(IngestEvents.timestamp(NOW));
    }

    @Test
    void takesAFilesWordForWhenAPriceWasFetched() {
        Instant before = NOW.minus(Duration.ofDays(400));
        ObservedPrice price = new ObservedPrice(
                "toy", "bitcoin", "", "", "USD", Interval.TICK, before, false, before, Map.of(), "a,row", "text/csv");

        assertThat(value(price).getIngestedAt()).isEqualTo(IngestEvents.timestamp(before));
        assertThat(value(price).getReadAt()).isEqualTo(IngestEvents.timestamp(NOW));
        assertThat(value(price("1")).hasReadAt()).isFalse();
    }

    @Test
    void makesARunATrace() {
        assertThat(event(price("1")).attributes().traceparent())
                .isEqualTo("00-22222222222242228222222222222222-0000000000000001-00");
    }

    @Test
    void givesARecordedBatchTheSpanOfItsPublication() {
        String recorded = "00-22222222222242228222222222222222-00f067aa0ba902b7-01";

        Event<?> event = events.of(
                        new Batch(List.of(price("1")), List.of(), "1", 1, 1), RUN, null, Duration.ZERO, NOW, recorded)
                .getFirst();

        assertThat(event.attributes().traceparent()).isEqualTo(recorded);
    }

    private String id(ObservedPrice price) {
        return event(price).attributes().id();
    }

    private PriceObserved value(ObservedPrice price) {
        return (PriceObserved) event(price).value();
    }

    private Event<?> event(ObservedPrice price) {
        return events.of(new Batch(List.of(price), List.of(), "1", 1, 1), RUN, null, Duration.ZERO, NOW, null)
                .getFirst();
    }

    private static ObservedPrice price(String digits) {
        return observed(Interval.TICK, Map.of(Figure.PRICE, new BigDecimal(digits)));
    }

    private static ObservedPrice observed(Interval interval, Map<Figure, BigDecimal> figures) {
        return new ObservedPrice(
                "toy", "bitcoin", "BTC", "Bitcoin", "USD", interval, NOW, false, figures, "{}", "application/json");
    }
}
