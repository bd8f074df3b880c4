package io.pricewire.query.commands;

import com.google.protobuf.Timestamp;
import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.EventAttributes;
import io.pricewire.eventstream.EventId;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.IngestCommand;
import io.pricewire.proto.v1.IngestRun;
import io.pricewire.proto.v1.RunStatus;
import io.pricewire.proto.v1.RunTrigger;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A command as events: for each ingestor the command itself, and the run that it asks for, so that who looks for the run
 * finds it before an ingestor takes it.
 *
 * @param commandId the command
 * @param requestedAt when it was given
 * @param limit the most records to publish; 0 for all
 */
record CommandEvents(UUID commandId, Instant requestedAt, int limit) {

    private static final String ORIGIN = "/pricewire/query-service";
    private static final int REVISION = 0;

    /** For one ingestor. */
    List<Event<?>> of(String ingestor, UUID runId) {
        return List.of(command(ingestor, runId.toString()), run(ingestor, runId.toString()));
    }

    private Event<IngestCommand> command(String ingestor, String runId) {
        IngestCommand command = IngestCommand.newBuilder()
                .setCommandId(commandId.toString())
                .setIngestor(ingestor)
                .setRequestedAt(timestamp())
                .setRunId(runId)
                .setLimit(limit)
                .build();
        return new Event<>(
                Topics.INGEST_COMMANDS, ingestor, command, attributes(EventId.of("command", runId), ingestor, runId));
    }

    private Event<IngestRun> run(String ingestor, String runId) {
        IngestRun run = IngestRun.newBuilder()
                .setRunId(runId)
                .setIngestor(ingestor)
                .setStatus(RunStatus.RUN_STATUS_REQUESTED)
                .setTrigger(RunTrigger.RUN_TRIGGER_COMMAND)
                .setRevision(REVISION)
                .setCommandId(commandId.toString())
                .setRequestedAt(timestamp())
                .setLimit(limit)
                .build();
        String id = EventId.of("run", runId, String.valueOf(REVISION));
        return new Event<>(Topics.INGEST_RUNS, runId, run, attributes(id, runId, runId));
    }

    /** A run is a trace. */
    private EventAttributes attributes(String id, String subject, String runId) {
        String trace = "00-%s-%016x-01".formatted(runId.replace("-", ""), REVISION + 1);
        return new EventAttributes(id, ORIGIN, requestedAt, subject, trace);
    }

    private Timestamp timestamp() {
        return Timestamp.newBuilder()
                .setSeconds(requestedAt.getEpochSecond())
                .setNanos(requestedAt.getNano())
                .build();
    }
}
