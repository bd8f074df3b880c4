/** A source of our own, whose price shows whether and how fast prices arrive. */
@NullMarked
package io.pricewire.ingestor.canary;

import org.jspecify.annotations.NullMarked;
