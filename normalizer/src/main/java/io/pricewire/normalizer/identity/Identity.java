package io.pricewire.normalizer.identity;

import io.pricewire.normalizer.observation.Observation;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Decides which asset each observation is of. */
public interface Identity {

    /**
     * The canonical asset of everything that these observations are about. Every decision is stored when this completes,
     * and the asset is there.
     */
    Mono<Resolution> resolve(List<Observation> observations);

    /** Takes note of what these are by now, as somebody else has decided. */
    void correct(Map<SourceAsset, String> assets);

    /**
     * What these observations are about.
     *
     * @param assets the canonical asset of each
     * @param hasDecisions whether something was decided just now, or could have been a short time ago by somebody who was
     *     killed then
     */
    record Resolution(Map<SourceAsset, String> assets, boolean hasDecisions) {}
}
