/** The latest prices, kept in memory. */
@NullMarked
package io.pricewire.query.prices;

import org.jspecify.annotations.NullMarked;
