package io.pricewire.query.prices;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.pricewire.proto.v1.Decimal;
import io.pricewire.proto.v1.Figures;
import io.pricewire.proto.v1.Origin;
import io.pricewire.proto.v1.Price;
import java.time.Instant;
import java.util.UUID;

/** Prices for tests. */
public final class Prices {

    public static final Instant TIME = Instant.parse("2026-11-21T07:00:00Z");

    private Prices() {}

    /** A live price of an asset, which bears its id in capitals as its symbol. */
    public static Price.Builder of(String asset, String price) {
        return Price.newBuilder()
                .setEventId(UUID.nameUUIDFromBytes((asset + price).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .toString())
                .setAssetId(asset)
                .setSource("coingecko")
                .setSourceAssetId(asset)
                .setSymbol(asset.toUpperCase(java.util.Locale.ROOT))
                .setName("The " + asset)
                .setQuote("USD")
                .setInterval("tick")
                .setObservedAt(timestamp(TIME))
                .setIngestedAt(timestamp(TIME.plusMillis(1123)))
                .setStaleAfter(Duration.newBuilder().setSeconds(60))
                .setOrigin(Origin.ORIGIN_LIVE)
                .setRunId("11111111-1111-4111-8111-111111111111")
                .setFigures(Figures.newBuilder().setPrice(decimal(price)));
    }

    public static Price.Builder withMarketCap(String asset, String marketCap) {
        Price.Builder price = of(asset, "1");
        price.getFiguresBuilder().setMarketCap(decimal(marketCap));
        return price;
    }

    public static Decimal decimal(String digits) {
        return Decimal.newBuilder().setDigits(digits).build();
    }

    public static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }
}
