package io.pricewire.ingestor.csv;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The time that a file's name tells, in UTC: {@code prices_2026-01-31.csv}, {@code 20260131T1530.csv}. */
final class TimeInName {

    private static final Pattern TIME =
            Pattern.compile("(\\d{4})-?(\\d{2})-?(\\d{2})(?:[T_ -](\\d{2})[:-]?(\\d{2})(?:[:-]?(\\d{2}))?)?");

    private TimeInName() {}

    /** Null where the name tells none. */
    static @Nullable Instant of(String name) {
        Matcher found = TIME.matcher(name);
        if (!found.find()) {
            return null;
        }
        try {
            LocalDate date = LocalDate.of(number(found, 1), number(found, 2), number(found, 3));
            LocalTime time = LocalTime.of(number(found, 4), number(found, 5), number(found, 6));
            return date.atTime(time).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException notATime) {
            return null;
        }
    }

    private static int number(Matcher found, int group) {
        return found.group(group) == null ? 0 : Integer.parseInt(found.group(group));
    }
}
