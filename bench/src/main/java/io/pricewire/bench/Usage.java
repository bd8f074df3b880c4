package io.pricewire.bench;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * Processor time that was used.
 *
 * @param sink by what is measured
 * @param postgres by all processes of Postgres that still run
 * @param broker by the broker, with what watches the measurement in the same process
 */
record Usage(Duration sink, Duration postgres, Duration broker) {

    static Usage of(ProcessHandle sink, ProcessHandle postmaster) {
        return new Usage(of(sink), of(postmaster), of(Stream.of(ProcessHandle.current())));
    }

    private static Duration of(ProcessHandle process) {
        return of(Stream.concat(Stream.of(process), process.descendants()));
    }

    private static Duration of(Stream<ProcessHandle> processes) {
        return processes
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    static Usage none() {
        return new Usage(Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }

    Usage plus(Usage other) {
        return new Usage(sink.plus(other.sink), postgres.plus(other.postgres), broker.plus(other.broker));
    }

    Usage since(Usage earlier) {
        return new Usage(sink.minus(earlier.sink), postgres.minus(earlier.postgres), broker.minus(earlier.broker));
    }
}
