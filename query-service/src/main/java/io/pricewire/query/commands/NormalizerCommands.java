package io.pricewire.query.commands;

import com.google.protobuf.Timestamp;
import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.EventAttributes;
import io.pricewire.eventstream.EventId;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.DecideAlias;
import io.pricewire.proto.v1.NormalizerCommand;
import io.pricewire.proto.v1.ReplayRejection;
import java.time.Instant;
import java.util.UUID;

/**
 * What the normalizer is asked to do, as events.
 *
 * @param requestedAt when it was asked
 * @param requestedBy who asks
 */
record NormalizerCommands(Instant requestedAt, String requestedBy) {

    private static final String ORIGIN = "/pricewire/query-service";

    /** To take what a source names for an asset. */
    Event<?> decide(UUID commandId, String source, String sourceAssetId, String assetId) {
        return event(
                source + "|" + sourceAssetId,
                command(commandId)
                        .setDecideAlias(DecideAlias.newBuilder()
                                .setSource(source)
                                .setSourceAssetId(sourceAssetId)
                                .setAssetId(assetId))
                        .build());
    }

    /** To send a rejected record through the rules again. */
    Event<?> replay(UUID commandId, UUID rejectionId) {
        return event(
                rejectionId.toString(),
                command(commandId)
                        .setReplayRejection(ReplayRejection.newBuilder().setRejectionId(rejectionId.toString()))
                        .build());
    }

    private NormalizerCommand.Builder command(UUID commandId) {
        return NormalizerCommand.newBuilder()
                .setCommandId(commandId.toString())
                .setRequestedBy(requestedBy)
                .setRequestedAt(Timestamp.newBuilder()
                        .setSeconds(requestedAt.getEpochSecond())
                        .setNanos(requestedAt.getNano()));
    }

    private Event<?> event(String key, NormalizerCommand command) {
        EventAttributes attributes =
                new EventAttributes(EventId.of("command", command.getCommandId(), key), ORIGIN, requestedAt, key, null);
        return new Event<>(Topics.NORMALIZER_COMMANDS, key, command, attributes);
    }
}
