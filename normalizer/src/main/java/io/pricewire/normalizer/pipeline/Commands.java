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
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
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
        return Flux.fromStream(executed.settled())
                .concatMap(outcome ->
                        quarantine.replayed(outcome.rejectionId(), outcome.commandId(), outcome.stillRejected()))
                .then();
    }

    /** Takes note of what ingestors have read again from quarantine and has been written now. */
    Mono<Void> readAgain(List<StoredObservation> written) {
        SortedMap<UUID, UUID> runs = new TreeMap<>();
        for (StoredObservation stored : written) {
            Observation observation = stored.observation();
            String rejectionId = observation.event().value().getReplayedRejectionId();
            if (Uuids.isUuid(rejectionId)) {
                runs.putIfAbsent(UUID.fromString(rejectionId), UUID.fromString(observation.runId()));
            }
        }
        return quarantine.readAgain(runs);
    }

    private Mono<Outcome> execute(NormalizerCommand command, Judge judge) {
        UUID commandId = UUID.fromString(command.getCommandId());
        return switch (command.getActionCase()) {
            case DECIDE_ALIAS -> decide(commandId, command.getDecideAlias(), command.getRequestedBy());
            case REPLAY_REJECTION ->
                quarantine
                        .find(command.getReplayRejection().getRejectionId(), commandId)
                        .map(rejected -> rejected.hasText()
                                ? Outcome.asked(commandId, rejected.getRejectionId(), reread(commandId, rejected))
                                : Outcome.judged(commandId, rejected.getRejectionId(), judge.judgeAgain(rejected)))
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

    /** Asks the ingestor that refused a text to read it again; a command that comes again asks for the same run. */
    private Event<IngestCommand> reread(UUID commandId, ObservationRejected rejected) {
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
        return new Event<>(Topics.INGEST_COMMANDS, ingestor, command, attributes);
    }
}
