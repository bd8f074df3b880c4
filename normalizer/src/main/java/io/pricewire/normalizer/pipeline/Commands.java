package io.pricewire.normalizer.pipeline;

import io.pricewire.normalizer.identity.Aliases;
import io.pricewire.normalizer.identity.SourceAsset;
import io.pricewire.normalizer.observation.Observation;
import io.pricewire.normalizer.store.Quarantine;
import io.pricewire.proto.v1.DecideAlias;
import io.pricewire.proto.v1.NormalizerCommand;
import io.pricewire.proto.v1.ObservationRejected;
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

    public Commands(Aliases aliases, Quarantine quarantine) {
        this.aliases = aliases;
        this.quarantine = quarantine;
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
                .concatMap(outcome -> outcome.isReplay() && !executed.isRefused(outcome)
                        ? quarantine.replayed(outcome.rejectionId, outcome.commandId, outcome.stillRejected)
                        : Mono.empty())
                .then();
    }

    private Mono<Outcome> execute(NormalizerCommand command, Judge judge) {
        UUID commandId = UUID.fromString(command.getCommandId());
        return switch (command.getActionCase()) {
            case DECIDE_ALIAS -> decide(commandId, command.getDecideAlias(), command.getRequestedBy());
            case REPLAY_REJECTION ->
                quarantine
                        .find(command.getReplayRejection().getRejectionId(), commandId)
                        .map(rejected -> replay(commandId, rejected, judge))
                        .switchIfEmpty(Mono.fromRunnable(() -> log.warn(
                                "a replay is left out: there is no such observation, or it was replayed command_id={}",
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
            case Accepted(Observation observation) -> new Outcome(commandId, rejectionId, observation, null);
            case Rejected(ObservationRejected again) -> new Outcome(commandId, rejectionId, null, again);
        };
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
    }

    /**
     * What one command has come to.
     *
     * @param rejectionId what was replayed; empty where nothing was
     * @param accepted what keeps every rule by now; null where it does not
     * @param stillRejected what still does not, with the reasons of now; null where it does
     */
    record Outcome(
            UUID commandId,
            String rejectionId,
            @Nullable Observation accepted,
            @Nullable ObservationRejected stillRejected) {

        static Outcome decision(UUID commandId) {
            return new Outcome(commandId, "", null, null);
        }

        boolean isReplay() {
            return !rejectionId.isEmpty();
        }
    }
}
