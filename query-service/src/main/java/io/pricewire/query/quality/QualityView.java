package io.pricewire.query.quality;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * How good what a source brought within a window is. A score is from 0 to 1, to four digits, rounded down; null where nothing
 * is known to judge by. docs/quality.md says how each is made.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record QualityView(
        String source,

        @Schema(
                description =
                        "1h or 24h: the time up to calculated_at, in units of five minutes of which the last is not over.",
                allowableValues = {"1h", "24h"})
        String window,

        @Schema(
                description =
                        "0 to 1: how often the observations of the window gave one of fields, divided by observed times"
                                + " the number of fields. Null where nothing was observed.")
        @Nullable BigDecimal completeness,

        @Schema(description = "0 to 1: validity times agreement; where one is null, the other. Null where both are.")
        @Nullable BigDecimal consistency,

        @Schema(
                description =
                        "0 to 1: of the latest prices that were observed within a day, the share that was not stale,"
                                + " summed over the looks of the window. Null where there was no such price.")
        @Nullable BigDecimal freshness,

        @Schema(description = "0 to 1: observed / (observed + rejected). Null where both are 0.") @Nullable BigDecimal validity,

        @Schema(
                description =
                        "0 to 1: of the fresh prices with a reference price that other sources made too, the share that"
                                + " was near enough to it, summed over the looks of the window. Null where there was no such price.")
        @Nullable BigDecimal agreement,

        @Schema(description = "How many observations were last fetched within the window.")
        long observed,

        @Schema(description = "How many records were rejected within the window, and are in quarantine still.")
        long rejected,

        @Schema(
                description =
                        "The fields that the source usually gives: those that at least half of its observations of the"
                                + " last seven days gave.")
        List<String> fields,

        Instant calculatedAt) {}
