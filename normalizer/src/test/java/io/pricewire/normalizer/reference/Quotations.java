package io.pricewire.normalizer.reference;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What sources say, for tests. */
final class Quotations {

    static final Instant TIME = Instant.parse("2026-11-21T07:00:00Z");

    /** Until when a source of these vouches for its price. */
    static final Instant STALE_AT = TIME.plus(Duration.ofMinutes(10));

    private Quotations() {}

    static Quotation quotation(String source, String price, @Nullable String volume) {
        return quotation(source, price, volume, TIME, STALE_AT);
    }

    static Quotation quotation(
            String source, String price, @Nullable String volume, Instant observedAt, Instant staleAt) {
        return new Quotation(
                source,
                source + "-id",
                source + "-event",
                new BigDecimal(price),
                volume == null ? null : new BigDecimal(volume),
                observedAt,
                staleAt,
                false);
    }

    static ReferenceSettings settings(Map<String, String> given) {
        return new Binder(new MapConfigurationPropertySource(given)).bindOrCreate("", ReferenceSettings.class);
    }
}
