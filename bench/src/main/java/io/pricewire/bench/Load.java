package io.pricewire.bench;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How much is written, and how. */
final class Load {

    @Option(
            names = "--events",
            defaultValue = "1000000",
            description = "How many are measured (default: ${DEFAULT-VALUE}).")
    private long events;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    private long warmUp;

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

    @Option(
            names = "--warm-up-events",
            defaultValue = "1000000",
            description = "How many come before them, 1 or more (default: ${DEFAULT-VALUE}).")
    void setWarmUp(long warmUp) {
        if (warmUp < 1) {
            throw new ParameterException(
                    requireNonNull(command).commandLine(),
                    "--warm-up-events is %d; it takes 1 or more".formatted(warmUp));
        }
        this.warmUp = warmUp;
    }

    /** How many events there are, those of the warm-up first. */
    long all() {
        return warmUp + events;
    }

    long warmUp() {
        return warmUp;
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
                "%d events after %d to warm up, of %d assets, %d partitions, batches of %d; JVM %s, %d processors, options %s%n",
                events,
                warmUp,
                assets,
                partitions,
                batch,
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                MeasuredProcess.jvm());
    }
}
