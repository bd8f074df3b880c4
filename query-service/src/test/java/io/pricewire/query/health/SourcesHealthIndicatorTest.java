package io.pricewire.query.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.query.sources.SourceView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import reactor.core.publisher.Mono;

class SourcesHealthIndicatorTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Instant NEXT = Instant.parse("2026-11-21T07:05:00Z");
    private static final SourceView FRESH = source("gemini", null, 3, 2);
    private static final SourceView STALE = source("coinpaprika", null, 3, 3);
    private static final SourceView NEVER_READ = source("coingecko", "it answered 500", 0, 0);

    @Test
    void isUpWhileOneSourceIsFresh() {
        assertThat(health(true, FRESH, STALE, NEVER_READ).getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void saysOfEachWhyAndWhenItIsTriedAgainWhereAllAreStale() {
        Health health = health(true, STALE, NEVER_READ);

        assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(health.getDetails())
                .containsEntry("reason", "every polled source is stale")
                .containsEntry(
                        "sources",
                        Map.of(
                                "coinpaprika",
                                "none of its prices is fresh; next attempt at 2026-11-21T07:05:00Z",
                                "coingecko",
                                "it answered 500; next attempt at 2026-11-21T07:05:00Z"));
    }

    @Test
    void isUpWhereNothingIsPolled() {
        assertThat(health(true).getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void isUpWhereNothingPolledWasEverRead() {
        assertThat(health(true, NEVER_READ).getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void isUpWhereNobodyWantsThem() {
        assertThat(health(false, STALE).getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void leavesItToOthersToSayThatTheDatabaseIsAway() {
        SourcesHealthIndicator indicator =
                new SourcesHealthIndicator(Mono.error(new IllegalStateException("away")), true);

        assertThat(indicator.health(true).block(PATIENCE).getStatus()).isEqualTo(Status.UP);
    }

    private static Health health(boolean isRequired, SourceView... polled) {
        return new SourcesHealthIndicator(Mono.just(List.of(polled)), isRequired)
                .health(true)
                .block(PATIENCE);
    }

    private static SourceView source(String name, @Nullable String error, long prices, long stale) {
        return new SourceView(name, name, "success", error, prices, stale, null, null, null, null, null, NEXT);
    }
}
