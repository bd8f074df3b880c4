package io.pricewire.standalone;

import io.pricewire.ingestor.Refusal;
import io.pricewire.ingestor.csv.PricewireCsv;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A saved answer as a CSV file that is called like it, and is there until this is closed. Equal answers make equal files.
 *
 * @param path of the CSV file
 * @param refused the records that could not be read
 */
record TransformedAnswer(Path path, List<Refusal> refused) implements AutoCloseable {

    /** @throws UsageException where it is an answer of no known source */
    static TransformedAnswer of(PriceFile answer) throws IOException {
        Path folder = Files.createTempDirectory("pricewire-load-");
        TransformedAnswer transformed =
                new TransformedAnswer(folder.resolve(answer.path().getFileName()), new ArrayList<>());
        try (Writer out = Files.newBufferedWriter(transformed.path())) {
            PricewireCsv csv = new PricewireCsv(out);
            answer.read(
                    batch -> {
                        batch.observed().forEach(csv::write);
                        transformed.refused().addAll(batch.refused());
                    },
                    System.out::println);
            csv.flush();
        } catch (RuntimeException | IOException e) {
            transformed.close();
            throw e;
        }
        Files.setLastModifiedTime(transformed.path(), Files.getLastModifiedTime(answer.path()));
        return transformed;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
        Files.deleteIfExists(path.toAbsolutePath().getParent());
    }
}
