/** Candles: stored ones, and coarser ones that are made of these. */
@NullMarked
package io.pricewire.query.candles;

import org.jspecify.annotations.NullMarked;
