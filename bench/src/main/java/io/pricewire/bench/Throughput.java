package io.pricewire.bench;

import java.time.Duration;

/**
 * How fast rows were committed.
 *
 * @param warmUp from the first row on, while the JVM compiles most of what it is going to compile
 * @param measured the rows after these, up to the last
 */
record Throughput(Part warmUp, Part measured) {

    private static final long MILLION = 1_000_000;
    private static final double NANOS = 1e9;

    static void printHeader() {
        System.out.printf(
                "%-44s | %9s %9s %9s %9s %9s | %9s %9s %9s %9s%n",
                "", "rows/s", "seconds", "CPU sink", "Postgres", "broker", "warm-up", "CPU sink", "Postgres", "broker");
    }

    /** Rates are rows per second; processor time is in seconds for a million rows. */
    void print(String name) {
        System.out.printf(
                "%-44s | %9.0f %9.1f %9.1f %9.1f %9.1f | %9.0f %9.1f %9.1f %9.1f%n",
                name,
                measured.rowsPerSecond(),
                measured.took.toNanos() / NANOS,
                measured.perMillion(measured.usage.sink()),
                measured.perMillion(measured.usage.postgres()),
                measured.perMillion(measured.usage.broker()),
                warmUp.rowsPerSecond(),
                warmUp.perMillion(warmUp.usage.sink()),
                warmUp.perMillion(warmUp.usage.postgres()),
                warmUp.perMillion(warmUp.usage.broker()));
    }

    /**
     * Some of the rows.
     *
     * @param rows how many
     * @param took from one committed row to another
     * @param usage processor time meanwhile
     */
    record Part(long rows, Duration took, Usage usage) {

        Part and(Part other) {
            return new Part(rows + other.rows, took.plus(other.took), usage.plus(other.usage));
        }

        private double rowsPerSecond() {
            return rows * NANOS / took.toNanos();
        }

        private double perMillion(Duration used) {
            return used.toNanos() / NANOS * MILLION / rows;
        }
    }
}
