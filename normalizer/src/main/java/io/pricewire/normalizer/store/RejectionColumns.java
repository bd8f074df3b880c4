package io.pricewire.normalizer.store;

import io.pricewire.proto.v1.ObservationRejected;
import io.pricewire.proto.v1.RecordPosition;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A rejected record, column by column. */
final class RejectionColumns {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST_CHARACTERS = 200;

    static final List<Column<ObservationRejected>> ALL = List.of(
            Column.uuid("rejection_id", ObservationRejected::getRejectionId),
            Column.text("source", rejected -> beginning(rejected.getSource())),
            Column.text("source_asset_id", rejected -> beginning(rejected.getSourceAssetId())),
            new Column<>("reasons", "jsonb", String.class, RejectionColumns::reasons),
            Column.text("original", rejected -> Base64.getEncoder().encodeToString(original(rejected))),
            Column.text("original_type", RejectionColumns::originalType),
            Column.text(
                    "topic",
                    rejected -> RunColumns.emptyToNull(rejected.getPosition().getTopic())),
            new Column<>("partition", "integer", Integer.class, inTopic(RecordPosition::getPartition)),
            new Column<>("\"offset\"", "bigint", Long.class, inTopic(RecordPosition::getOffset)),
            Column.text(
                    "file",
                    rejected -> RunColumns.emptyToNull(rejected.getPosition().getFile())),
            new Column<>("line", "bigint", Long.class, RejectionColumns::line),
            Column.uuid("run_id", rejected -> RunColumns.emptyToNull(rejected.getRunId())),
            Column.uuid("event_id", rejected -> RunColumns.emptyToNull(rejected.getEventId())),
            Column.text("ingestor", rejected -> RunColumns.emptyToNull(rejected.getIngestor())),
            Column.text("context", rejected -> RunColumns.emptyToNull(rejected.getContext())),
            Tables.time("rejected_at", rejected -> RunColumns.instant(rejected.getRejectedAt())));

    private RejectionColumns() {}

    private static Function<ObservationRejected, @Nullable Object> inTopic(Function<RecordPosition, Object> field) {
        return rejected -> rejected.getPosition().getTopic().isEmpty() ? null : field.apply(rejected.getPosition());
    }

    /** An index takes no long texts; the whole of it is in the original. */
    private static String beginning(String text) {
        return text.substring(0, Math.min(text.length(), MOST_CHARACTERS));
    }

    private static @Nullable Object line(ObservationRejected rejected) {
        long line = rejected.getPosition().getLine();
        return line == 0 ? null : line;
    }

    static String reasons(ObservationRejected rejected) {
        return JSON.writeValueAsString(rejected.getReasonsList().stream()
                .map(reason -> Map.of(
                        "code", Column.keepable(reason.getCode()), "detail", Column.keepable(reason.getDetail())))
                .toList());
    }

    private static byte[] original(ObservationRejected rejected) {
        return switch (rejected.getOriginalCase()) {
            case OBSERVATION -> rejected.getObservation().toByteArray();
            case TEXT -> rejected.getText().getBytes(StandardCharsets.UTF_8);
            case BYTES -> rejected.getBytes().toByteArray();
            case ORIGINAL_NOT_SET -> new byte[0];
        };
    }

    private static String originalType(ObservationRejected rejected) {
        return switch (rejected.getOriginalCase()) {
            case OBSERVATION -> "application/protobuf";
            case TEXT -> "text/plain";
            case BYTES, ORIGINAL_NOT_SET -> "application/octet-stream";
        };
    }
}
