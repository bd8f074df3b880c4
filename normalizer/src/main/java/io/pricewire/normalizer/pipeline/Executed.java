package io.pricewire.normalizer.pipeline;

import io.pricewire.eventstream.Event;
import io.pricewire.normalizer.observation.Observation;
import io.pricewire.proto.Canary;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the commands of a batch have come to. */
final class Executed {

    private final List<Outcome> outcomes = new ArrayList<>();
    private final Set<String> refused = new HashSet<>();

    void add(Outcome outcome) {
        outcomes.add(outcome);
    }

    /** Postgres did not take the observation of this event. */
    void refuse(String eventId) {
        refused.add(eventId);
    }

    boolean hasDecisions() {
        return outcomes.stream().anyMatch(Outcome::isDecision);
    }

    /** What keeps every rule by now and is a price: a canary that comes late shows nothing, and is of no asset. */
    List<Observation> replayed() {
        return outcomes.stream()
                .flatMap(outcome -> Stream.ofNullable(outcome.accepted()))
                .filter(observation -> !Canary.isCanary(observation.source()))
                .toList();
    }

    /** Of what was replayed, what is to be noted: that it is in now, or the reasons of now why it is not. */
    Stream<Outcome> settled() {
        return outcomes.stream().filter(Outcome::isJudged).filter(outcome -> !isRefused(outcome));
    }

    /** The events, and those that ask ingestors to read again. */
    List<Event<?>> withAsked(List<Event<?>> events) {
        List<Event<?>> all = new ArrayList<>(events);
        outcomes.stream().flatMap(outcome -> Stream.ofNullable(outcome.asked())).forEach(all::add);
        return all;
    }

    private boolean isRefused(Outcome outcome) {
        return outcome.accepted() != null && refused.contains(outcome.accepted().eventId());
    }
}
