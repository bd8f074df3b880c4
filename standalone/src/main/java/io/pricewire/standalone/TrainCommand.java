package io.pricewire.standalone;

import io.pricewire.embedded.ReservedPort;
import io.pricewire.ingestor.csv.CsvInbox;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.Command;

/**
 * Starts everything in a folder of its own, loads the sample and stops again, so that the JVM can write down what such a
 * start needs (<a href="https://openjdk.org/jeps/514">JEP 514</a>): with that, others take half as long. For the build.
 */
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("pricewire-train-");
        try {
            return start(folder) ? 0 : 1;
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private static boolean start(Path folder) throws IOException, InterruptedException {
        Instant start = Clock.systemUTC().instant();
        // As at every start, and it sets up logging; what it reads is for others.
        Configuration.read();
        try (ReservedPort http = ReservedPort.any();
                ReservedPort kafka = ReservedPort.any();
                ReservedPort postgres = ReservedPort.any();
                Instance instance = Instance.start(settings(folder, http, kafka, postgres), line -> {})) {
            StandaloneSettings settings = instance.settings();
            CsvInbox inbox = new CsvInbox(settings.csvDirectory());
            Samples.loadAtFirstStart(settings.folder(), inbox);
            return new FirstRound(instance.client(), start).awaitFiles(inbox);
        }
    }

    private static StandaloneSettings settings(
            Path folder, ReservedPort http, ReservedPort kafka, ReservedPort postgres) {
        return new StandaloneSettings(
                folder.resolve("kept"),
                InetAddress.getLoopbackAddress(),
                http.number(),
                kafka.number(),
                postgres.number(),
                "",
                "",
                folder.resolve("csv"),
                false,
                false,
                false,
                false,
                "",
                "");
    }
}
