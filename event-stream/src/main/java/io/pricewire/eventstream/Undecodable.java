package io.pricewire.eventstream;

import com.google.protobuf.Message;

/**
 * A record that holds no event of the type that its topic carries.
 *
 * @param reason what is wrong with it, for a person
 * @param <V> the type that was expected
 */
public record Undecodable<V extends Message>(String reason) implements Decoded<V> {}
