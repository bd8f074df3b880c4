package io.pricewire.eventstream;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.pricewire.proto.Topic;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record as it was read, not yet decoded, so that a record which cannot be decoded is data like any other.
 *
 * @param topic the contract's name of the topic, whatever this installation calls it
 * @param partition where it stands
 * @param offset where it stands in the partition
 * @param publishedAt when it was published
 * @param key its key; empty where it has none
 * @param value its value; empty where it has none
 * @param attributes its attributes; null where they are missing or unreadable
 */
public record Received(
        String topic,
        int partition,
        long offset,
        Instant publishedAt,
        String key,
        ByteString value,
        @Nullable EventAttributes attributes) {

    /** Reads the value as what the topic carries. */
    public <V extends Message> Decoded<V> decode(Topic<V> expected) {
        if (attributes == null) {
            return new Undecodable<>("it lacks the CloudEvents headers ce_id, ce_source, ce_time");
        }
        try {
            return new Event<>(expected, key, expected.parse(value), attributes);
        } catch (InvalidProtocolBufferException e) {
            return new Undecodable<>("its value is no %s: %s".formatted(expected.eventType(), e.getMessage()));
        }
    }
}
