package io.pricewire.query.health;

import io.pricewire.query.sources.SourceView;

/** What is the matter with a source that is stale or failing, in words. */
final class SourceTrouble {

    private SourceTrouble() {}

    /** Why, and when it is tried next. */
    static String of(SourceView source) {
        return "%s; next attempt %s"
                .formatted(reason(source), source.nextRunAt() == null ? "unknown" : "at " + source.nextRunAt());
    }

    static String reason(SourceView source) {
        return source.error() == null ? "none of its prices is fresh" : source.error();
    }
}
