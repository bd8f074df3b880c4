package io.pricewire.query.reference;

import io.pricewire.proto.v1.ReferencePrice;
import io.pricewire.query.json.DecimalJson;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest reference price of each asset in each quote currency, in memory. One thread puts prices in, any number read
 * them: what they get is one state, of which nothing changes under their hands.
 */
public final class LatestReferences {

    private final DecimalJson json;
    private final SortedMap<ReferenceKey, KnownReference> byKey = new TreeMap<>();
    private @Nullable List<KnownReference> all;

    public LatestReferences(DecimalJson json) {
        this.json = json;
    }

    /** Keeps a stored price: what was known of its asset and quote before is of the past. */
    public synchronized void put(ReferenceView stored) {
        keep(new KnownReference(stored, json));
    }

    /**
     * Keeps a published price. Of one asset and quote they come in the order in which they were published, so that the one
     * that comes last counts; that is so, too, where the stored one was newer, whose event is yet to come then.
     *
     * @throws RuntimeException where the message breaks its contract
     */
    public synchronized KnownReference put(ReferencePrice published) {
        KnownReference price = new KnownReference(ReferenceMessage.view(published), json);
        keep(price);
        return price;
    }

    /** All prices as they are now, by asset and quote. */
    public synchronized List<KnownReference> all() {
        List<KnownReference> current = all;
        if (current == null) {
            current = List.copyOf(byKey.values());
            all = current;
        }
        return current;
    }

    private void keep(KnownReference price) {
        byKey.put(price.key(), price);
        all = null;
    }
}
