package io.pricewire.bench;

import java.util.List;
import picocli.CommandLine.Option;

/** How much is written, and how. */
final class Load {

    @Option(names = "--events", defaultValue = "1000000", description = "How many (default: ${DEFAULT-VALUE}).")
    private long events;

    @Option(
            names = "--assets",
            defaultValue = "5000",
            description = "Of how many assets, each of the five sources' counted apart (default: ${DEFAULT-VALUE}).")
    private int assets;

    @Option(names = "--partitions", defaultValue = "6", description = "Of the topic (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(names = "--batch", defaultValue = "5000", description = "Rows in a batch (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--java-options",
            split = " ",
            defaultValue = "",
            description = "More options for the measured JVM, to profile it.")
    private List<String> javaOptions = List.of();

    long events() {
        return events;
    }

    int assets() {
        return assets;
    }

    int partitions() {
        return partitions;
    }

    int batch() {
        return batch;
    }

    List<String> javaOptions() {
        return javaOptions.stream().filter(option -> !option.isEmpty()).toList();
    }

    void print() {
        System.out.printf(
                "%d events of %d assets, %d partitions, batches of %d; JVM %s, %d processors, options %s%n",
                events,
                assets,
                partitions,
                batch,
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                MeasuredProcess.jvm());
    }
}
