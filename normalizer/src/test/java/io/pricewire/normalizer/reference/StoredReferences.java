package io.pricewire.normalizer.reference;

import io.pricewire.normalizer.TestDatabase;
import io.pricewire.normalizer.reference.Known.Previous;
import io.pricewire.proto.v1.ReferencePrice;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The reference prices of a database, held against what they should be. Assets are named by what comes before a number. */
public final class StoredReferences {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A price is told that differs by a thousandth; the rest is for rounding. */
    private static final BigDecimal FAR = new BigDecimal("0.0011");

    private final TestDatabase database;

    public StoredReferences(TestDatabase database) {
        this.database = database;
    }

    /** What is stored of each, as it is. */
    public List<String> stored(String assets) {
        return database
                .query("select asset_id, price, status, dispersion, used::text as used, excluded::text as excluded"
                        + " from price_reference where asset_id ~ '^%s[0-9]' order by asset_id, quote"
                                .formatted(assets))
                .stream()
                .map(row -> "%s %s %s %s %s %s"
                        .formatted(
                                row.get("asset_id"),
                                row.get("price"),
                                row.get("status"),
                                row.get("dispersion"),
                                row.get("used"),
                                row.get("excluded")))
                .toList();
    }

    /** What each should be: computed from the latest prices that are stored, at the time of the one that is stored. */
    public List<String> recomputed(String assets) {
        List<ReferenceKey> keys = database
                .query("select distinct asset_id, quote from price_latest where asset_id ~ '^%s[0-9]'"
                        .formatted(assets))
                .stream()
                .map(row -> new ReferenceKey((String) row.get("asset_id"), (String) row.get("quote")))
                .toList();
        ReferenceMethod method = new ReferenceMethod(Quotations.settings(Map.of()));
        return new ReferenceStore(database.client())
                .read(keys).blockOptional(PATIENCE).orElseThrow().stream()
                        .map(known -> recomputed(known, method))
                        .toList();
    }

    private String recomputed(Known known, ReferenceMethod method) {
        Previous stored = known.previous();
        if (stored == null) {
            return known.key() + " has none";
        }
        Reference reference =
                method.compute(known.quotations(), stored.computedAt()).orElseThrow();
        return "%s %s %s %s %s %s"
                .formatted(
                        known.key().assetId(),
                        reference.price(),
                        reference.status().code(),
                        reference.dispersion(),
                        asStored(SourcesJson.used(reference)),
                        asStored(SourcesJson.excluded(reference)));
    }

    /** With the spaces and the order that Postgres gives it. */
    private String asStored(String json) {
        return (String) database.query("select '%s'::jsonb::text as json".formatted(json))
                .getFirst()
                .get("json");
    }

    /** Those of which another status was told last than is stored, or a price that differs by a thousandth. */
    public List<String> farFromWhatWasTold(String assets, List<ReferencePrice> told) {
        Map<String, ReferencePrice> last = new LinkedHashMap<>();
        told.forEach(price -> last.put(price.getAssetId(), price));
        List<String> far = new ArrayList<>();
        for (Map<String, Object> row : database.query(
                "select asset_id, price, status from price_reference where asset_id ~ '^%s[0-9]'".formatted(assets))) {
            ReferencePrice price = last.get((String) row.get("asset_id"));
            if (price == null || isFar(price, (BigDecimal) row.get("price"), (String) row.get("status"))) {
                far.add(row + " but told was " + price);
            }
        }
        return far;
    }

    private static boolean isFar(ReferencePrice told, BigDecimal price, String status) {
        BigDecimal difference =
                price.subtract(new BigDecimal(told.getPrice().getDigits())).abs();
        return !told.getStatus().name().equalsIgnoreCase("REFERENCE_STATUS_" + status)
                || difference.compareTo(FAR.multiply(price)) > 0;
    }
}
