/** How good what the sources bring is. */
@NullMarked
package io.pricewire.query.quality;

import org.jspecify.annotations.NullMarked;
