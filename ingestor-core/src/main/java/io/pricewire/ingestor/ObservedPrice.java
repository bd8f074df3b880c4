package io.pricewire.ingestor;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a source showed of one asset in one quote currency at one time, as the source gave it.
 *
 * @param source the name under which the price is kept
 * @param sourceAssetId the source's own id of the asset
 * @param symbol the ticker symbol; empty where the source gives none
 * @param name the asset's name; empty where the source gives none
 * @param quote the quote currency in upper case
 * @param interval what the figures describe: an instant, or a bar of this length
 * @param observedAt when the source saw it; a bar's last instant
 * @param observedAtAssumed whether the source gave no time and it was taken from elsewhere
 * @param ingestedAt when it was fetched, where a file says that of its row; null where it is fetched as it is read
 * @param figures the numbers that the source gave; what is missing is unknown. Each is within the bounds of
 *     {@link Decimals#parse}.
 * @param payload the source's own text for this record, untouched
 * @param payloadType the media type of the payload
 */
public record ObservedPrice(
        String source,
        String sourceAssetId,
        String symbol,
        String name,
        String quote,
        Interval interval,
        Instant observedAt,
        boolean observedAtAssumed,
        @Nullable Instant ingestedAt,
        Map<Figure, BigDecimal> figures,
        String payload,
        String payloadType) {

    /** One that is fetched as it is read. */
    public ObservedPrice(
            String source,
            String sourceAssetId,
            String symbol,
            String name,
            String quote,
            Interval interval,
            Instant observedAt,
            boolean observedAtAssumed,
            Map<Figure, BigDecimal> figures,
            String payload,
            String payloadType) {
        this(
                source,
                sourceAssetId,
                symbol,
                name,
                quote,
                interval,
                observedAt,
                observedAtAssumed,
                null,
                figures,
                payload,
                payloadType);
    }

    public ObservedPrice {
        figures = Map.copyOf(figures);
    }
}
