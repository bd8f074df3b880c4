package io.pricewire.query.health;

import io.pricewire.query.sources.SourceStates;
import io.pricewire.query.sources.SourceView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import reactor.core.publisher.Mono;

/**
 * Not ready while every polled source that has prices is stale, if that is wanted; one that is fresh is enough. A source of
 * which there has never been a price keeps nobody from what others brought. Where that cannot be known, because the database
 * is away, that is for others to say.
 */
public final class SourcesHealthIndicator extends AbstractReactiveHealthIndicator {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final Mono<List<SourceView>> polled;
    private final boolean isRequired;

    /**
     * @param polled how the sources are doing of which something fresh is to be expected
     * @param isRequired whether one must be fresh
     */
    public SourcesHealthIndicator(Mono<List<SourceView>> polled, boolean isRequired) {
        this.polled = polled;
        this.isRequired = isRequired;
    }

    @Override
    protected Mono<Health> doHealthCheck(Health.Builder health) {
        return isRequired
                ? polled.timeout(TIMEOUT)
                        .map(sources -> judge(sources, health))
                        .onErrorResume(unknown -> Mono.just(health.up().build()))
                : Mono.just(health.up().build());
    }

    private static Health judge(List<SourceView> sources, Health.Builder health) {
        List<SourceView> withPrices =
                sources.stream().filter(source -> source.prices() > 0).toList();
        if (withPrices.isEmpty() || !withPrices.stream().allMatch(SourceStates::isStale)) {
            return health.up().build();
        }
        Map<String, String> reasons = new TreeMap<>();
        sources.forEach(source -> reasons.put(source.source(), SourceTrouble.of(source)));
        return health.outOfService()
                .withDetail("reason", "every polled source is stale")
                .withDetail("sources", reasons)
                .build();
    }
}
