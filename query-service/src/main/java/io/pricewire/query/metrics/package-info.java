/** Figures that are worked out of prices: changes, volatility, the share of the market. */
@NullMarked
package io.pricewire.query.metrics;

import org.jspecify.annotations.NullMarked;
