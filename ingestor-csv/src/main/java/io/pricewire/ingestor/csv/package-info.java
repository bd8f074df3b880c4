/** Prices from CSV files in a watched folder. */
@NullMarked
package io.pricewire.ingestor.csv;

import org.jspecify.annotations.NullMarked;
