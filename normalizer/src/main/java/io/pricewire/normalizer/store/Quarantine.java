package io.pricewire.normalizer.store;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pricewire.proto.v1.ObservationRejected;
import io.pricewire.proto.v1.PriceObserved;
import io.r2dbc.spi.Readable;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The rejected observations, for those who send them through again. */
public final class Quarantine {

    private static final String FIND = """
            select rejection_id::text, event_id::text, original from rejected_observation
            where rejection_id = $1::uuid and original_type = 'application/protobuf'
              and (replayed_by is null or replayed_by = $2)""";

    private static final String ACCEPTED = """
            update rejected_observation set replayed_at = coalesce(replayed_at, now()), replayed_by = $2
            where rejection_id = $1::uuid""";

    private static final String REJECTED_AGAIN =
            "update rejected_observation set reasons = $2::jsonb where rejection_id = $1::uuid";

    private final DatabaseClient client;

    public Quarantine(DatabaseClient client) {
        this.client = client;
    }

    /** The observation; nothing where there is none, or another command has brought it in. */
    public Mono<ObservationRejected> find(String rejectionId, UUID commandId) {
        return client.sql(FIND)
                .bind(0, rejectionId)
                .bind(1, commandId)
                .map(Quarantine::rejected)
                .one();
    }

    /** Takes note of a replay: the record is in now, or these are its reasons now. */
    public Mono<Void> replayed(String rejectionId, UUID commandId, @Nullable ObservationRejected stillRejected) {
        return (stillRejected == null
                        ? client.sql(ACCEPTED).bind(0, rejectionId).bind(1, commandId)
                        : client.sql(REJECTED_AGAIN)
                                .bind(0, rejectionId)
                                .bind(1, RejectionColumns.reasons(stillRejected)))
                .then();
    }

    private static ObservationRejected rejected(Readable row) {
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
