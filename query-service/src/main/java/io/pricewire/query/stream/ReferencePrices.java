package io.pricewire.query.stream;

import io.pricewire.eventstream.Received;
import io.pricewire.proto.Topic;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.ReferencePrice;
import io.pricewire.query.reference.KnownReference;
import io.pricewire.query.reference.LatestReferences;
import io.pricewire.query.reference.StoredReferences;
import java.util.List;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * What all sources say together: reference prices. Their topic forgets a price that was not published for a week, so what was
 * published before is read from the database, which the normalizer writes before it publishes.
 *
 * <p>So a snapshot lacks nothing. It may be ahead of its position by what is stored and not yet published, or not worth
 * publishing; where an event of it comes, it comes after the snapshot, as every event does.
 */
final class ReferencePrices extends Kind<ReferencePrice, KnownReference> {

    private final StoredReferences stored;
    private final LatestReferences latest;

    ReferencePrices(StoredReferences stored, LatestReferences latest) {
        super(Topics.PRICES_REFERENCE);
        this.stored = stored;
        this.latest = latest;
    }

    @Override
    List<Topic<?>> topics() {
        return List.of(Topics.PRICES_REFERENCE);
    }

    @Override
    Mono<Void> recall() {
        return stored.all().doOnNext(latest::put).then();
    }

    @Override
    KnownReference put(ReferencePrice message, Received received) {
        return latest.put(message);
    }

    @Override
    Supplier<List<KnownReference>> allLater() {
        List<KnownReference> all = latest.all();
        return () -> all;
    }
}
