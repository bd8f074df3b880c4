/** Prices from CoinGecko. */
@NullMarked
package io.pricewire.ingestor.coingecko;

import org.jspecify.annotations.NullMarked;
