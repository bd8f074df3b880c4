package io.pricewire.ingestor.csv;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.ObservedPrice;
import io.pricewire.ingestor.Refusal;
import io.pricewire.ingestor.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One file that is open and being read, from its beginning or from where it was left. */
final class CsvReading {

    /** What becomes of the two bytes with which UTF-16 begins, in either order. */
    private static final String REPLACEMENTS = "\uFFFD\uFFFD";

    private final CsvFile file;
    private final InputStream in;
    private final RecordSplitter records;
    private final RowFormat format;

    private CsvReading(CsvFile file, InputStream in, RecordSplitter records, RowFormat format) {
        this.file = file;
        this.in = in;
        this.records = records;
        this.format = format;
    }

    /**
     * Opens the file and finds out what it is.
     *
     * @throws SourceException where it is of no known dialect
     */
    static CsvReading open(CsvFile file, @Nullable String position) throws IOException {
        RecordText header;
        try (InputStream in = Files.newInputStream(file.path())) {
            header = header(new RecordSplitter(in, 0, 1));
        }
        RowFormat format = RowFormat.of(file, header, hasSeenEnough -> read(file, hasSeenEnough));
        String start = position != null ? position : position(header);
        int separator = start.indexOf(':');
        long offset = Long.parseLong(start.substring(0, separator));
        InputStream in = Files.newInputStream(file.path());
        in.skipNBytes(offset);
        RecordSplitter records = new RecordSplitter(in, offset, Long.parseLong(start.substring(separator + 1)));
        return new CsvReading(file, in, records, format);
    }

    /** The first line that is not blank. */
    private static RecordText header(RecordSplitter records) throws IOException {
        RecordText header = records.next();
        while (header != null && header.isBlank()) {
            header = records.next();
        }
        if (header == null) {
            throw unreadable("the file is empty");
        }
        if (header.text().startsWith(REPLACEMENTS) && !header.isUtf8()) {
            throw unreadable("the file is encoded in UTF-16; save it as UTF-8");
        }
        return header;
    }

    /** The next rows, so many at most; null after the last. */
    @Nullable Batch next(int limit) throws IOException {
        List<ObservedPrice> observed = new ArrayList<>();
        List<Refusal> refused = new ArrayList<>();
        RecordText last = null;
        while (observed.size() + refused.size() < limit) {
            RecordText record = records.next();
            if (record == null) {
                break;
            }
            last = record;
            if (!record.isBlank()) {
                Row row = format.read(record);
                if (row.isRefused()) {
                    refused.add(row.refusal());
                } else {
                    observed.add(row.price());
                }
            }
        }
        return last == null ? null : new Batch(observed, refused, position(last), last.nextOffset(), file.size());
    }

    void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SourceException unreadable(String reason) {
        return new SourceException(SourceException.Kind.UNREADABLE, reason);
    }

    private static boolean read(CsvFile file, Predicate<RecordText> hasSeenEnough) throws IOException {
        try (InputStream in = Files.newInputStream(file.path())) {
            RecordSplitter records = new RecordSplitter(in, 0, 1);
            header(records);
            RecordText record = records.next();
            while (record != null && !hasSeenEnough.test(record)) {
                record = records.next();
            }
            return record != null;
        }
    }

    private static String position(RecordText record) {
        return record.nextOffset() + ":" + record.nextLine();
    }
}
