package io.pricewire.bench;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** From nothing to all prices of both aggregators at the API. */
@Command(
        name = "cold-start",
        description = "From nothing to all prices of both aggregators at the API, hop by hop.",
        mixinStandardHelpOptions = true)
final class ColdStart implements Callable<Integer> {

    @ParentCommand
    private @Nullable Bench bench;

    @Option(names = "--recordings", required = true, description = "The folder of the recorded answers.")
    private Path recordings = Path.of("");

    @Option(names = "--markets", defaultValue = "markets.json", description = "A page of CoinGecko's /coins/markets.")
    private String markets = "";

    @Option(names = "--tickers", defaultValue = "tickers.json", description = "An answer of CoinPaprika's /tickers.")
    private String tickers = "";

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("pricewire-bench");
        try (Upstream upstream = Upstream.of(recordings.resolve(markets), recordings.resolve(tickers));
                Instance instance = Instance.start(requireNonNull(bench).project(), folder, upstream)) {
            instance.awaitPrices(upstream.prices());
            print(List.of(
                    new Hop("the API answers", instance.answeredAfter()),
                    new Hop("both aggregators have been asked", instance.after(upstream.lastAsked())),
                    new Hop(
                            "the last observation is in the raw topics",
                            instance.after(instance.lastIn("prices.raw.*"))),
                    new Hop(
                            "the last price is stored, and in prices.normalized",
                            instance.after(instance.lastIn("prices.normalized"))),
                    new Hop("all %d prices are at the API".formatted(upstream.prices()), instance.completeAfter())));
        } finally {
            deleteAll(folder);
        }
        return 0;
    }

    private static void print(List<Hop> hops) {
        System.out.printf("%-52s %12s %12s%n", "hop", "since start", "of its own");
        Duration before = Duration.ZERO;
        for (Hop hop : hops.stream().sorted(Comparator.comparing(Hop::after)).toList()) {
            System.out.printf(
                    "%-52s %10d ms %10d ms%n",
                    hop.name, hop.after.toMillis(), hop.after.minus(before).toMillis());
            before = hop.after;
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private record Hop(String name, Duration after) {}
}
