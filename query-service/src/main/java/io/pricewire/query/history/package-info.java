/** Observations of the past. */
@NullMarked
package io.pricewire.query.history;

import org.jspecify.annotations.NullMarked;
