package io.pricewire.normalizer.reference;

import io.micrometer.core.instrument.MeterRegistry;
import io.pricewire.eventstream.ChangeStep;
import io.pricewire.eventstream.Event;
import io.pricewire.normalizer.store.CandleSettings;
import io.pricewire.normalizer.store.Candles;
import io.pricewire.proto.Canary;
import io.pricewire.proto.v1.Origin;
import io.pricewire.proto.v1.Price;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * What normalized prices lead to: of each asset and quote currency that they are of, what is stored of all
 * its sources is read, the reference price is computed and stored, and published where it is news. In between, the same is
 * done with those that time has changed: a source has become stale, or a heartbeat is due.
 *
 * <p>All that is needed is in the database, and the first pipeline has written there before it publishes; so nothing is
 * lost by a restart or a rebalance, and one computation makes up for all that were missed. What is published is noted
 * when it is committed. After a crash in between the price is published once more, as another event of a later time,
 * but no news is lost.
 */
public final class ReferencePrices implements ChangeStep<Price, ReferenceKey> {

    private final ReferenceStore store;
    private final Computation computation;
    private final ReferenceCandles candles;
    private final ReferenceMeters meters;
    private final Clock clock;
    private final int most;
    private volatile List<Computed> news = List.of();

    public ReferencePrices(
            ReferenceSettings settings,
            CandleSettings candles,
            DatabaseClient client,
            MeterRegistry registry,
            Clock clock) {
        this.store = new ReferenceStore(client);
        this.candles = new ReferenceCandles(candles, new Candles(client));
        this.computation = new Computation(settings);
        this.meters = new ReferenceMeters(registry);
        this.clock = clock;
        this.most = settings.batchSize();
    }

    /** The key whose price is news. A replay of the past is no news, and the canary no price. */
    @Override
    public @Nullable ReferenceKey changedBy(Price price) {
        return price.getOrigin() == Origin.ORIGIN_REPLAY || Canary.isCanary(price.getSource())
                ? null
                : new ReferenceKey(price.getAssetId(), price.getQuote());
    }

    @Override
    public Mono<List<Event<?>>> apply(Map<ReferenceKey, Integer> changed) {
        return Mono.defer(() -> compute(changed));
    }

    @Override
    public Mono<List<Event<?>>> recur(Set<Integer> partitions) {
        return store.due(partitions, now(), most).flatMap(this::compute);
    }

    @Override
    public Mono<Void> committed() {
        List<Computed> published = news;
        return store.published(published).doOnSuccess(done -> meters.published(published));
    }

    private Mono<List<Event<?>>> compute(Map<ReferenceKey, Integer> keys) {
        news = List.of();
        if (keys.isEmpty()) {
            return Mono.just(List.of());
        }
        return store.read(keys.keySet())
                .map(this::compute)
                .delayUntil(computed -> store.write(computed, keys))
                .delayUntil(candles::merge)
                .map(this::announce);
    }

    private List<Computed> compute(List<Known> known) {
        Instant now = now();
        return known.stream()
                .flatMap(each -> computation.compute(each, now).stream())
                .toList();
    }

    private List<Event<?>> announce(List<Computed> computed) {
        meters.computed(computed);
        news = computed.stream().filter(Computed::isNews).toList();
        return news.stream().<Event<?>>map(ReferenceEvents::of).toList();
    }

    /** As fine as Postgres keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
