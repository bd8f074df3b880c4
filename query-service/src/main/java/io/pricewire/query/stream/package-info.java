/** Prices as they come: one reader of each topic, a ring of recent events, and server-sent events to many clients. */
@NullMarked
package io.pricewire.query.stream;

import org.jspecify.annotations.NullMarked;
