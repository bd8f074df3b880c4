package io.pricewire.ingestor.csv;

import io.pricewire.ingestor.Batch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;

/** A file that stands anywhere, and is read without anything being remembered of it. */
public final class LooseFile {

    private static final int BATCH_SIZE = 5_000;

    private final CsvFile file;

    /** @param label what is known of the file */
    public LooseFile(Path path, FileLabel label) throws IOException {
        this.file = new CsvFile(
                path, "", Files.size(path), Files.getLastModifiedTime(path).toInstant(), label);
    }

    /** When all of it was true, where it does not say so itself: as it is labelled or called, else when it was modified. */
    public Instant observedAt() {
        return file.observedAt();
    }

    /**
     * Reads all of it as a CSV file, batch by batch.
     *
     * @throws io.pricewire.ingestor.SourceException where it is of no known dialect
     */
    public void read(Consumer<Batch> batches) throws IOException {
        CsvReading reading = CsvReading.open(file, null);
        try {
            for (Batch batch = reading.next(BATCH_SIZE); batch != null; batch = reading.next(BATCH_SIZE)) {
                batches.accept(batch);
            }
        } finally {
            reading.close();
        }
    }
}
