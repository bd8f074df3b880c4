package io.pricewire.standalone;

import io.pricewire.ingestor.csv.CsvInbox;
import io.pricewire.service.Version;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs everything on this machine until it is stopped. */
@Command(
        name = "run",
        description = "Runs everything on this machine; what is kept is in .pricewire/.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    static final String ONCE = "--once";

    @Option(names = ONCE, description = "Polls each source once, says what came of it, and ends.")
    private boolean once;

    @Override
    public Integer call() throws Exception {
        StandaloneSettings settings = Configuration.read();
        Instant start = Clock.systemUTC().instant();
        try (Instance instance = Instance.start(settings, RunCommand::say)) {
            CsvInbox inbox = new CsvInbox(settings.csvDirectory());
            // Servers of others have prices of their own.
            boolean withSamples = settings.isSelfContained() && Samples.loadAtFirstStart(settings.folder(), inbox);
            if (once) {
                return awaitFirstRound(instance, inbox, start) ? 0 : 1;
            }
            System.out.println(describe(instance, withSamples));
            instance.awaitClose();
        }
        return 0;
    }

    private static void say(String line) {
        System.out.println(line);
    }

    /** Returns whether nothing failed. */
    private static boolean awaitFirstRound(Instance instance, CsvInbox inbox, Instant start)
            throws IOException, InterruptedException {
        PatientClient api = instance.client();
        FirstRound round = new FirstRound(api, start);
        boolean isGood = round.awaitFiles(inbox);
        if (instance.settings().coingecko()) {
            isGood &= round.awaitPoll("coingecko");
        }
        if (instance.settings().coinpaprika()) {
            isGood &= round.awaitPoll("coinpaprika");
        }
        if (instance.settings().gemini()) {
            isGood &= round.awaitPoll("gemini");
        }
        return isGood;
    }

    private static String describe(Instance instance, boolean withSamples) {
        StandaloneSettings settings = instance.settings();
        return """

                Pricewire %s is running. Stop it with Ctrl-C.

                  Prices       %2$s/api/v1/prices
                  Live stream  %2$s/api/v1/stream/prices
                  API          %2$s/docs
                  Kafka        %3$s
                  Postgres     %4$s
                  CSV files    %5$s (or: ./pricewire load FILE)
                  Kept in      %6$s
                %7$s""".formatted(
                        Version.current(),
                        instance.url(),
                        instance.kafka(),
                        withoutPassword(instance.database()),
                        settings.csvDirectory(),
                        settings.folder(),
                        withSamples ? "\nThis is its first start here: a sample of daily bars is being loaded.\n" : "");
    }

    private static String withoutPassword(String url) {
        return url.replaceFirst("//([^:@/]*):[^@/]*@", "//$1@");
    }
}
