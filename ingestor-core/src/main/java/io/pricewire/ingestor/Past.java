package io.pricewire.ingestor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is to be read of the past.
 *
 * @param assets by the source's own ids, at least one
 * @param from the earliest time that is meant
 * @param before the earliest time after it that is not meant any more
 */
public record Past(List<String> assets, Instant from, Instant before) {

    public Past {
        assets = List.copyOf(assets);
        if (assets.isEmpty() || !from.isBefore(before)) {
            throw new IllegalArgumentException(
                    "nothing of the past is meant from %s to before %s".formatted(from, before));
        }
    }

    /** How long it is. */
    public Duration length() {
        return Duration.between(from, before);
    }

    /** The same in pieces of one asset each, and no longer than this: one asset after another, the earliest first. */
    public List<Past> pieces(Duration longest) {
        return assets.stream()
                .flatMap(asset -> Stream.iterate(from, before::isAfter, start -> start.plus(longest))
                        .map(start -> new Past(List.of(asset), start, earlier(start.plus(longest), before))))
                .toList();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
