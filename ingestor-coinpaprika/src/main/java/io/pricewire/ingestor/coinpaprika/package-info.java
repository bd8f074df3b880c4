/** Prices from CoinPaprika. */
@NullMarked
package io.pricewire.ingestor.coinpaprika;

import org.jspecify.annotations.NullMarked;
