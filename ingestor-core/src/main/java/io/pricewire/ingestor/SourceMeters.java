package io.pricewire.ingestor;

import com.google.protobuf.Timestamp;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.pricewire.proto.v1.IngestRun;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * How the runs of one ingestor end, and what is to be expected of its source. Each run counts once, when its end is
 * published, under one outcome; one that was stopped goes on later, and counts then. A refused record counts once for each
 * of its reasons.
 *
 * <p>Only the instance that leads reads, and so only its figures move. Of a source that is polled, the last success is the
 * start of the instance until it has one of its own.
 */
final class SourceMeters {

    private static final String TAG = "ingestor";

    private final MeterRegistry registry;
    private final String ingestor;
    private final Map<Outcome, Timer> runs = new EnumMap<>(Outcome.class);
    private final Counter repeated;
    private final AtomicLong lastSuccess;

    SourceMeters(MeterRegistry registry, PriceSource source, Clock clock) {
        this.registry = registry;
        this.ingestor = source.name();
        this.lastSuccess = new AtomicLong(clock.instant().toEpochMilli());
        for (Outcome outcome : Outcome.values()) {
            runs.put(outcome, timer(outcome));
        }
        this.repeated = Counter.builder("pricewire.ingestor.calls.repeated")
                .description("Requests that were made again because they had failed, counted when their run ends")
                .tag(TAG, ingestor)
                .register(registry);
        if (source instanceof PolledSource) {
            time("last.success", "When a poll was last read to its end", () -> lastSuccess);
            long interval = source.interval().toMillis();
            time("interval", "How long after a poll the next begins", () -> interval);
        }
        budget("minute", source.budget().perMinute());
        budget("month", source.budget().perMonth());
    }

    /** A batch is published. */
    void add(Batch batch) {
        for (Refusal refusal : batch.refused()) {
            refusal.reasons()
                    .forEach(reason -> Counter.builder("pricewire.ingestor.refused.reasons")
                            .description("Reasons for which records could not be read")
                            .tag(TAG, ingestor)
                            .tag("reason", reason.code())
                            .register(registry)
                            .increment());
        }
    }

    /** The end of a run is published. */
    void ended(Work work, IngestRun run, Outcome outcome) {
        runs.computeIfAbsent(outcome, this::timer).record(duration(run));
        repeated.increment(Math.toIntExact(work.calls().repeated()));
        if (work instanceof Poll && outcome.isSuccess()) {
            lastSuccess.set(millis(run.getFinishedAt()));
        }
    }

    private Timer timer(Outcome outcome) {
        return Timer.builder("pricewire.ingestor.run")
                .description("Runs by how they ended, and how long they took")
                .tag(TAG, ingestor)
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private void time(String name, String description, Supplier<Number> millis) {
        TimeGauge.builder("pricewire.ingestor." + name, millis, TimeUnit.MILLISECONDS)
                .description(description)
                .tag(TAG, ingestor)
                .register(registry);
    }

    private void budget(String per, int calls) {
        if (calls > 0) {
            Gauge.builder("pricewire.ingestor.budget", () -> calls)
                    .description("How many requests the source allows in this time")
                    .tag(TAG, ingestor)
                    .tag("per", per)
                    .register(registry);
        }
    }

    private static Duration duration(IngestRun run) {
        long millis = millis(run.getFinishedAt()) - millis(run.getStartedAt());
        return Duration.ofMillis(Math.max(0, millis));
    }

    private static long millis(Timestamp time) {
        return TimeUnit.SECONDS.toMillis(time.getSeconds()) + TimeUnit.NANOSECONDS.toMillis(time.getNanos());
    }

    /** How a run ended. */
    enum Outcome {
        /** All was read. */
        SUCCESS,
        /** All was read, and some of it refused. */
        PARTIAL,
        /** The source was away. */
        UNAVAILABLE,
        /** The source was asked too often. */
        RATE_LIMITED,
        /** A key or a plan is not good enough, or nothing is left of the budget. */
        NOT_ALLOWED,
        /** What came could not be understood. */
        UNREADABLE;

        static Outcome of(SourceException failure) {
            return valueOf(failure.kind().name());
        }

        static Outcome of(IngestRun run) {
            return run.getRefused() == 0 ? SUCCESS : PARTIAL;
        }

        boolean isSuccess() {
            return this == SUCCESS || this == PARTIAL;
        }
    }
}
