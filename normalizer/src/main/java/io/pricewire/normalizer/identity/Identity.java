package io.pricewire.normalizer.identity;

import static java.util.Objects.requireNonNull;

import io.pricewire.normalizer.observation.Observation;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Decides which asset each observation is of. */
public interface Identity {

    /** The alias of everything that these observations are about. */
    Mono<Resolution> resolve(List<Observation> observations);

    /** Takes note that these aliases are stored. */
    void stored(List<Alias> aliases);

    /**
     * What was decided.
     *
     * @param aliases of every observation
     * @param fresh those of them that are to be stored
     */
    record Resolution(Map<SourceAsset, Alias> aliases, List<Alias> fresh) {

        /** The canonical asset; the source asset is one of those that were asked for. */
        public String assetId(SourceAsset asset) {
            return requireNonNull(aliases.get(asset)).assetId();
        }
    }
}
