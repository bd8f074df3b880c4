package io.pricewire.query.commands;

import com.google.protobuf.Timestamp;
import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.EventAttributes;
import io.pricewire.eventstream.EventId;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.BackfillRange;
import io.pricewire.proto.v1.IngestCommand;
import io.pricewire.proto.v1.IngestRun;
import io.pricewire.proto.v1.RunStatus;
import io.pricewire.proto.v1.RunTrigger;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A command as events: for each ingestor the command itself, and the run that it asks for, so that who looks for the run
 * finds it before an ingestor takes it.
 *
 * @param commandId the command
 * @param requestedAt when it was given
 * @param limit the most records to publish; 0 for all
 * @param past what is to be read of the past; null where what there is now is to be read
 */
record CommandEvents(
        UUID commandId,
        Instant requestedAt,
        int limit,
        @Nullable WantedPast past) {

    private static final String ORIGIN = "/pricewire/query-service";
    private static final int REVISION = 0;

    /**
     * For one ingestor.
     *
     * @param assets what its source calls the asset whose past is to be read; empty where what there is now is to be read
     */
    List<Event<?>> of(String ingestor, UUID runId, List<String> assets) {
        return List.of(command(ingestor, runId.toString(), assets), run(ingestor, runId.toString()));
    }

    private Event<IngestCommand> command(String ingestor, String runId, List<String> assets) {
        IngestCommand.Builder command = IngestCommand.newBuilder()
                .setCommandId(commandId.toString())
                .setIngestor(ingestor)
                .setRequestedAt(timestamp(requestedAt))
                .setRunId(runId)
                .setLimit(limit);
        if (past != null) {
            command.setBackfill(BackfillRange.newBuilder()
                    .addAllSourceAssetIds(assets)
                    .setFrom(timestamp(past.from()))
                    .setBefore(timestamp(past.before())));
        }
        return new Event<>(
                Topics.INGEST_COMMANDS,
                ingestor,
                command.build(),
                attributes(EventId.of("command", runId), ingestor, runId));
    }

    private Event<IngestRun> run(String ingestor, String runId) {
        IngestRun run = IngestRun.newBuilder()
                .setRunId(runId)
                .setIngestor(ingestor)
                .setStatus(RunStatus.RUN_STATUS_REQUESTED)
                .setTrigger(past == null ? RunTrigger.RUN_TRIGGER_COMMAND : RunTrigger.RUN_TRIGGER_BACKFILL)
                .setRevision(REVISION)
                .setCommandId(commandId.toString())
                .setRequestedAt(timestamp(requestedAt))
                .setLimit(limit)
                .build();
        String id = EventId.of("run", runId, String.valueOf(REVISION));
        return new Event<>(Topics.INGEST_RUNS, runId, run, attributes(id, runId, runId));
    }

    /** A run is a trace, of which nothing is recorded here. */
    private EventAttributes attributes(String id, String subject, String runId) {
        String trace = "00-%s-%016x-00".formatted(runId.replace("-", ""), REVISION + 1);
        return new EventAttributes(id, ORIGIN, requestedAt, subject, trace);
    }

    private static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }
}
