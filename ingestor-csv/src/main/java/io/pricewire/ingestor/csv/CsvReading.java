package io.pricewire.ingestor.csv;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
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

    private static final List<Dialect> DIALECTS = List.of(new PricewireRows(), new DailyBars(), new FlatSnapshot());

    /** What becomes of the two bytes with which UTF-16 begins, in either order. */
    private static final String REPLACEMENTS = "\uFFFD\uFFFD";

    private final CsvFile file;
    private final InputStream in;
    private final RecordSplitter records;
    private final Columns columns;
    private final Dialect.RowReader rows;
    private final String source;

    private CsvReading(CsvFile file, InputStream in, RecordSplitter records, Columns columns, Dialect.RowReader rows) {
        this.file = file;
        this.in = in;
        this.records = records;
        this.columns = columns;
        this.rows = rows;
        this.source = file.label().source() != null ? file.label().source() : rows.source();
    }

    /**
     * Opens the file and finds out what it is.
     *
     * @throws SourceException where it is of no known dialect
     */
    static CsvReading open(CsvFile file, @Nullable String position) throws IOException {
        Columns columns;
        Dialect.RowReader rows;
        RecordText header;
        try (InputStream in = Files.newInputStream(file.path())) {
            header = header(new RecordSplitter(in, 0, 1));
            columns = columns(header);
            rows = recognise(file, columns, header);
        }
        String start = position != null ? position : position(header);
        int separator = start.indexOf(':');
        long offset = Long.parseLong(start.substring(0, separator));
        InputStream in = Files.newInputStream(file.path());
        in.skipNBytes(offset);
        RecordSplitter records = new RecordSplitter(in, offset, Long.parseLong(start.substring(separator + 1)));
        return new CsvReading(file, in, records, columns, rows);
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

    private static Columns columns(RecordText header) {
        try {
            return new Columns(cells(header.text()));
        } catch (CsvParseException e) {
            throw unreadable("the file's header cannot be read: " + header.shown());
        }
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
                Row row = read(record);
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

    private Row read(RecordText record) {
        Row row = new Row(source, record);
        if (!record.isUtf8()) {
            row.refuse("not_utf8", "the row is not encoded in UTF-8");
            return row;
        }
        try {
            List<String> cells = cells(record.text());
            if (cells.size() == columns.count()) {
                rows.read(cells, row);
            } else {
                row.refuse(
                        "wrong_number_of_cells",
                        "the row has %d cells and the header %d".formatted(cells.size(), columns.count()));
            }
        } catch (CsvParseException e) {
            row.refuse("malformed", String.valueOf(e.getMessage()));
        }
        return row;
    }

    private static Dialect.RowReader recognise(CsvFile file, Columns columns, RecordText header) throws IOException {
        for (Dialect dialect : DIALECTS) {
            Dialect.RowReader rows =
                    dialect.recognise(columns, file, hasSeenEnough -> sample(file, columns.count(), hasSeenEnough));
            if (rows != null) {
                return rows;
            }
        }
        throw unreadable("the file's header is that of no known dialect: " + header.shown());
    }

    private static SourceException unreadable(String reason) {
        return new SourceException(SourceException.Kind.UNREADABLE, reason);
    }

    private static void sample(CsvFile file, int cellCount, Predicate<List<String>> hasSeenEnough) throws IOException {
        try (InputStream in = Files.newInputStream(file.path())) {
            RecordSplitter records = new RecordSplitter(in, 0, 1);
            header(records);
            for (RecordText record = records.next(); record != null; record = records.next()) {
                List<String> cells = cellsOrNone(record);
                if (cells.size() == cellCount && hasSeenEnough.test(cells)) {
                    return;
                }
            }
        }
    }

    private static List<String> cellsOrNone(RecordText record) {
        try {
            return record.isUtf8() && !record.isBlank() ? cells(record.text()) : List.of();
        } catch (CsvParseException malformed) {
            return List.of();
        }
    }

    private static List<String> cells(String record) {
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(record)) {
            CloseableIterator<CsvRecord> parsed = reader.iterator();
            List<String> cells = parsed.next().getFields();
            if (parsed.hasNext()) {
                throw new CsvParseException("it is more than one record");
            }
            return cells;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String position(RecordText record) {
        return record.nextOffset() + ":" + record.nextLine();
    }
}
