package io.pricewire.proto;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;

/**
 * A topic as the contract names it, and its default settings. An installation may give it another name, number of
 * partitions or retention; the contract's name stays what the code calls it by.
 *
 * @param name the contract's name: {@code prices.normalized}
 * @param prototype an empty message of the type that every record of the topic carries
 * @param partitions how many partitions it is created with, 1 to {@value #MAX_PARTITIONS}
 * @param kept how long its records are kept
 * @param <V> the type that every record of the topic carries
 */
public record Topic<V extends Message>(String name, V prototype, int partitions, Kept kept) {

    /** The most partitions that a topic may have, so that a position in all of them fits into one short text. */
    public static final int MAX_PARTITIONS = 24;

    public Topic {
        if (partitions < 1 || partitions > MAX_PARTITIONS) {
            throw new IllegalArgumentException("topic %s has %d partitions: between 1 and %d are possible"
                    .formatted(name, partitions, MAX_PARTITIONS));
        }
    }

    /** The CloudEvents type of its records: {@code pricewire.v1.PriceObserved}. */
    public String eventType() {
        return prototype.getDescriptorForType().getFullName();
    }

    /** Reads what a record of the topic carries. */
    @SuppressWarnings("unchecked") // the parser of a prototype makes messages of the prototype's class
    public V parse(ByteString value) throws InvalidProtocolBufferException {
        return (V) prototype.getParserForType().parseFrom(value);
    }
}
