/** Which asset an observation is of. */
@NullMarked
package io.pricewire.normalizer.identity;

import org.jspecify.annotations.NullMarked;
