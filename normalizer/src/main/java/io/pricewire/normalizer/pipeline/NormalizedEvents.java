package io.pricewire.normalizer.pipeline;

import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.EventAttributes;
import io.pricewire.normalizer.observation.Observation;
import io.pricewire.normalizer.store.LatestKey;
import io.pricewire.normalizer.store.StoredObservation;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.ObservationRejected;
import io.pricewire.proto.v1.Price;
import io.pricewire.proto.v1.PriceObserved;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the events that the normalizer publishes. */
final class NormalizedEvents {

    static final String SOURCE = "/pricewire/normalizer";
    private static final BinaryOperator<Normalized> NEWER = BinaryOperator.maxBy(
            Comparator.comparing(normalized -> normalized.stored.observation(), Observation.BY_AGE));

    private NormalizedEvents() {}

    /**
     * A normalized price for every observation, in their order; the latest price of each key that has a new one; and the
     * rejections.
     *
     * @param newest the event id of the price that is the newest of its key now
     * @param traces continues the trace of an observation
     */
    static List<Event<?>> of(
            List<StoredObservation> observations,
            Map<LatestKey, String> newest,
            List<ObservationRejected> rejected,
            UnaryOperator<@Nullable String> traces) {
        List<Event<?>> events = new ArrayList<>(observations.size() + newest.size() + rejected.size());
        Map<LatestKey, Normalized> latest = new TreeMap<>();
        for (StoredObservation stored : observations) {
            Event<Price> event = normalized(stored, traces);
            events.add(event);
            LatestKey key = LatestKey.of(stored.observation());
            if (stored.observation().eventId().equals(newest.get(key))) {
                latest.merge(key, new Normalized(stored, event), NEWER);
            }
        }
        latest.forEach((key, normalized) -> events.add(latest(key, normalized.event)));
        rejected.forEach(message -> events.add(rejected(message)));
        return events;
    }

    /** The events, and before them those of latest prices that belong to another asset by now. */
    static List<Event<?>> withMoved(List<Event<?>> events, List<Price> moved) {
        List<Event<?>> all = new ArrayList<>();
        for (Price price : moved) {
            all.add(new Event<>(Topics.PRICES_NORMALIZED, price.getAssetId(), price, attributes(price)));
            all.add(latest(price));
        }
        all.addAll(events);
        return all;
    }

    /** The events, and before them those of latest prices. */
    static List<Event<?>> withLatest(List<Event<?>> events, List<Price> latest) {
        List<Event<?>> all = new ArrayList<>();
        latest.forEach(price -> all.add(latest(price)));
        all.addAll(events);
        return all;
    }

    /** Of these observations, what is among the events as the latest price of its key. */
    static List<Price> latestOf(List<Observation> observations, List<Event<?>> events) {
        Set<String> ids = observations.stream().map(Observation::eventId).collect(Collectors.toSet());
        return events.stream()
                .filter(event -> event.topic().equals(Topics.PRICES_LATEST))
                .map(event -> (Price) event.value())
                .filter(price -> ids.contains(price.getEventId()))
                .toList();
    }

    private static Event<Price> normalized(StoredObservation stored, UnaryOperator<@Nullable String> traces) {
        Observation observation = stored.observation();
        PriceObserved observed = observation.event().value();
        Price price = Price.newBuilder()
                .setEventId(observation.eventId())
                .setAssetId(stored.assetId())
                .setSource(observation.source())
                .setSourceAssetId(observation.sourceAssetId())
                .setSymbol(observation.symbol())
                .setName(observation.name())
                .setQuote(observation.quote())
                .setInterval(observation.interval())
                .setObservedAt(Timestamps.of(observation.observedAt()))
                .setObservedAtAssumed(observed.getObservedAtAssumed())
                .setIngestedAt(Timestamps.of(observation.ingestedAt()))
                .setStaleAfter(observed.getStaleAfter())
                .setOrigin(observed.getOrigin())
                .setRunId(observation.runId())
                .setFigures(observation.known())
                .build();
        EventAttributes attributes = observation.event().attributes();
        return new Event<>(
                Topics.PRICES_NORMALIZED,
                stored.assetId(),
                price,
                new EventAttributes(
                        attributes.id(),
                        SOURCE,
                        attributes.time(),
                        stored.assetId(),
                        traces.apply(attributes.traceparent())));
    }

    private static Event<Price> latest(Price price) {
        LatestKey key = new LatestKey(price.getSource(), price.getSourceAssetId(), price.getQuote());
        return new Event<>(Topics.PRICES_LATEST, key.toString(), price, attributes(price));
    }

    private static EventAttributes attributes(Price price) {
        Instant observedAt = Instant.ofEpochSecond(
                price.getObservedAt().getSeconds(), price.getObservedAt().getNanos());
        return new EventAttributes(price.getEventId(), SOURCE, observedAt, price.getAssetId(), null);
    }

    private static Event<Price> latest(LatestKey key, Event<Price> normalized) {
        return new Event<>(Topics.PRICES_LATEST, key.toString(), normalized.value(), normalized.attributes());
    }

    private static Event<ObservationRejected> rejected(ObservationRejected message) {
        String key = message.getSourceAssetId().isEmpty() ? message.getRejectionId() : message.getSourceAssetId();
        Instant time = Instant.ofEpochSecond(
                message.getRejectedAt().getSeconds(), message.getRejectedAt().getNanos());
        return new Event<>(
                Topics.PRICES_REJECTED,
                key,
                message,
                new EventAttributes(message.getRejectionId(), SOURCE, time, key, null));
    }

    private record Normalized(StoredObservation stored, Event<Price> event) {}
}
