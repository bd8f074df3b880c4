package io.pricewire.ingestor.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.Calls;
import io.pricewire.ingestor.Figure;
import io.pricewire.ingestor.ObservedPrice;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CanarySourceTest {

    private static final Instant NOW = Instant.parse("2026-11-21T07:00:00.250Z");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CanarySource source = new CanarySource(Duration.ofMinutes(1), Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void sendsOnePriceThatSaysWhenItWasSent() {
        ObservedPrice price = poll(null).getFirst().observed().getFirst();

        assertThat(price.source()).isEqualTo("canary");
        assertThat(price.quote()).isEqualTo("XTS");
        assertThat(price.observedAt()).isEqualTo(NOW);
        assertThat(price.figures()).containsOnly(Map.entry(Figure.PRICE, new BigDecimal(NOW.toEpochMilli())));
    }

    @Test
    void sendsNothingMoreInAPollThatIsGoneOnWith() {
        String position = poll(null).getFirst().position();

        assertThat(poll(position)).isEmpty();
    }

    @Test
    void asksNobody() {
        Calls calls = new Calls();

        source.poll(null, "", calls).blockLast(PATIENCE);

        assertThat(calls.made()).isZero();
    }

    @Test
    void refusesToBeSentWithoutAPause() {
        assertThatThrownBy(() -> new CanarySettings(Duration.ZERO))
                .hasMessage("pricewire.canary.interval is PT0S; it takes a millisecond or more");
    }

    private List<Batch> poll(@Nullable String position) {
        return source.poll(position, "", new Calls()).collectList().block(PATIENCE);
    }
}
