package io.pricewire.eventstream;

import io.pricewire.proto.Topic;
import io.pricewire.proto.TopicFamily;
import java.util.List;

/**
 * Which topics are read.
 *
 * @param topics single ones
 * @param families all of a kind, those too that are created later
 */
public record Subscription(List<Topic<?>> topics, List<TopicFamily<?>> families) {

    public Subscription {
        topics = List.copyOf(topics);
        families = List.copyOf(families);
    }

    /** One topic. */
    public static Subscription to(Topic<?> topic) {
        return new Subscription(List.of(topic), List.of());
    }
}
