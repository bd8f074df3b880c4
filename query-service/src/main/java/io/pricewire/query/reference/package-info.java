/** Reference prices: one of each asset in each quote currency. */
@NullMarked
package io.pricewire.query.reference;

import org.jspecify.annotations.NullMarked;
