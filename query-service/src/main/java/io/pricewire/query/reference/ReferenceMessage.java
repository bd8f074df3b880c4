package io.pricewire.query.reference;

import com.google.protobuf.Timestamp;
import io.pricewire.proto.v1.Decimal;
import io.pricewire.proto.v1.ReferencePrice;
import io.pricewire.proto.v1.ReferenceSource;
import io.pricewire.query.json.PlainDecimal;
import io.pricewire.query.reference.ReferenceView.ExcludedSource;
import io.pricewire.query.reference.ReferenceView.UsedSource;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a reference price as it is published. */
final class ReferenceMessage {

    private ReferenceMessage() {}

    /**
     * The price as it is shown.
     *
     * @throws RuntimeException where the message breaks its contract: a decimal or a time that is none
     */
    static ReferenceView view(ReferencePrice price) {
        return new ReferenceView(
                price.getAssetId(),
                price.getSymbol(),
                price.getName(),
                price.getQuote(),
                decimal(price.getPrice()),
                word(price.getStatus(), "REFERENCE_STATUS_"),
                known(price.hasDispersion(), price.getDispersion()),
                price.getUnconfirmed(),
                instant(price.getObservedAt()),
                instant(price.getComputedAt()),
                price.getUsedList().stream().map(ReferenceMessage::used).toList(),
                price.getExcludedList().stream().map(ReferenceMessage::excluded).toList());
    }

    private static UsedSource used(ReferenceSource source) {
        return new UsedSource(
                source.getSource(),
                source.getSourceAssetId(),
                source.getEventId(),
                decimal(source.getPrice()),
                known(source.hasVolume24H(), source.getVolume24H()),
                instant(source.getObservedAt()),
                instant(source.getStaleAt()),
                decimal(source.getWeight()));
    }

    private static ExcludedSource excluded(ReferenceSource source) {
        return new ExcludedSource(
                source.getSource(),
                source.getSourceAssetId(),
                source.getEventId(),
                decimal(source.getPrice()),
                known(source.hasVolume24H(), source.getVolume24H()),
                instant(source.getObservedAt()),
                instant(source.getStaleAt()),
                word(source.getExclusion(), "EXCLUSION_"));
    }

    private static @Nullable BigDecimal known(boolean isKnown, Decimal decimal) {
        return isKnown ? decimal(decimal) : null;
    }

    private static BigDecimal decimal(Decimal decimal) {
        return PlainDecimal.read(decimal.getDigits());
    }

    private static String word(Enum<?> constant, String prefix) {
        return constant.name().replaceFirst(prefix, "").toLowerCase(Locale.ROOT);
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }
}
