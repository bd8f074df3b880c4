package io.pricewire.eventstream;

import com.google.protobuf.Message;
import io.pricewire.proto.Topic;

/**
 * One event of a topic.
 *
 * @param topic where it is published
 * @param key what decides the order: events of one topic and key are read in the order in which they were published
 * @param value the message
 * @param attributes what is said of it besides its value
 * @param <V> the type that the topic carries
 */
public record Event<V extends Message>(Topic<V> topic, String key, V value, EventAttributes attributes)
        implements Decoded<V> {}
