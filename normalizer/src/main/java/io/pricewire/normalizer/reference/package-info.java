/** The second pipeline: one price of each asset in each quote currency, made of what all its sources say. */
@NullMarked
package io.pricewire.normalizer.reference;

import org.jspecify.annotations.NullMarked;
