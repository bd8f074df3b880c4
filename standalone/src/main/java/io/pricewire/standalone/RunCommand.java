package io.pricewire.standalone;

import io.pricewire.ingestor.csv.CsvInbox;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;

/** Runs everything on this machine until it is stopped. */
@Command(
        name = "run",
        description = "Runs everything on this machine; what is kept is in .pricewire/.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    @Override
    public Integer call() throws Exception {
        StandaloneSettings settings = Configuration.read();
        CountDownLatch stopped = new CountDownLatch(1);
        try (Instance instance = Instance.start(settings)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(instance, stopped), "stop"));
            boolean withSamples = Samples.loadAtFirstStart(settings.folder(), new CsvInbox(settings.csvDirectory()));
            System.out.println(describe(instance, withSamples));
            stopped.await();
        }
        return 0;
    }

    private static void stop(Instance instance, CountDownLatch stopped) {
        System.out.println("Stopping.");
        instance.close();
        System.out.println("Stopped.");
        stopped.countDown();
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
                        Pricewire.VERSION,
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
