/** Figures of the whole. */
@NullMarked
package io.pricewire.query.stats;

import org.jspecify.annotations.NullMarked;
