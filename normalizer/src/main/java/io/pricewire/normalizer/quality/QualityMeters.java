package io.pricewire.normalizer.quality;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The scores as metrics, by source and window. A score that is not known has no metric. */
final class QualityMeters {

    private final MultiGauge completeness;
    private final MultiGauge consistency;
    private final MultiGauge freshness;

    QualityMeters(MeterRegistry registry) {
        this.completeness = gauge(
                "pricewire.quality.completeness",
                "The share of the fields that a source usually gives which it gave, 0 to 1",
                registry);
        this.consistency = gauge(
                "pricewire.quality.consistency",
                "The share of a source's records that kept every rule, times the share that agreed with the reference, 0 to 1",
                registry);
        this.freshness = gauge(
                "pricewire.quality.freshness",
                "The share of a source's latest prices that was not stale, 0 to 1",
                registry);
    }

    void show(List<SourceQuality> scores) {
        show(completeness, scores, SourceQuality::completeness);
        show(consistency, scores, SourceQuality::consistency);
        show(freshness, scores, SourceQuality::freshness);
    }

    private static void show(
            MultiGauge gauge, List<SourceQuality> scores, Function<SourceQuality, @Nullable BigDecimal> value) {
        List<Row<?>> rows = new ArrayList<>();
        for (SourceQuality score : scores) {
            BigDecimal known = value.apply(score);
            if (known != null) {
                rows.add(Row.of(Tags.of("source", score.source(), "window", score.window()), known));
            }
        }
        gauge.register(rows, true);
    }

    private static MultiGauge gauge(String name, String description, MeterRegistry registry) {
        return MultiGauge.builder(name).description(description).register(registry);
    }
}
