package io.pricewire.ingestor.csv;

import io.pricewire.ingestor.SourceException;
import java.nio.file.Path;
import java.time.Instant;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What of a file it takes to read one of its rows without it.
 *
 * @param header the file's header
 * @param sample the row that decided what no single row tells; empty where there was nothing to decide
 * @param label the file's name and times, and what its owner says of it
 */
record RowContext(String header, String sample, FileLabel label) {

    private static final JsonMapper JSON = JsonMapper.shared();

    static RowContext of(CsvFile file, String header, String sample) {
        FileLabel label = file.label();
        Instant modifiedAt = label.modifiedAt() == null ? file.modifiedAt() : label.modifiedAt();
        return new RowContext(
                header, sample, new FileLabel(file.name(), modifiedAt, label.source(), label.observedAt()));
    }

    /** @throws SourceException where the text is none */
    static RowContext parse(String text) {
        try {
            return JSON.readValue(text, RowContext.class);
        } catch (JacksonException e) {
            throw new SourceException(
                    SourceException.Kind.UNREADABLE,
                    "what was kept of the row's file cannot be read: " + e.getOriginalMessage(),
                    e);
        }
    }

    String toText() {
        return JSON.writeValueAsString(this);
    }

    /** The file as far as it is known; there is nothing to open any more. */
    CsvFile file() {
        return new CsvFile(Path.of(""), "", 0, Instant.EPOCH, label);
    }
}
