package io.pricewire.ingestor.csv;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.pricewire.ingestor.SourceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** How the rows of one file are read, and how one of them is read again when the file is gone. */
final class RowFormat {

    private static final List<Dialect> DIALECTS = List.of(new PricewireRows(), new DailyBars(), new FlatSnapshot());

    private final Columns columns;
    private final Dialect.RowReader rows;
    private final String source;
    private final String context;

    private RowFormat(CsvFile file, Columns columns, Dialect.RowReader rows, String context) {
        this.columns = columns;
        this.rows = rows;
        this.source = file.label().source() != null ? file.label().source() : rows.source();
        this.context = context;
    }

    /**
     * Finds out how the rows of a file are read.
     *
     * @throws SourceException where it is of no known dialect
     */
    static RowFormat of(CsvFile file, RecordText header, Records records) throws IOException {
        Columns columns = columns(header);
        AtomicReference<String> deciding = new AtomicReference<>("");
        for (Dialect dialect : DIALECTS) {
            Dialect.RowReader rows = dialect.recognise(
                    columns,
                    file,
                    hasSeenEnough -> records.read(record -> {
                        boolean isEnough = hasCells(record, columns.count(), hasSeenEnough);
                        if (isEnough) {
                            deciding.set(record.text());
                        }
                        return isEnough;
                    }));
            if (rows != null) {
                String context =
                        RowContext.of(file, header.text(), deciding.get()).toText();
                return new RowFormat(file, columns, rows, context);
            }
        }
        throw unreadable("the file's header is that of no known dialect: " + header.shown());
    }

    /** The format of a file of which this was kept. */
    static RowFormat of(RowContext kept) throws IOException {
        return of(
                kept.file(),
                utf8(kept.header()),
                hasSeenEnough -> !kept.sample().isEmpty() && hasSeenEnough.test(utf8(kept.sample())));
    }

    /** What the row says. One that is not encoded in UTF-8 has lost what it said, and cannot be read again. */
    Row read(RecordText record) {
        Row row = new Row(source, record, record.isUtf8() ? context : "");
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

    /** What the row says whose text this is. */
    Row read(String text) {
        return read(utf8(text));
    }

    private static RecordText utf8(String text) {
        return new RecordText(text, true, 0, 0, 0);
    }

    private static Columns columns(RecordText header) {
        try {
            return new Columns(cells(header.text()));
        } catch (CsvParseException e) {
            throw unreadable("the file's header cannot be read: " + header.shown());
        }
    }

    private static SourceException unreadable(String reason) {
        return new SourceException(SourceException.Kind.UNREADABLE, reason);
    }

    private static boolean hasCells(RecordText record, int count, Predicate<List<String>> isWanted) {
        List<String> cells = cellsOrNone(record);
        return cells.size() == count && isWanted.test(cells);
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

    /** The records of a file behind its header. */
    interface Records {

        /**
         * Shows them from the first on, until there are no more or the reader has seen enough.
         *
         * @return whether it has
         */
        boolean read(Predicate<RecordText> hasSeenEnough) throws IOException;
    }
}
