package io.pricewire.normalizer.store;

import io.pricewire.service.DurationConverter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * For how long what is stored is kept, and where it goes then.
 *
 * @param history for how long observations are kept after they were observed: {@code forever}, or a duration; they leave by
 *     the month
 * @param raw for how long the sources' own payloads are kept after they were fetched: {@code forever}, or a duration; they
 *     leave by the day
 * @param rejected for how long records are kept in quarantine: {@code forever}, or a duration; then they are deleted, and
 *     written to no archive
 * @param archiveDirectory the folder that expired observations and payloads are written to before they leave, made where it
 *     is missing; empty to write them nowhere. {@code load} takes observations back, and no payloads
 * @param interval how long after one look at what has expired the next comes
 */
@ConfigurationProperties("pricewire.normalizer.retention")
public record RetentionSettings(
        @DefaultValue(FOREVER) String history,
        @DefaultValue("30d") String raw,
        @DefaultValue("30d") String rejected,
        @DefaultValue("") String archiveDirectory,
        @DefaultValue("1h") Duration interval) {

    private static final String FOREVER = "forever";
    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);

    public RetentionSettings {
        requirePeriod("HISTORY_RETENTION", history);
        requirePeriod("RAW_RETENTION", raw);
        requirePeriod("REJECTED_RETENTION", rejected);
        if (!archiveDirectory.isEmpty() && Files.isRegularFile(Path.of(archiveDirectory))) {
            throw new IllegalArgumentException(
                    "ARCHIVE_DIRECTORY is \"%s\", which is a file; it takes a folder".formatted(archiveDirectory));
        }
        if (interval.compareTo(SHORTEST_INTERVAL) < 0) {
            throw new IllegalArgumentException(
                    "pricewire.normalizer.retention.interval is %s; it takes 1s or more".formatted(interval));
        }
    }

    /** Observations from before this time have expired; null where none expires. */
    @Nullable Instant historyExpiresBefore(Instant now) {
        return before(history, now);
    }

    /** Payloads that were fetched before this time have expired; null where none expires. */
    @Nullable Instant rawExpiresBefore(Instant now) {
        return before(raw, now);
    }

    /** Records that were rejected before this time have expired; null where none expires. */
    @Nullable Instant rejectedExpiresBefore(Instant now) {
        return before(rejected, now);
    }

    /** Null where nothing is archived. */
    @Nullable Path archive() {
        return archiveDirectory.isEmpty() ? null : Path.of(archiveDirectory).toAbsolutePath();
    }

    private static @Nullable Instant before(String period, Instant now) {
        return period.equals(FOREVER) ? null : now.minus(DurationConverter.read(period));
    }

    private static void requirePeriod(String name, String period) {
        if (!period.equals(FOREVER) && !isDurationWithinBounds(period)) {
            throw new IllegalArgumentException(
                    "%s is \"%s\"; it takes forever, or more than 0 and up to 36500d: seconds, or a number with s, m, h or d"
                            .formatted(name, period));
        }
    }

    private static boolean isDurationWithinBounds(String period) {
        try {
            Duration duration = DurationConverter.read(period);
            return duration.isPositive() && duration.compareTo(LONGEST) <= 0;
        } catch (IllegalArgumentException | ArithmeticException none) {
            return false;
        }
    }
}
