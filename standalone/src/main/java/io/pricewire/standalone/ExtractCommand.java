package io.pricewire.standalone;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.Calls;
import io.pricewire.ingestor.ObservedPrice;
import io.pricewire.ingestor.PolledSource;
import io.pricewire.ingestor.Refusal;
import io.pricewire.ingestor.SourceException;
import io.pricewire.ingestor.coingecko.CoinGeckoReader;
import io.pricewire.ingestor.coinpaprika.CoinPaprikaReader;
import io.pricewire.ingestor.http.DailyListing;
import io.pricewire.service.ServiceLauncher;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks one source once, as its ingestor does, and saves what it answers. */
@Command(
        name = "extract",
        description = {
            "Asks one source once, and saves its answer as JSON: each record as the source wrote it. Needs no servers.",
            "Asked is for what the variables of the source say: COINGECKO_COINS, COINPAPRIKA_QUOTES."
        },
        mixinStandardHelpOptions = true)
final class ExtractCommand implements Callable<Integer> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    @Parameters(paramLabel = "SOURCE", description = "coingecko or coinpaprika.")
    private String source = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The file to write; - for standard output. Default: SOURCE-TIME.json.")
    private @Nullable String target;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Class<?> reader = reader();
        String file = target != null
                ? target
                : "%s-%s.json".formatted(source, TIME.format(Clock.systemUTC().instant()));
        try (Output output = Output.to(file)) {
            List<Batch> batches = ask(reader);
            Set<String> records = records(batches);
            output.writer().write(records.isEmpty() ? "[]\n" : "[\n%s\n]\n".formatted(String.join(",\n", records)));
            output.complete();
            System.err.printf("%s: %d records in %s, written to %s%n", source, records.size(), quotes(batches), file);
        }
        return 0;
    }

    private Class<?> reader() {
        return switch (source) {
            case "coingecko" -> CoinGeckoReader.class;
            case "coinpaprika" -> CoinPaprikaReader.class;
            default ->
                throw new UsageException(
                        "\"%s\" cannot be extracted; it takes coingecko or coinpaprika".formatted(source));
        };
    }

    private static List<Batch> ask(Class<?> reader) throws InterruptedException {
        try (ConfigurableApplicationContext context = ServiceLauncher.application(reader)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .logStartupInfo(false)
                .run()) {
            requireOneCurrency(context);
            return context.getBean(PolledSource.class)
                    .poll(null, DailyListing.NEVER, new Calls())
                    .collectList()
                    .toFuture()
                    .get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SourceException failure) {
                throw new UsageException(String.valueOf(failure.getMessage()));
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static void requireOneCurrency(ConfigurableApplicationContext context) {
        String quotes = context.getEnvironment().getProperty("pricewire.coingecko.quotes", "");
        if (quotes.contains(",")) {
            throw new UsageException(
                    "COINGECKO_QUOTES is \"%s\"; extract takes one, because CoinGecko's answers do not say their currency"
                            .formatted(quotes));
        }
    }

    /** Each once: in several currencies a record comes several times. */
    private static Set<String> records(List<Batch> batches) {
        Set<String> records = new LinkedHashSet<>();
        for (Batch batch : batches) {
            batch.observed().stream().map(ObservedPrice::payload).forEach(records::add);
            batch.refused().stream().map(Refusal::text).forEach(records::add);
        }
        return records;
    }

    private static String quotes(List<Batch> batches) {
        return batches.stream()
                .flatMap(batch -> batch.observed().stream())
                .map(ObservedPrice::quote)
                .distinct()
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(", "), quotes -> quotes.isEmpty() ? "no currency" : quotes));
    }
}
