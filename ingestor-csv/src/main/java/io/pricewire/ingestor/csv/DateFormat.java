package io.pricewire.ingestor.csv;

import io.pricewire.ingestor.SourceException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.EnumSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a file writes its dates, with or without a time of day, in UTC. Whether {@code 01-05-2013} is in January or in
 * May no row tells by itself: the first one in the file with a part above 12 decides for all.
 */
enum DateFormat {
    YEAR_MONTH_DAY("yyyy-mm-dd", "uuuu[-][/]MM[-][/]dd"),
    DAY_MONTH_YEAR("dd-mm-yyyy", "dd[-][/]MM[-][/][uuuu][uu]"),
    MONTH_DAY_YEAR("mm-dd-yyyy", "MM[-][/]dd[-][/][uuuu][uu]");

    private static final Pattern YEAR_FIRST = Pattern.compile("\\d{4}[-/]\\d{1,2}[-/]\\d{1,2}.*");
    private static final Pattern YEAR_LAST = Pattern.compile("(\\d{1,2})[-/](\\d{1,2})[-/]\\d{2,4}.*");
    private static final int MONTHS = 12;

    private final String name;
    private final DateTimeFormatter formatter;

    DateFormat(String name, String pattern) {
        this.name = name;
        this.formatter = new DateTimeFormatterBuilder()
                .appendPattern(pattern + "[' ']['T'][HH:mm[:ss]]")
                .toFormatter()
                .withResolverStyle(ResolverStyle.STRICT);
    }

    /** The form of the dates in the column of this name. */
    static DateFormat of(Columns columns, String column, Dialect.Sample sample) throws IOException {
        EnumSet<DateFormat> possible = EnumSet.noneOf(DateFormat.class);
        sample.read(row -> {
            String date = String.valueOf(columns.cell(row, column));
            if (YEAR_FIRST.matcher(date).matches()) {
                possible.add(YEAR_MONTH_DAY);
            }
            Matcher yearLast = YEAR_LAST.matcher(date);
            if (yearLast.matches()) {
                possible.addAll(EnumSet.of(DAY_MONTH_YEAR, MONTH_DAY_YEAR));
                if (Integer.parseInt(yearLast.group(1)) > MONTHS) {
                    possible.remove(MONTH_DAY_YEAR);
                } else if (Integer.parseInt(yearLast.group(2)) > MONTHS) {
                    possible.remove(DAY_MONTH_YEAR);
                }
            }
            return possible.size() == 1;
        });
        return switch (possible.size()) {
            case 1 -> possible.iterator().next();
            case 0 -> throw unreadable("no row of the file has a date in the column " + column);
            default ->
                throw unreadable("no date in the file has a part above 12, so day and month cannot be told apart");
        };
    }

    private static SourceException unreadable(String reason) {
        return new SourceException(SourceException.Kind.UNREADABLE, reason);
    }

    /**
     * The last instant of the day that a bar describes: the time that is given, else the day's last millisecond.
     *
     * @throws java.time.DateTimeException where the text is no date of this form
     */
    Instant lastInstant(String text) {
        TemporalAccessor parsed = formatter.parseBest(text, LocalDateTime::from, LocalDate::from);
        return switch (parsed) {
            case LocalDateTime time -> time.toInstant(ZoneOffset.UTC);
            default ->
                LocalDate.from(parsed)
                        .plusDays(1)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant()
                        .minus(Duration.ofMillis(1));
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
