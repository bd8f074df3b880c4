package io.pricewire.query.rejected;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A record in quarantine.
 *
 * @param source empty where that could not be read
 * @param sourceAssetId empty where that could not be read
 * @param reasons every rule that it broke
 * @param original how the record begins: as it is where it is text, else in base64
 * @param originalType what it is: {@code application/protobuf}, {@code text/plain}, {@code application/octet-stream}
 * @param originalSize of how many bytes the whole of it is
 * @param topic the topic in which it stood; null for a record that an ingestor could not read
 * @param file the file in which it stood; null where there is none
 * @param line the line at which it starts in the file, from 1
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record RejectionView(
        UUID rejectionId,
        String source,
        String sourceAssetId,
        List<Reason> reasons,
        String original,
        String originalType,
        long originalSize,
        @Nullable String topic,
        @Nullable Integer partition,
        @Nullable Long offset,
        @Nullable String file,
        @Nullable Long line,
        @Nullable UUID runId,
        Instant rejectedAt) {

    /**
     * A rule that a record broke.
     *
     * @param code stable, for programs
     * @param detail what was found and what is accepted, for a person
     */
    public record Reason(String code, String detail) {}
}
