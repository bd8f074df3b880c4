package io.pricewire.ingestor.csv;

import io.pricewire.ingestor.Figure;
import io.pricewire.ingestor.Interval;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The daily histories that are shared on Kaggle, one coin in each file:
 * {@code SNo,Name,Symbol,Date,High,Low,Open,Close,Volume,Marketcap}, high and low before open and close. A row is a bar
 * of a day; its time is given as the day's last second. Spreadsheets save these files again with their own dates
 * ({@code 29-04-2013 23:59}) and fewer digits. Amounts are in US dollars.
 */
final class DailyBars implements Dialect {

    private static final Pattern LETTER_OR_DIGIT = Pattern.compile("[\\p{L}\\p{N}]");
    private static final Pattern OTHERS = Pattern.compile("[^\\p{L}\\p{N}\\p{M}]+");
    private static final Set<String> HEADER = Set.of("sno", "name", "symbol", "date", "high", "low", "open", "close");

    @Override
    public @Nullable RowReader recognise(Columns columns, CsvFile file, Sample sample) throws IOException {
        return columns.hasAll(HEADER) ? new Rows(columns, DateFormat.of(columns, "date", sample)) : null;
    }

    private record Rows(Columns columns, DateFormat dates) implements RowReader {

        @Override
        public String source() {
            return "csv-kaggle";
        }

        @Override
        public void read(List<String> cells, Row row) {
            String name = columns.cell(cells, "name");
            row.asset(slug(name), columns.cell(cells, "symbol"), name);
            row.quote("USD");
            String date = String.valueOf(columns.cell(cells, "date"));
            try {
                Instant lastInstant = dates.lastInstant(date);
                row.observed(Interval.DAY, lastInstant, false);
            } catch (DateTimeException e) {
                row.refuse("not_a_time", "date: \"%s\" is not a date of the form %s".formatted(date, dates));
            }
            String volume = columns.cell(cells, "volume");
            row.figure(Figure.PRICE, columns.cell(cells, "close"));
            row.figure(Figure.OPEN, columns.cell(cells, "open"));
            row.figure(Figure.HIGH, columns.cell(cells, "high"));
            row.figure(Figure.LOW, columns.cell(cells, "low"));
            row.figure(Figure.MARKET_CAP, columns.cell(cells, "marketcap", "market cap"));
            // A day's volume at the end of the day is the volume of the last 24 hours.
            row.figure(Figure.VOLUME_QUOTE, volume);
            row.figure(Figure.VOLUME_24H, volume);
        }

        /** These files have no ids; a coin's name is unique among them, its symbol is not. */
        private static @Nullable String slug(@Nullable String name) {
            return name == null || !LETTER_OR_DIGIT.matcher(name).find()
                    ? null
                    : OTHERS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("-");
        }
    }
}
