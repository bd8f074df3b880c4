package io.pricewire.query.candles;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A length of candles: one that can be asked for, or one of a source's bars that such candles can be made of. */
enum Interval {
    ONE_MINUTE("1m", 1, true),
    FIVE_MINUTES("5m", 5, true),
    QUARTER("15m", 15, true),
    HALF_HOUR("30m", 30, false),
    HOUR("1h", 60, true),
    TWO_HOURS("2h", 120, false),
    FOUR_HOURS("4h", 240, true),
    SIX_HOURS("6h", 360, false),
    HALF_DAY("12h", 720, false),
    DAY("1d", 1_440, true);

    static final Interval DEFAULT = DAY;

    private final String code;
    private final int minutes;
    private final boolean isOffered;

    Interval(String code, int minutes, boolean isOffered) {
        this.code = code;
        this.minutes = minutes;
        this.isOffered = isOffered;
    }

    /** What can be asked for. */
    static List<String> codes() {
        return Stream.of(values())
                .filter(interval -> interval.isOffered)
                .map(Interval::code)
                .toList();
    }

    /** The interval of this code, which is one of {@link #codes}. */
    static Interval of(String code) {
        return Stream.of(values())
                .filter(interval -> interval.code.equals(code))
                .findFirst()
                .orElseThrow();
    }

    /** What it is called in tables and in the API. */
    String code() {
        return code;
    }

    int minutes() {
        return minutes;
    }

    /** Those that a candle of this length holds whole ones of, shortest first, itself among them: of what it is made. */
    List<Interval> parts() {
        return Stream.of(values())
                .filter(interval -> minutes % interval.minutes == 0)
                .toList();
    }

    /** Whether a candle of that length can hold a part only of one of this length. */
    boolean isCutBy(Interval longer) {
        return longer.minutes > minutes && longer.minutes % minutes != 0;
    }

    /** How many candles of this length are in one of that length. */
    int perCandleOf(Interval longer) {
        return longer.minutes / minutes;
    }

    /** The first time from this one on at which a candle opens. */
    Instant openingFrom(Instant time) {
        long length = Duration.ofMinutes(minutes).toSeconds();
        long opening = Math.floorDiv(time.getEpochSecond(), length) * length;
        Instant before = Instant.ofEpochSecond(opening);
        return before.equals(time) ? before : before.plusSeconds(length);
    }
}
