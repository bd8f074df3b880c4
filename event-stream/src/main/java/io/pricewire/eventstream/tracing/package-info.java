/** The traces that events belong to: how they are continued, and where their spans are sent. */
@NullMarked
package io.pricewire.eventstream.tracing;

import org.jspecify.annotations.NullMarked;
