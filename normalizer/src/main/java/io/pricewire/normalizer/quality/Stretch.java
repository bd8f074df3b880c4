package io.pricewire.normalizer.quality;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A stretch of time of which facts are counted: whole units of five minutes.
 *
 * @param from where it begins
 * @param to where it ends; not within it
 */
record Stretch(Instant from, Instant to) {

    private static final Duration UNIT = Duration.ofMinutes(5);
    private static final int UNITS = 3;
    private static final long OLDER = Duration.ofHours(24).dividedBy(UNIT.multipliedBy(UNITS)) - 1;

    /** The unit in which this time lies. */
    static Instant unitOf(Instant time) {
        long seconds = UNIT.toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), seconds) * seconds);
    }

    /**
     * What is counted at a time: the newest units, and as many older ones, at every turn others. After as many turns as it
     * takes all of the last day was counted again, and what was stored late, or fetched again since, is counted right.
     */
    static List<Stretch> due(Instant now, long turn) {
        Stretch newest = endingAt(unitOf(now).plus(UNIT));
        long back = 1 + Math.floorMod(turn, OLDER);
        return List.of(newest, endingAt(newest.to.minus(UNIT.multipliedBy(UNITS * back))));
    }

    private static Stretch endingAt(Instant end) {
        return new Stretch(end.minus(UNIT.multipliedBy(UNITS)), end);
    }
}
