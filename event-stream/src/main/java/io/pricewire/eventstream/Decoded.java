package io.pricewire.eventstream;

import com.google.protobuf.Message;

/**
 * What came of decoding a record: the event, or why there is none in it.
 *
 * @param <V> the type that was expected
 */
public sealed interface Decoded<V extends Message> permits Event, Undecodable {}
