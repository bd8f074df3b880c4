/** Typed events in topics: publishing them in transactions, and reading them, over Kafka. */
@NullMarked
package io.pricewire.eventstream;

import org.jspecify.annotations.NullMarked;
