package io.pricewire.query.reference;

import io.pricewire.proto.v1.Exclusion;
import io.pricewire.proto.v1.ReferencePrice;
import io.pricewire.proto.v1.ReferenceSource;
import io.pricewire.proto.v1.ReferenceStatus;
import io.pricewire.query.prices.Prices;
import java.time.Instant;

/** Reference prices for tests. */
public final class References {

    /** Until when a source of these vouches for its price: whatever the clock says. */
    static final Instant STALE_AT = Instant.parse("9999-12-31T23:59:59Z");

    private References() {}

    /** Made of one source, with another left out, of an asset that bears its id in capitals as its symbol. */
    public static ReferencePrice.Builder of(String asset, String price) {
        return ReferencePrice.newBuilder()
                .setAssetId(asset)
                .setSymbol(asset.toUpperCase(java.util.Locale.ROOT))
                .setName("The " + asset)
                .setQuote("USD")
                .setPrice(Prices.decimal(price))
                .setStatus(ReferenceStatus.REFERENCE_STATUS_DEGRADED)
                .setDispersion(Prices.decimal("0.000000"))
                .addUsed(source("coingecko", asset, price).setWeight(Prices.decimal("1.000000")))
                .addExcluded(source("csv-kaggle", asset, "1").setExclusion(Exclusion.EXCLUSION_OUTLIER_OF_THREE))
                .setObservedAt(Prices.timestamp(Prices.TIME))
                .setComputedAt(Prices.timestamp(Prices.TIME.plusSeconds(1)));
    }

    /** The row of such a price, as the normalizer stores it. */
    public static String row(String asset, String price) {
        return row(asset, price, STALE_AT);
    }

    /** The row of a price that was of use up to a time. */
    public static String row(String asset, String price, Instant staleAt) {
        String source = "\"source_asset_id\": \"%s\", \"event_id\": \"e\", \"volume_24h\": null,".formatted(asset)
                + " \"observed_at\": \"2026-11-21T07:00:00Z\", \"stale_at\": \"%s\",".formatted(staleAt);
        return """
                insert into price_reference (asset_id, quote, symbol, name, price, status, dispersion, used, excluded,
                  unconfirmed, observed_at, computed_at, confirmed_price, confirmed_at, partition)
                values ('%1$s', 'USD', upper('%1$s'), 'The %1$s', %2$s, 'degraded', 0.000000,
                  '[{"source": "coingecko", %3$s "price": %2$s, "weight": 1.000000}]',
                  '[{"source": "csv-kaggle", %3$s "price": 1, "reason": "outlier_of_three"}]',
                  false, '2026-11-21T07:00:00Z', '2026-11-21T07:00:01Z', %2$s, now(), 0);""".formatted(asset, price, source);
    }

    /** As such a price is shown. */
    public static String json(String asset, String price) {
        return json(asset, price, "degraded", STALE_AT);
    }

    /** As such a price is shown that was of use up to a time. */
    public static String json(String asset, String price, String status, Instant staleAt) {
        String source = "\"source_asset_id\":\"%s\",\"event_id\":\"e\",\"price\":".formatted(asset);
        String times =
                ",\"volume_24h\":null,\"observed_at\":\"2026-11-21T07:00:00Z\",\"stale_at\":\"%s\",".formatted(staleAt);
        return ("{\"asset_id\":\"%1$s\",\"symbol\":\"%4$s\",\"name\":\"The %1$s\",\"quote\":\"USD\",\"price\":%2$s,"
                        + "\"status\":\"%6$s\",\"dispersion\":0.000000,\"unconfirmed\":false,"
                        + "\"observed_at\":\"2026-11-21T07:00:00Z\",\"computed_at\":\"2026-11-21T07:00:01Z\","
                        + "\"used\":[{\"source\":\"coingecko\",%3$s%2$s%5$s\"weight\":1.000000}],"
                        + "\"excluded\":[{\"source\":\"csv-kaggle\",%3$s1%5$s\"reason\":\"outlier_of_three\"}]}")
                .formatted(asset, price, source, asset.toUpperCase(java.util.Locale.ROOT), times, status);
    }

    private static ReferenceSource.Builder source(String source, String asset, String price) {
        return ReferenceSource.newBuilder()
                .setSource(source)
                .setSourceAssetId(asset)
                .setEventId("e")
                .setPrice(Prices.decimal(price))
                .setObservedAt(Prices.timestamp(Prices.TIME))
                .setStaleAt(Prices.timestamp(STALE_AT));
    }
}
