package io.pricewire.ingestor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.pricewire.eventstream.EventAttributes;
import io.pricewire.eventstream.Received;
import io.pricewire.proto.v1.PriceObserved;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LastPublishedTest {

    private static final Instant NOW = Instant.parse("2026-11-21T07:00:00Z");
    private static final Duration HEARTBEAT = Duration.ofMinutes(15);

    private final LastPublished published = new LastPublished(HEARTBEAT);

    @Test
    void leavesOutWhatIsAsItWasSaidLast() {
        assertThat(isPublished("1", NOW)).isTrue();
        assertThat(isPublished("1", NOW.plusSeconds(1))).isFalse();
        assertThat(isPublished("2", NOW.plusSeconds(2))).isTrue();
    }

    @Test
    void keepsTheNewestWhenAnOlderOneIsPublishedAfterIt() {
        assertThat(isPublished("2", NOW)).isTrue();
        assertThat(isPublished("1", NOW.minusSeconds(60))).isTrue();

        assertThat(isPublished("2", NOW.plusSeconds(1))).isFalse();
        assertThat(isPublished("1", NOW.plusSeconds(2))).isTrue();
    }

    @Test
    void takesAnOlderOneWhenTheHeartbeatIsOver() {
        assertThat(isPublished("2", NOW)).isTrue();
        Instant later = NOW.plus(HEARTBEAT);

        assertThat(isPublished("1", NOW.minusSeconds(60), later)).isTrue();
        assertThat(isPublished("1", NOW.minusSeconds(60), later)).isFalse();
    }

    @Test
    void keepsTheNewestOfWhatOthersPublished() {
        published.add(received("2", NOW, ""));
        published.add(received("1", NOW.minusSeconds(60), ""));

        assertThat(isPublished("2", NOW.plusSeconds(1))).isFalse();
    }

    @Test
    void takesNoneThatWasReadAgain() {
        published.add(received("1", NOW, "a-rejection"));

        assertThat(isPublished("1", NOW.plusSeconds(1))).isTrue();
    }

    private boolean isPublished(String digits, Instant observedAt) {
        return isPublished(digits, observedAt, NOW);
    }

    private boolean isPublished(String digits, Instant observedAt, Instant now) {
        Batch batch = new Batch(List.of(price(digits, observedAt)), List.of(), "end", 1, 1);
        return !published.withoutUnchanged(batch, now).observed().isEmpty();
    }

    private static Received received(String digits, Instant observedAt, String rejectionId) {
        ObservedPrice price = price(digits, observedAt);
        PriceObserved value = PriceObserved.newBuilder()
                .setSource(price.source())
                .setSourceAssetId(price.sourceAssetId())
                .setSymbol(price.symbol())
                .setName(price.name())
                .setQuote(price.quote())
                .setObservedAt(IngestEvents.timestamp(observedAt))
                .setFigures(FigureFields.toMessage(price.figures()))
                .setReplayedRejectionId(rejectionId)
                .build();
        ByteString bytes = value.toByteString();
        return new Received(
                "prices.raw.toy",
                0,
                0,
                NOW,
                "bitcoin",
                bytes,
                new EventAttributes("id", "/test", observedAt, "bitcoin", null));
    }

    private static ObservedPrice price(String digits, Instant observedAt) {
        return new ObservedPrice(
                "toy",
                "bitcoin",
                "BTC",
                "Bitcoin",
                "USD",
                Interval.TICK,
                observedAt,
                false,
                Map.of(Figure.PRICE, new BigDecimal(digits)),
                "{}",
                "application/json");
    }
}
