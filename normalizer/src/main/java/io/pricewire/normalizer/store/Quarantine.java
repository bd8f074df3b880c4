package io.pricewire.normalizer.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pricewire.proto.v1.ObservationRejected;
import io.pricewire.proto.v1.PriceObserved;
import io.pricewire.proto.v1.RecordPosition;
import io.r2dbc.spi.Readable;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The rejected records that can be sent through again: observations, and texts that their ingestor can read again. */
public final class Quarantine {

    private static final String TEXT = "text/plain";

    /** What fits into a command to the ingestor that is to read it again. */
    private static final int LARGEST = 512 * 1024;

    private static final String FIND = """
            select rejection_id::text, event_id::text, original, original_type, ingestor, context, file, line
            from rejected_observation
            where rejection_id = $1::uuid
              and (original_type = 'application/protobuf'
                or original_type = 'text/plain' and ingestor is not null and context is not null)
              and length(original) <= %d
              and (replayed_by is null or replayed_by = $2)""".formatted(LARGEST);

    private static final String ACCEPTED = """
            update rejected_observation set replayed_at = coalesce(replayed_at, now()), replayed_by = $2
            where rejection_id = $1::uuid""";

    private static final String READ_AGAIN = """
            update rejected_observation r set replayed_at = now(), replayed_by = a.run_id
            from unnest($1::uuid[], $2::uuid[]) as a (rejection_id, run_id)
            where r.rejection_id = a.rejection_id and r.replayed_at is null""";

    private static final String REJECTED_AGAIN =
            "update rejected_observation set reasons = $2::jsonb where rejection_id = $1::uuid";

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final DatabaseClient client;

    public Quarantine(DatabaseClient client) {
        this.client = client;
    }

    /** The record; nothing where there is none, or another command has brought it in. */
    public Mono<ObservationRejected> find(String rejectionId, UUID commandId) {
        return client.sql(FIND)
                .bind(0, rejectionId)
                .bind(1, commandId)
                .map(Quarantine::rejected)
                .one()
                .timeout(TIMEOUT)
                .retryWhen(SqlStates.whilePassing());
    }

    /** Takes note of a replay: the record is in now, or these are its reasons now. */
    public Mono<Void> replayed(String rejectionId, UUID commandId, @Nullable ObservationRejected stillRejected) {
        return (stillRejected == null
                        ? client.sql(ACCEPTED).bind(0, rejectionId).bind(1, commandId)
                        : client.sql(REJECTED_AGAIN)
                                .bind(0, rejectionId)
                                .bind(1, RejectionColumns.reasons(stillRejected)))
                .then()
                .timeout(TIMEOUT)
                .retryWhen(SqlStates.whilePassing());
    }

    /**
     * Takes note that what runs read again is in now; the first one counts.
     *
     * @param runs the run that has read it, by rejection
     */
    public Mono<Void> readAgain(SortedMap<UUID, UUID> runs) {
        return runs.isEmpty()
                ? Mono.empty()
                : client.sql(READ_AGAIN)
                        .bind(0, runs.keySet().toArray(UUID[]::new))
                        .bind(1, runs.values().toArray(UUID[]::new))
                        .then()
                        .timeout(TIMEOUT)
                        .retryWhen(SqlStates.whilePassing());
    }

    private static ObservationRejected rejected(Readable row) {
        return TEXT.equals(row.get("original_type", String.class)) ? text(row) : observation(row);
    }

    private static ObservationRejected text(Readable row) {
        String file = row.get("file", String.class);
        Long line = row.get("line", Long.class);
        return ObservationRejected.newBuilder()
                .setRejectionId(requireNonNull(row.get("rejection_id", String.class)))
                .setIngestor(requireNonNull(row.get("ingestor", String.class)))
                .setContext(requireNonNull(row.get("context", String.class)))
                .setPosition(RecordPosition.newBuilder()
                        .setFile(file == null ? "" : file)
                        .setLine(line == null ? 0 : line))
                .setText(UTF_8.decode(requireNonNull(row.get("original", ByteBuffer.class)))
                        .toString())
                .build();
    }

    private static ObservationRejected observation(Readable row) {
        String eventId = row.get("event_id", String.class);
        try {
            return ObservationRejected.newBuilder()
                    .setRejectionId(requireNonNull(row.get("rejection_id", String.class)))
                    .setEventId(eventId == null ? "" : eventId)
                    .setObservation(PriceObserved.parseFrom(requireNonNull(row.get("original", ByteBuffer.class))))
                    .build();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a rejected observation cannot be decoded", e);
        }
    }
}
