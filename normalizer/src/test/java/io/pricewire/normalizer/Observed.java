package io.pricewire.normalizer;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.EventAttributes;
import io.pricewire.eventstream.EventId;
import io.pricewire.eventstream.Received;
import io.pricewire.proto.Topic;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.Decimal;
import io.pricewire.proto.v1.Figures;
import io.pricewire.proto.v1.Origin;
import io.pricewire.proto.v1.PriceObserved;
import java.time.Instant;

/** Observations for tests. */
public final class Observed {

    public static final Instant TIME = Instant.parse("2026-11-21T07:00:00Z");
    public static final String RUN = "11111111-1111-4111-8111-111111111111";

    private Observed() {}

    /** An observation that keeps every rule: bitcoin at 64123.12 dollars. */
    public static PriceObserved.Builder bitcoin() {
        return PriceObserved.newBuilder()
                .setSource("coingecko")
                .setSourceAssetId("bitcoin")
                .setSymbol("btc")
                .setName("Bitcoin")
                .setQuote("USD")
                .setInterval("tick")
                .setObservedAt(timestamp(TIME))
                .setIngestedAt(timestamp(TIME.plusSeconds(1)))
                .setStaleAfter(Duration.newBuilder().setSeconds(1080))
                .setOrigin(Origin.ORIGIN_LIVE)
                .setRunId(RUN)
                .setFigures(Figures.newBuilder()
                        .setPrice(decimal("64123.12"))
                        .setMarketCap(decimal("1264033512345.0"))
                        .setVolume24H(decimal("25000000000.5"))
                        .setRank(1))
                .setPayload(ByteString.copyFromUtf8("{\"id\":\"bitcoin\"}"))
                .setPayloadType("application/json");
    }

    public static PriceObserved.Builder at(String price, Instant observedAt) {
        PriceObserved.Builder builder = bitcoin().setObservedAt(timestamp(observedAt));
        builder.getFiguresBuilder().setPrice(decimal(price));
        return builder;
    }

    /** The event of an observation by an ingestor. */
    public static Event<PriceObserved> event(String ingestor, PriceObserved.Builder observed) {
        PriceObserved value = observed.build();
        return new Event<>(
                Topics.PRICES_RAW.of(ingestor),
                value.getSourceAssetId(),
                value,
                new EventAttributes(
                        idOf(value), "/pricewire/ingestor/" + ingestor, TIME, value.getSourceAssetId(), null));
    }

    /** What is received of a message; an observation has the id that its values make. */
    public static Received received(Topic<?> topic, Message message, long offset) {
        String id =
                message instanceof PriceObserved observed ? idOf(observed) : EventId.of("test", String.valueOf(offset));
        return new Received(
                topic.name(),
                0,
                offset,
                TIME,
                "key",
                message.toByteString(),
                new EventAttributes(id, "/test", TIME, "subject", null));
    }

    /** An id as an ingestor would make it: equal for equal values. */
    public static String idOf(PriceObserved value) {
        return EventId.of(
                value.getSource(),
                value.getSourceAssetId(),
                value.getQuote(),
                value.getInterval(),
                value.getObservedAt().toString(),
                value.getFigures().toString());
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
