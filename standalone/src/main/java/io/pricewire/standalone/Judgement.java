package io.pricewire.standalone;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.EventPreview;
import io.pricewire.ingestor.Figure;
import io.pricewire.ingestor.ObservedPrice;
import io.pricewire.ingestor.Refusal;
import io.pricewire.normalizer.observation.Candidate;
import io.pricewire.normalizer.observation.Observation;
import io.pricewire.normalizer.observation.Reason;
import io.pricewire.normalizer.validation.Rules;
import io.pricewire.normalizer.validation.ValidationSettings;
import io.pricewire.service.PricewireService;
import io.pricewire.service.ServiceLauncher;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;

/** Judges prices by the normalizer's rules, without a normalizer. */
final class Judgement {

    private final EventPreview events = new EventPreview();
    private final Rules rules;
    private final Clock clock;

    Judgement(ValidationSettings settings, Clock clock) {
        this.rules = new Rules(settings, clock);
        this.clock = clock;
    }

    /** One that draws its lines where the normalizer's settings do. */
    static Judgement asConfigured() {
        try (ConfigurableApplicationContext context = ServiceLauncher.application(OfTheNormalizer.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .logStartupInfo(false)
                // There is no database here, whose health the normalizer's readiness would ask for.
                .run("--management.endpoint.health.validate-group-membership=false")) {
            return new Judgement(context.getBean(ValidationSettings.class), Clock.systemUTC());
        }
    }

    /** The batch as the normalizer would keep it: what it would reject is refused, and what it takes for unknown is left out. */
    Batch of(Batch batch) {
        List<ObservedPrice> accepted = new ArrayList<>();
        List<Refusal> refused = new ArrayList<>(batch.refused());
        for (ObservedPrice price : batch.observed()) {
            Candidate candidate = Candidate.of(events.of(price, clock.instant()));
            List<Reason> broken = rules.broken(candidate);
            if (broken.isEmpty()) {
                accepted.add(kept(price, candidate.toObservation()));
            } else {
                refused.add(refusal(price, broken));
            }
        }
        return new Batch(accepted, refused, batch.position(), batch.progress(), batch.size());
    }

    private static ObservedPrice kept(ObservedPrice price, Observation observation) {
        Map<Figure, BigDecimal> known = new EnumMap<>(Figure.class);
        price.figures().forEach((figure, number) -> {
            if (figure == Figure.RANK || isKnown(figure, observation)) {
                known.put(figure, number);
            }
        });
        return new ObservedPrice(
                price.source(),
                price.sourceAssetId(),
                observation.symbol(),
                price.name(),
                price.quote(),
                price.interval(),
                observation.observedAt(),
                price.observedAtAssumed(),
                price.ingestedAt(),
                known,
                price.payload(),
                price.payloadType());
    }

    private static boolean isKnown(Figure figure, Observation observation) {
        return observation.figures().containsKey(io.pricewire.normalizer.observation.Figure.valueOf(figure.name()));
    }

    private static Refusal refusal(ObservedPrice price, List<Reason> broken) {
        return new Refusal(
                price.source(),
                price.sourceAssetId(),
                price.payload(),
                0,
                broken.stream()
                        .map(reason -> new Refusal.Reason(reason.code(), reason.detail()))
                        .toList());
    }

    /** Reads the settings of the rules, and nothing else of the normalizer's. */
    @PricewireService(name = "normalizer")
    @EnableConfigurationProperties(ValidationSettings.class)
    static class OfTheNormalizer {}
}
