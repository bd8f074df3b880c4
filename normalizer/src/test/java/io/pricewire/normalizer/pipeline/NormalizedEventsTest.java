package io.pricewire.normalizer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.eventstream.Event;
import io.pricewire.normalizer.Observed;
import io.pricewire.normalizer.observation.Candidate;
import io.pricewire.normalizer.observation.Observation;
import io.pricewire.normalizer.store.LatestKey;
import io.pricewire.normalizer.store.StoredObservation;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.ObservationRejected;
import io.pricewire.proto.v1.Price;
import io.pricewire.proto.v1.PriceObserved;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class NormalizedEventsTest {

    private static final StoredObservation OLDER = stored(Observed.at("1", Observed.TIME));
    private static final StoredObservation NEWER = stored(Observed.at("2", Observed.TIME.plusSeconds(1)));
    private static final LatestKey KEY = LatestKey.of(OLDER.observation());

    @Test
    void publishesEveryObservationUnderItsAsset() {
        List<Event<?>> events =
                NormalizedEvents.of(List.of(OLDER, NEWER), Map.of(), List.of(), UnaryOperator.identity());

        assertThat(events).hasSize(2).allSatisfy(event -> {
            assertThat(event.topic()).isEqualTo(Topics.PRICES_NORMALIZED);
            assertThat(event.key()).isEqualTo("asset");
        });
    }

    @Test
    void keepsTheIdOfTheObservation() {
        Event<?> event = NormalizedEvents.of(List.of(OLDER), Map.of(), List.of(), UnaryOperator.identity())
                .getFirst();

        assertThat(event.attributes().id()).isEqualTo(OLDER.observation().eventId());
        assertThat(((Price) event.value()).getEventId())
                .isEqualTo(OLDER.observation().eventId());
    }

    @Test
    void publishesAsTheLatestOnlyWhatIsTheNewestOfAll() {
        Map<LatestKey, String> newest = Map.of(KEY, NEWER.observation().eventId());

        List<Event<?>> events = NormalizedEvents.of(List.of(NEWER, OLDER), newest, List.of(), UnaryOperator.identity());

        assertThat(events)
                .filteredOn(event -> event.topic().equals(Topics.PRICES_LATEST))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.key()).isEqualTo("coingecko|bitcoin|USD");
                    assertThat(event.attributes().id())
                            .isEqualTo(NEWER.observation().eventId());
                });
    }

    @Test
    void publishesOneLatestPriceOfRepeats() {
        Map<LatestKey, String> newest = Map.of(KEY, OLDER.observation().eventId());

        List<Event<?>> events = NormalizedEvents.of(List.of(OLDER, OLDER), newest, List.of(), UnaryOperator.identity());

        assertThat(events)
                .extracting(event -> event.topic().name())
                .containsExactly("prices.normalized", "prices.normalized", "prices.latest");
    }

    @Test
    void publishesRejectionsUnderTheirOwnId() {
        ObservationRejected rejected = ObservationRejected.newBuilder()
                .setRejectionId(Observed.RUN)
                .setRejectedAt(Observed.timestamp(Observed.TIME))
                .build();

        Event<?> event = NormalizedEvents.of(List.of(), Map.of(), List.of(rejected), UnaryOperator.identity())
                .getFirst();

        assertThat(event.topic()).isEqualTo(Topics.PRICES_REJECTED);
        assertThat(event.attributes().id()).isEqualTo(Observed.RUN);
    }

    private static StoredObservation stored(PriceObserved.Builder observed) {
        Observation observation = Candidate.of(Observed.event("test", observed)).toObservation();
        return new StoredObservation(observation, "asset");
    }
}
