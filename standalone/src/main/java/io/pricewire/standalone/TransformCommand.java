package io.pricewire.standalone;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.csv.FileLabel;
import io.pricewire.ingestor.csv.PricewireCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes Pricewire's CSV of a file of prices, as the ingestors read it and the normalizer judges it. */
@Command(
        name = "transform",
        description = {
            "Makes Pricewire's CSV of a saved answer of CoinGecko or CoinPaprika (JSON), or of a CSV file of any known kind, by"
                    + " the same rules as everywhere else. Needs no servers.",
            "Ends with 1 where something was refused."
        },
        mixinStandardHelpOptions = true)
final class TransformCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "IN", description = "The file to read; - for standard input.")
    private String in = "";

    @Parameters(index = "1", paramLabel = "OUT", description = "The file to write; - for standard output.")
    private String out = "";

    @Option(
            names = "--rejected",
            paramLabel = "FILE",
            description = "Where what was refused is written, as CSV with the reasons.")
    private @Nullable String rejected;

    @Option(names = "--quote", paramLabel = "CURRENCY", description = QUOTE)
    private @Nullable String quote;

    @Option(names = "--asset", paramLabel = "ID", description = ASSET)
    private @Nullable String asset;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "The source to write for a CSV file, instead of the one of the file's kind: csv-...")
    private @Nullable String source;

    @Option(
            names = "--observed-at",
            paramLabel = "TIME",
            description = "When the prices were observed, for files that do not say so: 2026-11-21T07:00:00Z.")
    private @Nullable Instant observedAt;

    static final String QUOTE =
            "The currency of answers that do not say it: CoinGecko's, and CoinPaprika's about the past. Default: USD.";

    static final String ASSET =
            "CoinPaprika's id of the coin that its answers about the past do not name: btc-bitcoin.";

    private long transformed;
    private long refused;

    @Override
    public Integer call() throws IOException {
        boolean isStandard = in.equals(Output.STANDARD);
        Path path = isStandard ? copyOfStandardInput() : Path.of(in);
        try {
            LoadCommand.requireReadable(path);
            FileLabel label = LoadCommand.label(isStandard ? "standard input" : null, source, observedAt);
            PriceFile file = new PriceFile(path, isStandard ? "standard input" : in, label, quote, asset);
            try (Output output = Output.to(out)) {
                transform(file, output);
            }
        } finally {
            if (isStandard) {
                Files.deleteIfExists(path);
            }
        }
        System.err.printf("%s: transformed %d, refused %d%n", in, transformed, refused);
        return refused == 0 ? 0 : 1;
    }

    private void transform(PriceFile file, Output output) throws IOException {
        if (rejected == null) {
            transform(file, output, null);
            return;
        }
        try (Output others = Output.to(rejected)) {
            transform(file, output, new RefusedRecords(others.writer()));
            others.complete();
        }
    }

    private void transform(PriceFile file, Output output, @Nullable RefusedRecords others) throws IOException {
        Judgement judgement = Judgement.asConfigured();
        PricewireCsv csv = new PricewireCsv(output.writer());
        file.read(batch -> write(judgement.of(batch), csv, others), System.err::println);
        csv.flush();
        output.complete();
        if (others != null) {
            others.flush();
        }
    }

    private void write(Batch batch, PricewireCsv csv, @Nullable RefusedRecords others) {
        batch.observed().forEach(csv::write);
        if (others != null) {
            batch.refused().forEach(others::write);
        }
        transformed += batch.observed().size();
        refused += batch.refused().size();
    }

    /** A file is read more than once, to find out what it is. */
    private static Path copyOfStandardInput() throws IOException {
        Path copy = Files.createTempFile("pricewire-transform-", "");
        Files.copy(System.in, copy, StandardCopyOption.REPLACE_EXISTING);
        return copy;
    }
}
