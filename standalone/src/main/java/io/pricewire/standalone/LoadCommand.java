package io.pricewire.standalone;

import io.pricewire.ingestor.csv.CsvInbox;
import io.pricewire.ingestor.csv.FileLabel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Loads CSV files, saved answers and archives into a running instance, or into one that is started for the purpose. */
@Command(
        name = "load",
        description =
                "Loads CSV files, saved answers of CoinGecko or CoinPaprika (JSON) and archived history (NDJSON), and ends with"
                        + " how many rows were loaded, unchanged and quarantined.",
        mixinStandardHelpOptions = true)
final class LoadCommand implements Callable<Integer> {

    private static final int POLL_MILLISECONDS = 200;
    private static final int POLLS_BEFORE_WAITING_IS_SAID = 50;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The files to load.")
    private List<Path> files = List.of();

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "The name under which the prices are kept, instead of the one of the file's kind: csv-...")
    private @Nullable String source;

    @Option(
            names = "--observed-at",
            paramLabel = "TIME",
            description = "When the prices were observed, for files that do not say so: 2026-11-21T07:00:00Z.")
    private @Nullable Instant observedAt;

    @Option(names = "--quote", paramLabel = "CURRENCY", description = TransformCommand.QUOTE)
    private @Nullable String quote;

    @Option(names = "--asset", paramLabel = "ID", description = TransformCommand.ASSET)
    private @Nullable String asset;

    @Option(
            names = "--dry-run",
            description = "Only reads and judges the files, without servers, and says what would be loaded.")
    private boolean isDryRun;

    @Override
    public Integer call() throws Exception {
        files.forEach(LoadCommand::requireReadable);
        FileLabel label = label(null, source, observedAt);
        List<PriceFile> prices = files.stream()
                .map(file -> new PriceFile(file, file.toString(), label, quote, asset))
                .toList();
        if (isDryRun) {
            return allPass(prices);
        }
        StandaloneSettings settings = Configuration.read();
        if (settings.isElsewhere()) {
            return load(
                    PatientClient.of(settings.api(), settings.apiKey()), new CsvInbox(settings.csvDirectory()), prices);
        }
        InstanceFile running = runningInstance(settings);
        if (running != null) {
            return load(
                    PatientClient.of(running.url(), running.key(), settings.folder()),
                    new CsvInbox(Path.of(running.csvDirectory())),
                    prices);
        }
        try (Instance instance = Instance.start(settings, line -> {})) {
            return load(instance.client(), new CsvInbox(settings.csvDirectory()), prices);
        }
    }

    private static int allPass(List<PriceFile> files) throws IOException {
        boolean allPass = true;
        for (PriceFile file : files) {
            allPass &= DryRun.of(file);
        }
        return allPass ? 0 : 1;
    }

    static void requireReadable(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new UsageException("%s is not a file that can be read".formatted(file));
        }
    }

    static FileLabel label(@Nullable String name, @Nullable String source, @Nullable Instant observedAt) {
        try {
            return new FileLabel(name, null, source, observedAt);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--source: " + e.getMessage());
        }
    }

    private static @Nullable InstanceFile runningInstance(StandaloneSettings settings) {
        if (!InstanceLock.isHeld(settings.folder())) {
            return null;
        }
        InstanceFile running = InstanceFile.read(settings.folder());
        if (running == null) {
            throw new UsageException(
                    "the Pricewire in %s is just starting or stopping; try again".formatted(settings.folder()));
        }
        return running;
    }

    private static int load(PatientClient api, CsvInbox inbox, List<PriceFile> files)
            throws IOException, InterruptedException {
        // One that refuses to be asked is given no file that could not be followed.
        api.runs("csv");
        boolean allLoaded = true;
        for (PriceFile file : files) {
            allLoaded &= file.isTransformed()
                    ? loadAnswer(file, api, inbox)
                    : load(file.path(), file.path(), api, inbox, file.label());
        }
        return allLoaded ? 0 : 1;
    }

    /**
     * An answer or an archive is loaded as Pricewire's CSV; the normalizer judges it as it judges every file. An archive is
     * read whenever it is loaded: what it brought the last time may have expired since.
     */
    private static boolean loadAnswer(PriceFile answer, PatientClient api, CsvInbox inbox)
            throws IOException, InterruptedException {
        try (TransformedAnswer csv = TransformedAnswer.of(answer)) {
            FileLabel label = answer.isArchive() ? answer.label().forReading(UUID.randomUUID()) : answer.label();
            boolean isLoaded = load(answer.path(), csv.path(), api, inbox, label);
            csv.refused()
                    .forEach(refusal -> System.out.printf(
                            "%s: cannot read %s: %s%n",
                            answer.name(),
                            refusal.sourceAssetId().isEmpty() ? "a record" : refusal.sourceAssetId(),
                            RefusedRecords.reasons(refusal)));
            return isLoaded && csv.refused().isEmpty();
        } catch (UsageException unreadable) {
            System.out.println(unreadable.getMessage());
            return false;
        }
    }

    /** @param file as its owner knows it */
    private static boolean load(Path file, Path csv, PatientClient api, CsvInbox inbox, FileLabel label)
            throws IOException, InterruptedException {
        UUID id = inbox.put(csv, label);
        RunStatus before = api.run(id);
        if (before != null && before.isComplete()) {
            RunStatus.Outcome outcome = before.outcome();
            return report(file, before, 0, outcome.loaded() + outcome.unchanged());
        }
        RunStatus after = follow(id, file, api);
        boolean isLoaded =
                report(file, after, after.outcome().loaded(), after.outcome().unchanged());
        if (label.reading() != null && !after.isFailure()) {
            inbox.remove(id);
        }
        return isLoaded;
    }

    private static boolean report(Path file, RunStatus run, long loaded, long unchanged) {
        long quarantined = run.outcome().quarantined();
        if (run.isFailure()) {
            System.out.printf("%s: %s%n", file, run.error());
        }
        System.out.printf("%s: loaded %d, unchanged %d, quarantined %d%n", file, loaded, unchanged, quarantined);
        return !run.isFailure() && quarantined == 0;
    }

    /** Files are read one after another, so that the file waits for as long as those before it take. */
    private static RunStatus follow(UUID id, Path file, PatientClient api) throws InterruptedException {
        try (Progress progress = Progress.of(file.getFileName().toString())) {
            int polls = 0;
            while (true) {
                RunStatus run = api.run(id);
                if (run != null) {
                    progress.show(run);
                    if (run.isComplete()) {
                        return run;
                    }
                } else if (++polls == POLLS_BEFORE_WAITING_IS_SAID) {
                    progress.showWaiting();
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLISECONDS);
            }
        }
    }
}
