/** Prices from Gemini. */
@NullMarked
package io.pricewire.ingestor.gemini;

import org.jspecify.annotations.NullMarked;
