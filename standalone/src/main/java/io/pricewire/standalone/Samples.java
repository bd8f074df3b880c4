package io.pricewire.standalone;

import io.pricewire.ingestor.csv.CsvInbox;
import io.pricewire.ingestor.csv.FileLabel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The sample prices that make the first minute worth looking at. */
final class Samples {

    private static final String FILE = "daily-bars.csv";

    private Samples() {}

    /** Puts the samples where files are read from, unless that was done before; returns whether it did. */
    static boolean loadAtFirstStart(Path folder, CsvInbox inbox) throws IOException {
        Path marker = folder.resolve("samples-loaded");
        if (Files.exists(marker)) {
            return false;
        }
        Path file = Files.createTempDirectory("pricewire-samples-").resolve(FILE);
        try (InputStream in = Objects.requireNonNull(Samples.class.getResourceAsStream("/samples/" + FILE))) {
            Files.copy(in, file);
        }
        inbox.put(file, FileLabel.NONE);
        Files.delete(file);
        Files.delete(file.getParent());
        Files.createFile(marker);
        return true;
    }
}
