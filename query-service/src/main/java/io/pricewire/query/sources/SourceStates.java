package io.pricewire.query.sources;

import io.pricewire.query.prices.LatestPrices;
import io.pricewire.query.runs.LastRuns;
import io.pricewire.query.runs.RunView;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** How all sources are doing, and which of them somebody should look at. */
public final class SourceStates {

    private static final Duration ENABLED_FOR = Duration.ofDays(1);
    private static final Set<String> OF_A_POLL = Set.of("schedule", "command");

    /** The ingestor of files; a command has it look into its folder, which polls nothing. */
    private static final String OF_FILES = "csv";

    private final LastRuns runs;
    private final LatestPrices prices;
    private final Clock clock;

    public SourceStates(LastRuns runs, LatestPrices prices, Clock clock) {
        this.runs = runs;
        this.prices = prices;
        this.clock = clock;
    }

    /** All of them, by name. */
    public Mono<List<SourceView>> read() {
        return runs.read().map(ingestors -> new Sources(ingestors, prices.unsorted(), clock.instant()).all());
    }

    /** Those of which something fresh is to be expected. */
    public Mono<List<SourceView>> polled() {
        return read().map(all -> all.stream().filter(this::isPolled).toList());
    }

    /** Whether it is polled, and was within the last day: one that is switched off is asked for nothing. */
    public boolean isPolled(SourceView source) {
        RunView last = source.lastRun();
        return last != null
                && !source.ingestor().equals(OF_FILES)
                && OF_A_POLL.contains(last.trigger())
                && isRecent(last.finishedAt());
    }

    /** Whether none of its prices is fresh, also where there are none. */
    public static boolean isStale(SourceView source) {
        return source.stalePrices() == source.prices();
    }

    private boolean isRecent(@Nullable Instant finishedAt) {
        return finishedAt != null && finishedAt.isAfter(clock.instant().minus(ENABLED_FOR));
    }
}
