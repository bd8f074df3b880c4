package io.pricewire.ingestor;

import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.EventId;
import io.pricewire.eventstream.Received;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.Figures;
import io.pricewire.proto.v1.PriceObserved;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What was published of each asset with the newest time of observation, no longer ago than the heartbeat. What has not changed since is not published
 * again, until it is older than that. It belongs to one leader, who takes what others published from the topic itself, so
 * that nothing is left out that was not published in fact. Used by one run at a time.
 */
final class LastPublished {

    private final Duration heartbeat;
    private final Map<Key, Said> byKey = new HashMap<>();

    LastPublished(Duration heartbeat) {
        this.heartbeat = heartbeat;
    }

    /** Takes a record that was published before. */
    void add(Received received) {
        if (received.decode(Topics.PRICES_RAW.of(ingestorOf(received))) instanceof Event<PriceObserved> event
                && event.value().getReplayedRejectionId().isEmpty()) {
            PriceObserved price = event.value();
            // Within a partition, and so for each asset, records come in the order in which they were published.
            put(
                    new Key(price.getSource(), price.getSourceAssetId(), price.getQuote()),
                    new Said(
                            fingerprint(price.getSymbol(), price.getName(), price.getFigures()),
                            Instant.ofEpochSecond(
                                    price.getObservedAt().getSeconds(),
                                    price.getObservedAt().getNanos()),
                            received.publishedAt()));
        }
    }

    /** The batch without what would only say again what was said last; what is left in it counts as published now. */
    Batch withoutUnchanged(Batch batch, Instant now) {
        return batch.only(price -> isNew(price, now));
    }

    /** Forgets what is older than the heartbeat, and would be published in any case. */
    void forgetOld(Instant now) {
        byKey.values().removeIf(said -> isOld(said, now));
    }

    private boolean isNew(ObservedPrice price, Instant now) {
        Key key = new Key(price.source(), price.sourceAssetId(), price.quote());
        Said said = new Said(
                fingerprint(price.symbol(), price.name(), FigureFields.toMessage(price.figures())),
                price.observedAt(),
                now);
        Said before = byKey.get(key);
        if (before != null && before.fingerprint().equals(said.fingerprint()) && !isOld(before, now)) {
            return false;
        }
        put(key, said);
        return true;
    }

    /** What is older than what was said last is no news of how things are now. */
    private void put(Key key, Said said) {
        Said before = byKey.get(key);
        if (before == null
                || isOld(before, said.publishedAt())
                || !said.observedAt().isBefore(before.observedAt())) {
            byKey.put(key, said);
        }
    }

    private boolean isOld(Said said, Instant now) {
        return !said.publishedAt().plus(heartbeat).isAfter(now);
    }

    private static String fingerprint(String symbol, String name, Figures figures) {
        return EventId.of(symbol, name, figures.toByteString().toString(StandardCharsets.ISO_8859_1));
    }

    private static String ingestorOf(Received received) {
        return received.topic().substring(Topics.PRICES_RAW.prefix().length() + 1);
    }

    private record Key(String source, String sourceAssetId, String quote) {}

    private record Said(String fingerprint, Instant observedAt, Instant publishedAt) {}
}
