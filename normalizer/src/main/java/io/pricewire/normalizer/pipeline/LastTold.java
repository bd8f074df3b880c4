package io.pricewire.normalizer.pipeline;

import io.pricewire.normalizer.pipeline.Tellings.Version;
import io.pricewire.normalizer.store.LatestKey;
import io.pricewire.proto.v1.Price;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;

/** What was told last of each key; the keys that were told of longest ago are forgotten. Thread-safe. */
final class LastTold {

    private final int most;
    private final LinkedHashMap<LatestKey, Version> versions = new LinkedHashMap<>();

    /** @param most how many keys are remembered */
    LastTold(int most) {
        this.most = most;
    }

    /** These are told now; returns those of them that are not what was told last of their key. */
    synchronized List<Price> told(Collection<Price> prices) {
        List<Price> news = prices.stream().filter(this::isNews).toList();
        Iterator<LatestKey> keys = versions.keySet().iterator();
        while (versions.size() > most) {
            keys.next();
            keys.remove();
        }
        return news;
    }

    private boolean isNews(Price price) {
        Version version = Version.of(price);
        return !version.equals(versions.putLast(Tellings.keyOf(price), version));
    }
}
