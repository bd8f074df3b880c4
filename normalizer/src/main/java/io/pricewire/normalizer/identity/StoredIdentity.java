package io.pricewire.normalizer.identity;

import io.pricewire.normalizer.observation.Observation;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/** Remembers what has been decided, and has the rest decided by evidence, once for all instances. */
public final class StoredIdentity implements Identity {

    private final Aliases aliases;
    private final Map<SourceAsset, String> known = new ConcurrentHashMap<>();

    public StoredIdentity(Aliases aliases) {
        this.aliases = aliases;
    }

    @Override
    public Mono<Resolution> resolve(List<Observation> observations) {
        return Mono.defer(() -> {
            Map<SourceAsset, String> assets = new HashMap<>();
            Map<SourceAsset, Observation> unknown = new LinkedHashMap<>();
            for (Observation observation : observations) {
                SourceAsset key = new SourceAsset(observation.source(), observation.sourceAssetId());
                String asset = known.get(key);
                if (asset == null) {
                    unknown.merge(key, observation, StoredIdentity::betterDescribed);
                } else {
                    assets.put(key, asset);
                }
            }
            return unknown.isEmpty()
                    ? Mono.just(new Resolution(assets, false))
                    : aliases.decide(unknown.values()).doOnNext(known::putAll).map(decided -> {
                        assets.putAll(decided);
                        return new Resolution(assets, true);
                    });
        });
    }

    @Override
    public void correct(Map<SourceAsset, String> assets) {
        known.putAll(assets);
    }

    /** Of several the newest in dollars, in which others can be compared best. */
    private static Observation betterDescribed(Observation one, Observation other) {
        boolean isOneInDollars = Objects.equals(one.quote(), "USD");
        boolean isOtherInDollars = Objects.equals(other.quote(), "USD");
        if (isOneInDollars != isOtherInDollars) {
            return isOneInDollars ? one : other;
        }
        return Observation.BY_AGE.compare(one, other) >= 0 ? one : other;
    }
}
