package io.pricewire.ingestor;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** A source of one file, whose prices count up from 0; it can be made to fail once at some price. */
final class CountingSource implements PriceSource {

    private static final int PER_BATCH = 10;

    private final String name;
    private final int count;
    private final Duration pace;
    private final AtomicInteger failAt;
    private final SourceException failure;

    CountingSource(String name, int count, Duration pace) {
        this(name, count, pace, -1, new SourceException(SourceException.Kind.UNAVAILABLE, "never thrown"));
    }

    CountingSource(String name, int count, Duration pace, int failAt, SourceException failure) {
        this.name = name;
        this.count = count;
        this.pace = pace;
        this.failAt = new AtomicInteger(failAt);
        this.failure = failure;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Duration interval() {
        return Duration.ofMillis(100);
    }

    @Override
    public Flux<Work> due(Checkpoints checkpoints) {
        return checkpoints.isFinished("file") ? Flux.empty() : Flux.just(new CountingWork());
    }

    @Override
    public Flux<Work> onDemand(Demand demand, Checkpoints checkpoints) {
        return due(checkpoints);
    }

    /** The id of the only run. */
    static UUID runId() {
        return UUID.fromString("22222222-2222-4222-8222-222222222222");
    }

    private final class CountingWork implements Work {

        @Override
        public UUID runId() {
            return CountingSource.runId();
        }

        @Override
        public Trigger trigger() {
            return Trigger.FILE;
        }

        @Override
        public String checkpointKey() {
            return "file";
        }

        @Override
        public String file() {
            return "numbers.csv";
        }

        @Override
        public boolean isResumedAfterFailure() {
            return true;
        }

        @Override
        public Flux<Batch> read(@Nullable String position) {
            int start = position == null ? 0 : Integer.parseInt(position);
            Flux<Batch> batches = Flux.range(0, (count - start) / PER_BATCH)
                    .map(index -> start + index * PER_BATCH)
                    .concatMap(this::failOrRead);
            return pace.isZero() ? batches : batches.delayElements(pace);
        }

        private Flux<Batch> failOrRead(int from) {
            return failAt.compareAndSet(from, -1) ? Flux.error(failure) : Flux.just(batch(from));
        }

        /** The first record of each batch cannot be read. */
        private Batch batch(int from) {
            List<ObservedPrice> observed = IntStream.range(from + 1, from + PER_BATCH)
                    .mapToObj(number -> price(number))
                    .toList();
            Refusal refusal = new Refusal(
                    name, "", "row " + from, from + 1, List.of(new Refusal.Reason("not_a_number", "it is none")));
            return new Batch(observed, List.of(refusal), String.valueOf(from + PER_BATCH), from + PER_BATCH, count);
        }
    }

    private ObservedPrice price(int number) {
        return new ObservedPrice(
                name,
                String.valueOf(number),
                "N" + number,
                "Number " + number,
                "USD",
                Interval.TICK,
                Instant.parse("2026-11-21T07:00:00Z"),
                false,
                Map.of(Figure.PRICE, BigDecimal.valueOf(number)),
                "row " + number,
                "text/csv");
    }
}
