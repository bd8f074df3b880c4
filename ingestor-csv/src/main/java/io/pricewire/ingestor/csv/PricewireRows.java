package io.pricewire.ingestor.csv;

import io.pricewire.ingestor.Figure;
import io.pricewire.ingestor.Interval;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pricewire's own files, as {@link PricewireCsv} writes them: every column is called as in the API, and each row says
 * under which name its price is kept, and, where it says so, when it was fetched. Columns may be missing or in another order; others are left alone.
 */
final class PricewireRows implements Dialect {

    static final String SOURCE = "source";
    static final String ASSET = "source_asset_id";
    static final String SYMBOL = "symbol";
    static final String NAME = "name";
    static final String QUOTE = "quote";
    static final String INTERVAL = "interval";
    static final String OBSERVED_AT = "observed_at";
    static final String ASSUMED = "observed_at_assumed";
    static final String INGESTED_AT = "ingested_at";

    /** The figures in the order in which they are written: first those that one looks for. */
    static final List<Figure> FIGURES = Stream.concat(
                    Stream.of(Figure.PRICE, Figure.MARKET_CAP, Figure.VOLUME_24H), Stream.of(Figure.values()))
            .distinct()
            .toList();

    private static final Set<String> HEADER = Set.of(SOURCE, ASSET, QUOTE, OBSERVED_AT, Figure.PRICE.field());

    @Override
    public @Nullable RowReader recognise(Columns columns, CsvFile file, Sample sample) {
        return columns.hasAll(HEADER) ? new Rows(columns, file.label().source()) : null;
    }

    /**
     * The rows of one file.
     *
     * @param wanted the name under which the file's owner wants the prices to be kept; null for the ones in the rows
     */
    private record Rows(Columns columns, @Nullable String wanted) implements RowReader {

        @Override
        public String source() {
            return "csv-pricewire";
        }

        @Override
        public void read(List<String> cells, Row row) {
            if (wanted == null) {
                row.source(required(cells, SOURCE));
            }
            row.asset(columns.text(cells, ASSET), columns.text(cells, SYMBOL), columns.text(cells, NAME));
            row.quote(required(cells, QUOTE));
            readTimes(cells, row);
            for (Figure figure : FIGURES) {
                String cell = columns.cell(cells, figure.field());
                if (figure == Figure.RANK) {
                    row.rank(cell);
                } else {
                    row.figure(figure, cell);
                }
            }
        }

        private void readTimes(List<String> cells, Row row) {
            String code = columns.cell(cells, INTERVAL);
            Interval interval = code == null ? Interval.TICK : Interval.of(code);
            if (interval == null) {
                row.refuse("interval_unknown", "interval: \"%s\" is none; it takes tick or 1d".formatted(code));
                return;
            }
            boolean isAssumed = "true".equals(columns.cell(cells, ASSUMED));
            readTime(OBSERVED_AT, required(cells, OBSERVED_AT), row, time -> row.observed(interval, time, isAssumed));
            String fetched = columns.cell(cells, INGESTED_AT);
            if (fetched != null && !fetched.isEmpty()) {
                readTime(INGESTED_AT, fetched, row, row::ingested);
            }
        }

        private static void readTime(String column, String text, Row row, Consumer<Instant> destination) {
            try {
                destination.accept(OffsetDateTime.parse(text).toInstant());
            } catch (DateTimeException e) {
                row.refuse(
                        "not_a_time",
                        "%s: \"%s\" is not a time of the form 2026-11-21T07:00:00Z".formatted(column, text));
            }
        }

        private String required(List<String> cells, String name) {
            return String.valueOf(columns.cell(cells, name));
        }
    }
}
