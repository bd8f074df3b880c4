package io.pricewire.normalizer.store;

import com.google.protobuf.Timestamp;
import io.pricewire.proto.v1.IngestRun;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What an ingestor says of a run, column by column. */
final class RunColumns {

    private static final JsonMapper JSON = JsonMapper.shared();

    static final List<Column<IngestRun>> ALL = List.of(
            Column.uuid("run_id", IngestRun::getRunId),
            Column.text("ingestor", IngestRun::getIngestor),
            Column.text("status", run -> code(run.getStatus().name(), "RUN_STATUS_")),
            Column.text("trigger", run -> code(run.getTrigger().name(), "RUN_TRIGGER_")),
            Tables.time("started_at", run -> run.hasStartedAt() ? instant(run.getStartedAt()) : null),
            Tables.time("finished_at", run -> run.hasFinishedAt() ? instant(run.getFinishedAt()) : null),
            count("seen", IngestRun::getSeen),
            count("published", IngestRun::getPublished),
            count("unchanged", IngestRun::getUnchanged),
            count("refused", IngestRun::getRefused),
            count("calls", IngestRun::getCalls),
            count("retries", IngestRun::getRetries),
            Column.text("error", run -> emptyToNull(run.getError())),
            Column.uuid("joined_run_id", run -> emptyToNull(run.getJoinedRunId())),
            Column.text("file", run -> emptyToNull(run.getFile())),
            count("size", IngestRun::getSize),
            count("progress", IngestRun::getProgress),
            new Column<>("ends", "jsonb", String.class, RunColumns::ends),
            count("revision", IngestRun::getRevision),
            Column.uuid("command_id", run -> emptyToNull(run.getCommandId())),
            Tables.time("requested_at", run -> run.hasRequestedAt() ? instant(run.getRequestedAt()) : null),
            Tables.time("next_run_at", run -> run.hasNextRunAt() ? instant(run.getNextRunAt()) : null),
            new Column<>("budget_left", "bigint", Long.class, run -> run.hasBudgetLeft() ? run.getBudgetLeft() : null));

    private RunColumns() {}

    static Instant instant(Timestamp timestamp) {
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }

    static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static Column<IngestRun> count(String name, ToLongFunction<IngestRun> value) {
        return new Column<>(name, "bigint", Long.class, value::applyAsLong);
    }

    /** {@code RUN_STATUS_SUCCESS} is {@code success} in tables and in the API. */
    private static String code(String name, String prefix) {
        return name.substring(prefix.length()).toLowerCase(Locale.ROOT);
    }

    private static String ends(IngestRun run) {
        return JSON.writeValueAsString(run.getEndsList().stream()
                .map(end -> Map.of(
                        "topic",
                        Column.keepable(end.getTopic()),
                        "partition",
                        end.getPartition(),
                        "offset",
                        end.getOffset()))
                .toList());
    }
}
