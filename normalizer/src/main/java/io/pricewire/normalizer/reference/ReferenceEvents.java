package io.pricewire.normalizer.reference;

import com.google.protobuf.Timestamp;
import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.EventAttributes;
import io.pricewire.eventstream.EventId;
import io.pricewire.normalizer.reference.Reference.Excluded;
import io.pricewire.normalizer.reference.Reference.Used;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.Decimal;
import io.pricewire.proto.v1.ReferencePrice;
import io.pricewire.proto.v1.ReferenceSource;
import io.pricewire.proto.v1.ReferenceStatus;
import java.math.BigDecimal;
import java.time.Instant;

/** Reference prices as they are published. */
final class ReferenceEvents {

    private static final String SOURCE = "/pricewire/normalizer";

    private ReferenceEvents() {}

    static Event<ReferencePrice> of(Computed computed) {
        ReferencePrice message = message(computed);
        EventAttributes attributes = new EventAttributes(
                EventId.of(
                        message.getAssetId(),
                        message.getQuote(),
                        message.getPrice().getDigits(),
                        message.getStatus().name(),
                        String.valueOf(message.getUnconfirmed()),
                        computed.computedAt().toString()),
                SOURCE,
                computed.computedAt(),
                message.getAssetId(),
                null);
        return new Event<>(Topics.PRICES_REFERENCE, computed.key().toString(), message, attributes);
    }

    private static ReferencePrice message(Computed computed) {
        Reference reference = computed.reference();
        ReferencePrice.Builder message = ReferencePrice.newBuilder()
                .setAssetId(computed.key().assetId())
                .setSymbol(computed.known().symbol())
                .setName(computed.known().name())
                .setQuote(computed.key().quote())
                .setPrice(decimal(reference.price()))
                .setStatus(ReferenceStatus.valueOf(
                        "REFERENCE_STATUS_" + reference.status().name()))
                .setUnconfirmed(computed.unconfirmed())
                .setObservedAt(timestamp(computed.observedAt()))
                .setComputedAt(timestamp(computed.computedAt()));
        if (reference.dispersion() != null) {
            message.setDispersion(decimal(reference.dispersion()));
        }
        reference.used().forEach(used -> message.addUsed(source(used)));
        reference.excluded().forEach(excluded -> message.addExcluded(source(excluded)));
        return message.build();
    }

    private static ReferenceSource.Builder source(Used used) {
        return source(used.quotation()).setWeight(decimal(used.weight()));
    }

    private static ReferenceSource.Builder source(Excluded excluded) {
        return source(excluded.quotation())
                .setExclusion(io.pricewire.proto.v1.Exclusion.valueOf(
                        "EXCLUSION_" + excluded.reason().name()));
    }

    private static ReferenceSource.Builder source(Quotation quotation) {
        ReferenceSource.Builder source = ReferenceSource.newBuilder()
                .setSource(quotation.source())
                .setSourceAssetId(quotation.sourceAssetId())
                .setEventId(quotation.eventId())
                .setPrice(decimal(quotation.price()))
                .setObservedAt(timestamp(quotation.observedAt()))
                .setStaleAt(timestamp(quotation.staleAt()));
        if (quotation.volume24h() != null) {
            source.setVolume24H(decimal(quotation.volume24h()));
        }
        return source;
    }

    private static Decimal decimal(BigDecimal number) {
        return Decimal.newBuilder().setDigits(number.toPlainString()).build();
    }

    private static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }
}
