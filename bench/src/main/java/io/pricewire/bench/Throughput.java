package io.pricewire.bench;

import java.time.Duration;

/**
 * How fast rows were committed.
 *
 * @param whole from the first to the last one
 * @param secondHalf of them, when the JVM has compiled most of what it is going to compile
 */
record Throughput(Part whole, Part secondHalf) {

    private static final long MILLION = 1_000_000;
    private static final double NANOS = 1e9;

    static void printHeader() {
        System.out.printf(
                "%-44s | %9s %9s %9s %9s %9s | %9s %9s %9s %9s%n",
                "",
                "rows/s",
                "seconds",
                "CPU sink",
                "Postgres",
                "broker",
                "2nd half",
                "CPU sink",
                "Postgres",
                "broker");
    }

    /** Rates are rows per second; processor time is in seconds for a million rows. */
    void print(String name) {
        System.out.printf(
                "%-44s | %9.0f %9.1f %9.1f %9.1f %9.1f | %9.0f %9.1f %9.1f %9.1f%n",
                name,
                whole.rowsPerSecond(),
                whole.took.toNanos() / NANOS,
                whole.perMillion(whole.usage.sink()),
                whole.perMillion(whole.usage.postgres()),
                whole.perMillion(whole.usage.broker()),
                secondHalf.rowsPerSecond(),
                secondHalf.perMillion(secondHalf.usage.sink()),
                secondHalf.perMillion(secondHalf.usage.postgres()),
                secondHalf.perMillion(secondHalf.usage.broker()));
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
