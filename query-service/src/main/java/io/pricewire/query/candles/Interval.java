package io.pricewire.query.candles;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A length of candles that can be asked for. Each is made of whole ones of every shorter length. */
enum Interval {
    ONE_MINUTE("1m", 1),
    FIVE_MINUTES("5m", 5),
    QUARTER("15m", 15),
    HOUR("1h", 60),
    FOUR_HOURS("4h", 240),
    DAY("1d", 1_440);

    static final Interval DEFAULT = DAY;

    private final String code;
    private final int minutes;

    Interval(String code, int minutes) {
        this.code = code;
        this.minutes = minutes;
    }

    static List<String> codes() {
        return Stream.of(values()).map(Interval::code).toList();
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

    /** This one and all shorter ones: of what its candles are made. */
    List<Interval> parts() {
        return Stream.of(values())
                .filter(interval -> interval.minutes <= minutes)
                .toList();
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
