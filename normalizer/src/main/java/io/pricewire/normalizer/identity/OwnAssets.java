package io.pricewire.normalizer.identity;

import io.pricewire.normalizer.observation.Observation;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/** Takes everything that a source names for an asset of its own, {@code source:id}: nothing is merged for want of evidence. */
public final class OwnAssets implements Identity {

    private final Clock clock;
    private final Set<SourceAsset> stored = ConcurrentHashMap.newKeySet();

    public OwnAssets(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Mono<Resolution> resolve(List<Observation> observations) {
        return Mono.fromCallable(() -> {
            Map<SourceAsset, Alias> aliases = new HashMap<>();
            for (Observation observation : observations) {
                aliases.computeIfAbsent(
                        new SourceAsset(observation.source(), observation.sourceAssetId()),
                        key -> ownAsset(key, observation));
            }
            List<Alias> fresh = aliases.values().stream()
                    .filter(alias -> !stored.contains(alias.key()))
                    .toList();
            return new Resolution(aliases, fresh);
        });
    }

    @Override
    public void stored(List<Alias> aliases) {
        aliases.forEach(alias -> stored.add(alias.key()));
    }

    private Alias ownAsset(SourceAsset key, Observation observation) {
        return new Alias(
                key,
                key.source() + ":" + key.sourceAssetId(),
                observation.symbol(),
                observation.name(),
                "own",
                clock.instant());
    }
}
