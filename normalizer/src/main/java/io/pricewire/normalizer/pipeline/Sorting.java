package io.pricewire.normalizer.pipeline;

import com.google.protobuf.Message;
import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.Received;
import io.pricewire.eventstream.Undecodable;
import io.pricewire.normalizer.observation.Observation;
import io.pricewire.proto.Canary;
import io.pricewire.proto.Topic;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.AssetDescribed;
import io.pricewire.proto.v1.Checkpoint;
import io.pricewire.proto.v1.IngestRun;
import io.pricewire.proto.v1.NormalizerCommand;
import io.pricewire.proto.v1.ObservationRejected;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A batch sorted by what is to be done with it.
 *
 * <p>{@code records = accepted + canaries + rejected + quarantined + runs + checkpoints + descriptions + commands}: nothing is
 * dropped but what the canary's ingestor says of itself.
 */
final class Sorting {

    private static final String DESCRIBED_PREFIX = Topics.ASSETS_RAW.prefix() + ".";
    private static final String RAW_PREFIX = Topics.PRICES_RAW.prefix() + ".";

    private final Judge judge;
    private final List<Observation> accepted = new ArrayList<>();
    private final List<Observation> canaries = new ArrayList<>();
    private final List<ObservationRejected> rejected = new ArrayList<>();
    private final List<ObservationRejected> quarantined = new ArrayList<>();
    private final List<IngestRun> runs = new ArrayList<>();
    private final List<Checkpoint> checkpoints = new ArrayList<>();
    private final List<AssetDescribed> descriptions = new ArrayList<>();
    private final List<NormalizerCommand> commands = new ArrayList<>();

    private Sorting(Judge judge) {
        this.judge = judge;
    }

    static Sorting of(List<Received> batch, Judge judge) {
        Sorting sorting = new Sorting(judge);
        batch.forEach(sorting::add);
        return sorting;
    }

    /** Observations that keep every rule. */
    List<Observation> accepted() {
        return accepted;
    }

    /** Observations that keep every rule too, and are of no asset. */
    List<Observation> canaries() {
        return canaries;
    }

    /** Observations that keep every rule, of an asset or not. */
    Stream<Observation> kept() {
        return Stream.concat(accepted.stream(), canaries.stream());
    }

    /** How many observations there are, accepted or not. */
    int observations() {
        return accepted.size() + canaries.size() + rejected.size();
    }

    /** Records that were found wrong just now, and are to be published as such. */
    List<ObservationRejected> rejected() {
        return rejected;
    }

    /** Records that are published as rejected already, and are only to be kept. */
    List<ObservationRejected> quarantined() {
        return quarantined;
    }

    List<IngestRun> runs() {
        return runs;
    }

    List<Checkpoint> checkpoints() {
        return checkpoints;
    }

    /** What sources say their assets are. */
    List<AssetDescribed> descriptions() {
        return descriptions;
    }

    /** What is to be done besides. */
    List<NormalizerCommand> commands() {
        return commands;
    }

    private void add(Received received) {
        String topic = received.topic();
        if (topic.startsWith(DESCRIBED_PREFIX)) {
            add(
                    received,
                    Topics.ASSETS_RAW.of(topic.substring(DESCRIBED_PREFIX.length())),
                    Reports::isComplete,
                    descriptions::add);
        } else if (topic.equals(Topics.NORMALIZER_COMMANDS.name())) {
            add(received, Topics.NORMALIZER_COMMANDS, Reports::isComplete, commands::add);
        } else if (topic.startsWith(RAW_PREFIX)) {
            addObserved(received, topic.substring(RAW_PREFIX.length()));
        } else if (topic.equals(Topics.PRICES_REJECTED.name())) {
            add(received, Topics.PRICES_REJECTED, Reports::isComplete, quarantined::add);
        } else if (topic.equals(Topics.INGEST_RUNS.name())) {
            add(received, Topics.INGEST_RUNS, Reports::isComplete, this::addRun);
        } else {
            add(received, Topics.INGEST_CHECKPOINTS, Reports::isComplete, this::addCheckpoint);
        }
    }

    private void addObserved(Received received, String ingestor) {
        switch (judge.judge(received, Topics.PRICES_RAW.of(ingestor))) {
            case Accepted(Observation observation)
            when Canary.isCanary(observation.source()) -> canaries.add(observation);
            case Accepted(Observation observation) -> accepted.add(observation);
            case Rejected(ObservationRejected message) -> rejected.add(message);
        }
    }

    private void addRun(IngestRun run) {
        if (!Canary.isCanary(run.getIngestor())) {
            runs.add(run);
        }
    }

    private void addCheckpoint(Checkpoint checkpoint) {
        if (!Canary.isCanary(checkpoint.getIngestor())) {
            checkpoints.add(checkpoint);
        }
    }

    private <V extends Message> void add(
            Received received, Topic<V> topic, Predicate<V> isComplete, Consumer<V> destination) {
        switch (received.decode(topic)) {
            case Event<V> event when isComplete.test(event.value()) -> destination.accept(event.value());
            case Event<V> event ->
                rejected.add(judge.rejected(received, "it lacks an id or a time, or has one that is none")
                        .message());
            case Undecodable<V> undecodable ->
                rejected.add(judge.rejected(received, undecodable.reason()).message());
        }
    }
}
