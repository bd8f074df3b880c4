package io.pricewire.normalizer.pipeline;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.pricewire.proto.v1.ObservationRejected;
import io.pricewire.proto.v1.RejectionReason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Counts observations. They add up: {@code observed = normalized + rejected + failed + in flight}. What failed comes
 * again, and is observed again then, as is what comes in from quarantine. What is normalized is stored, and counts though
 * its publication may fail; then it comes again, and counts again. A rejection counts once in {@code rejected}, and once
 * for each of its reasons. A batch counts once, by how it ended; one that failed comes again, which is all the retrying
 * there is.
 */
public final class Meters {

    private static final Duration[] DURATIONS = IntStream.of(10, 50, 100, 500, 1_000, 5_000, 20_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Counter observed;
    private final Counter normalized;
    private final Counter rejected;
    private final Counter failed;
    private final Timer succeededBatches;
    private final Timer failedBatches;
    private final DistributionSummary sizes;
    private final CanaryMeters canary;
    private final AtomicLong inFlight = new AtomicLong();

    public Meters(MeterRegistry registry) {
        this.registry = registry;
        this.canary = new CanaryMeters(registry);
        this.observed = counter("pricewire.normalizer.observed", "Observations taken up");
        this.normalized = counter("pricewire.normalizer.normalized", "Observations stored, and about to be published");
        this.rejected = counter("pricewire.normalizer.rejected", "Observations kept apart");
        this.failed = counter("pricewire.normalizer.failed", "Observations of batches that failed and come again");
        this.succeededBatches = batches("success");
        this.failedBatches = batches("failure");
        this.sizes = DistributionSummary.builder("pricewire.normalizer.batch.observations")
                .description("Observations of a batch, those from quarantine among them")
                .serviceLevelObjectives(1, 10, 100, 1_000, 5_000)
                .register(registry);
        Gauge.builder("pricewire.normalizer.in.flight", () -> inFlight)
                .description("Observations of batches that have not ended")
                .register(registry);
    }

    /** How fast the canary comes. */
    CanaryMeters canary() {
        return canary;
    }

    /** A batch with so many observations is taken up. */
    Batch begin(int observations) {
        observed.increment(observations);
        inFlight.addAndGet(observations);
        return new Batch(observations);
    }

    private Timer batches(String outcome) {
        return Timer.builder("pricewire.normalizer.batch")
                .description("From taking up a batch to having what is published of it")
                .tag("outcome", outcome)
                .serviceLevelObjectives(DURATIONS)
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    /** A batch that has been taken up. */
    final class Batch {

        private final AtomicInteger observations;
        private final long start = System.nanoTime();
        private final AtomicBoolean hasEnded = new AtomicBoolean();

        private Batch(int observations) {
            this.observations = new AtomicInteger(observations);
        }

        /** So many observations from quarantine are taken up with it. */
        void add(int replayed) {
            observations.addAndGet(replayed);
            observed.increment(replayed);
            inFlight.addAndGet(replayed);
        }

        void succeed(int accepted, List<ObservationRejected> rejections) {
            if (hasEnded.getAndSet(true)) {
                return;
            }
            normalized.increment(accepted);
            rejected.increment(rejections.size());
            rejections.forEach(this::countReasons);
            end(succeededBatches);
        }

        /** Does nothing after a success. */
        void fail() {
            if (hasEnded.getAndSet(true)) {
                return;
            }
            failed.increment(observations.get());
            end(failedBatches);
        }

        private void end(Timer batches) {
            inFlight.addAndGet(-observations.get());
            sizes.record(observations.get());
            batches.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        }

        private void countReasons(ObservationRejected rejection) {
            for (RejectionReason reason : rejection.getReasonsList()) {
                Counter.builder("pricewire.normalizer.rejected.reasons")
                        .description("Reasons for which observations are kept apart")
                        .tag("reason", reason.getCode())
                        .register(registry)
                        .increment();
            }
        }
    }
}
