package io.pricewire.normalizer.pipeline;

import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.EventAttributes;
import io.pricewire.eventstream.EventId;
import io.pricewire.normalizer.identity.Aliases;
import io.pricewire.normalizer.identity.SourceAsset;
import io.pricewire.normalizer.observation.Observation;
import io.pricewire.normalizer.observation.Uuids;
import io.pricewire.normalizer.store.Quarantine;
import io.pricewire.normalizer.store.StoredObservation;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.DecideAlias;
import io.pricewire.proto.v1.IngestCommand;
import io.pricewire.proto.v1.NormalizerCommand;
import io.pricewire.proto.v1.ObservationRejected;
import io.pricewire.proto.v1.ReplayText;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Does what operators ask of the normalizer. Doing it again changes nothing. */
public final class Commands {

    private static final Logger log = LoggerFactory.getLogger(Commands.class);

    private final Aliases aliases;
    private final Quarantine quarantine;
    private final Clock clock;

    public Commands(Aliases aliases, Quarantine quarantine, Clock clock) {
        this.aliases = aliases;
        this.quarantine = quarantine;
        this.clock = clock;
    }

    /** Carries out the commands, up to what is to be written with their batch. */
    Mono<Executed> execute(List<NormalizerCommand> commands, Judge judge) {
        return Flux.fromIterable(commands)
                .concatMap(command -> execute(command, judge))
                .collect(Executed::new, Executed::add);
    }

    /** Takes note that what was replayed has been written. */
    Mono<Void> done(Executed executed) {
        return Flux.fromIterable(executed.outcomes)
                .concatMap(outcome -> outcome.isReplay() && outcome.asked == null && !executed.isRefused(outcome)
                        ? quarantine.replayed(outcome.rejectionId, outcome.commandId, outcome.stillRejected)
                        : Mono.empty())
                .then();
    }

    /** Takes note of what ingestors have read again from quarantine and has been written now. */
    Mono<Void> readAgain(List<StoredObservation> written) {
        return Flux.fromIterable(written)
                .map(StoredObservation::observation)
                .filter(observation -> Uuids.isUuid(observation.event().value().getReplayedRejectionId()))
                .concatMap(observation -> quarantine.readAgain(
                        observation.event().value().getReplayedRejectionId(), UUID.fromString(observation.runId())))
                .then();
    }

    private Mono<Outcome> execute(NormalizerCommand command, Judge judge) {
        UUID commandId = UUID.fromString(command.getCommandId());
        return switch (command.getActionCase()) {
            case DECIDE_ALIAS -> decide(commandId, command.getDecideAlias(), command.getRequestedBy());
            case REPLAY_REJECTION ->
                quarantine
                        .find(command.getReplayRejection().getRejectionId(), commandId)
                        .map(rejected ->
                                rejected.hasText() ? reread(commandId, rejected) : replay(commandId, rejected, judge))
                        .switchIfEmpty(Mono.fromRunnable(() -> log.warn(
                                "a replay is left out: there is nothing to judge or read again, or it is in already command_id={}",
                                commandId)));
            case ACTION_NOT_SET -> Mono.fromRunnable(() -> log.warn("a command is not known command_id={}", commandId));
        };
    }

    private Mono<Outcome> decide(UUID commandId, DecideAlias decision, String decidedBy) {
        SourceAsset key = new SourceAsset(decision.getSource(), decision.getSourceAssetId());
        return aliases.overrule(commandId, key, decision.getAssetId(), decidedBy)
                .doOnNext(found -> log.info(
                        "an operator decided command_id={} source={} source_asset_id={} asset_id={} found={}",
                        commandId,
                        key.source(),
                        key.sourceAssetId(),
                        decision.getAssetId(),
                        found))
                .map(found -> Outcome.decision(commandId));
    }

    private static Outcome replay(UUID commandId, ObservationRejected rejected, Judge judge) {
        String rejectionId = rejected.getRejectionId();
        return switch (judge.judgeAgain(rejected)) {
            case Accepted(Observation observation) -> new Outcome(commandId, rejectionId, observation, null, null);
            case Rejected(ObservationRejected again) -> new Outcome(commandId, rejectionId, null, again, null);
        };
    }

    /** Asks the ingestor that refused a text to read it again; a command that comes again asks for the same run. */
    private Outcome reread(UUID commandId, ObservationRejected rejected) {
        String rejectionId = rejected.getRejectionId();
        String ingestor = rejected.getIngestor();
        String runId = EventId.of("replay", commandId.toString(), rejectionId);
        Instant now = clock.instant();
        IngestCommand command = IngestCommand.newBuilder()
                .setCommandId(commandId.toString())
                .setIngestor(ingestor)
                .setRequestedAt(Timestamps.of(now))
                .setRunId(runId)
                .setReplay(ReplayText.newBuilder()
                        .setRejectionId(rejectionId)
                        .setText(rejected.getText())
                        .setContext(rejected.getContext())
                        .setPosition(rejected.getPosition()))
                .build();
        EventAttributes attributes =
                new EventAttributes(EventId.of("command", runId), NormalizedEvents.SOURCE, now, ingestor, null);
        return new Outcome(
                commandId, rejectionId, null, null, new Event<>(Topics.INGEST_COMMANDS, ingestor, command, attributes));
    }

    /** What the commands of a batch have come to. */
    static final class Executed {

        private final List<Outcome> outcomes = new ArrayList<>();
        private final Set<String> refused = new HashSet<>();

        /** Postgres did not take the observation of this event. */
        void refuse(String eventId) {
            refused.add(eventId);
        }

        private boolean isRefused(Outcome outcome) {
            return outcome.accepted != null && refused.contains(outcome.accepted.eventId());
        }

        void add(Outcome outcome) {
            outcomes.add(outcome);
        }

        boolean hasDecisions() {
            return outcomes.stream().anyMatch(outcome -> !outcome.isReplay());
        }

        /** What keeps every rule by now. */
        List<Observation> replayed() {
            List<Observation> accepted = new ArrayList<>();
            for (Outcome outcome : outcomes) {
                if (outcome.accepted != null) {
                    accepted.add(outcome.accepted);
                }
            }
            return accepted;
        }

        /** The events, and those that ask ingestors to read again. */
        List<Event<?>> withAsked(List<Event<?>> events) {
            List<Event<?>> all = new ArrayList<>(events);
            for (Outcome outcome : outcomes) {
                if (outcome.asked != null) {
                    all.add(outcome.asked);
                }
            }
            return all;
        }
    }

    /**
     * What one command has come to.
     *
     * @param rejectionId what was replayed; empty where nothing was
     * @param accepted what keeps every rule by now; null where it does not
     * @param stillRejected what still does not, with the reasons of now; null where it does
     * @param asked what an ingestor is asked to read again; null where nothing is
     */
    record Outcome(
            UUID commandId,
            String rejectionId,
            @Nullable Observation accepted,
            @Nullable ObservationRejected stillRejected,
            @Nullable Event<IngestCommand> asked) {

        static Outcome decision(UUID commandId) {
            return new Outcome(commandId, "", null, null, null);
        }

        boolean isReplay() {
            return !rejectionId.isEmpty();
        }
    }
}
