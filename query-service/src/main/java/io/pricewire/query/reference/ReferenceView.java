package io.pricewire.query.reference;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** A reference price as the API shows it. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ReferenceView(
        @Schema(description = "The canonical asset.") String assetId,

        @Schema(description = "The asset's ticker symbol in upper case; not unique.")
        String symbol,

        @Schema(description = "The asset's name.") String name,

        @Schema(description = "The quote currency in upper case, of which one unit of the asset costs `price`.")
        String quote,

        @Schema(
                description = "The weighted median of the prices of the sources in `used`, in the quote currency. Where"
                        + " all are stale, of those that were fresh last.")
        BigDecimal price,

        @Schema(
                description =
                        "How far it can be relied on, as of the answer. `ok`: at least two fresh sources are used, they"
                                + " agree, and no fresh one is left out as an outlier. `degraded`: fewer are used, or an outlier is"
                                + " left out. `divergent`: the prices used range over more than 5 % of the price. `stale`: none of"
                                + " the sources used vouches for its price any longer, whether that was computed or not.",
                allowableValues = {"ok", "degraded", "divergent", "stale"})
        String status,

        @Schema(
                description =
                        "The range of the prices used as a share of the price: 0.002 is 0.2 %. Null where none is used.")
        @Nullable BigDecimal dispersion,

        @Schema(
                description =
                        "Whether the price differs by more than 10 % from the last one, of the hour before, that was no"
                                + " such jump, and fewer than two of the sources used agree with it. It is no judgement of a single"
                                + " source: one that jumps beside others is excluded as an outlier, or makes the price divergent.")
        boolean unconfirmed,

        @Schema(description = "When the newest of the prices used was observed.")
        Instant observedAt,

        @Schema(description = "When it was computed.") Instant computedAt,

        @Schema(description = "The sources that it is made of, by name; none where there is nothing that may be used.")
        List<UsedSource> used,

        @Schema(description = "The sources that have a price of the asset and are not used, by name.")
        List<ExcludedSource> excluded) {

    private static final String STALE = "stale";
    private static final String SOURCE = "Under which name the source's prices are kept.";
    private static final String SOURCE_ASSET_ID = "The source's own id of the asset.";
    private static final String EVENT_ID = "The event of the price: see /api/v1/observations/{event_id}.";
    private static final String PRICE = "What the source says, in the quote currency.";
    private static final String VOLUME =
            "The volume of 24 hours that the source says, in the quote currency. Null where it says none.";
    private static final String OBSERVED_AT = "When the source saw it.";
    private static final String STALE_AT = "The last moment at which the source's price is not stale.";

    /**
     * As it is at a time: stale from when on none of the sources used vouches for its price, which the normalizer says
     * too, once it is there to compute it.
     */
    ReferenceView asOf(Instant now) {
        return status.equals(STALE) || isFresh(now)
                ? this
                : new ReferenceView(
                        assetId,
                        symbol,
                        name,
                        quote,
                        price,
                        STALE,
                        dispersion,
                        unconfirmed,
                        observedAt,
                        computedAt,
                        used,
                        excluded);
    }

    private boolean isFresh(Instant now) {
        return used.stream().anyMatch(source -> !now.isAfter(source.staleAt));
    }

    /** A source that the price is made of. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record UsedSource(
            @Schema(description = SOURCE) String source,
            @Schema(description = SOURCE_ASSET_ID) String sourceAssetId,
            @Schema(description = EVENT_ID) String eventId,
            @Schema(description = PRICE) BigDecimal price,

            @Schema(description = VOLUME) @JsonProperty("volume_24h") @Nullable BigDecimal volume24h,

            @Schema(description = OBSERVED_AT) Instant observedAt,
            @Schema(description = STALE_AT) Instant staleAt,

            @Schema(
                    description =
                            "Its share of all weights, from 0 to 1: by its volume of 24 hours, an unknown or zero one"
                                    + " counting as the smallest known, and none more than the cap, 0.4 unless configured, where"
                                    + " there are enough sources.")
            BigDecimal weight) {}

    /** A source that has a price and was not used. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record ExcludedSource(
            @Schema(description = SOURCE) String source,
            @Schema(description = SOURCE_ASSET_ID) String sourceAssetId,
            @Schema(description = EVENT_ID) String eventId,
            @Schema(description = PRICE) BigDecimal price,

            @Schema(description = VOLUME) @JsonProperty("volume_24h") @Nullable BigDecimal volume24h,

            @Schema(description = OBSERVED_AT) Instant observedAt,
            @Schema(description = STALE_AT) Instant staleAt,

            @Schema(
                    description =
                            "Why it is not used. `stale`: it does not vouch for its price any longer. `replayed`: its"
                                    + " price is a replay of the past. `same_source`: the source has a newer price of the asset"
                                    + " under another id. `outlier_iqr`: of four or more it is outside of Tukey's fences and does"
                                    + " not agree with the median. `outlier_of_three`: of three it agrees with neither of two that"
                                    + " agree.",
                    allowableValues = {"stale", "replayed", "same_source", "outlier_iqr", "outlier_of_three"})
            String reason) {}
}
