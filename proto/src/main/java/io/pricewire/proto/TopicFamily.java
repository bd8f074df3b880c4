package io.pricewire.proto;

import com.google.protobuf.Message;

/**
 * Topics of one kind, one for each ingestor: {@code prices.raw.csv}, {@code prices.raw.coingecko}. Which there are is
 * not known beforehand, so that a new ingestor needs no change anywhere else.
 *
 * @param prefix the name of each without the ingestor's: {@code prices.raw}
 * @param prototype an empty message of the type that every record carries
 * @param partitions how many partitions each is created with
 * @param kept how long records are kept
 * @param <V> the type that every record carries
 */
public record TopicFamily<V extends Message>(String prefix, V prototype, int partitions, Kept kept) {

    /** The topic of one ingestor. */
    public Topic<V> of(String ingestor) {
        return new Topic<>(prefix + "." + ingestor, prototype, partitions, kept);
    }
}
