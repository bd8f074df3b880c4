/** How good what the sources bring is: facts counted in SQL, scores made of them, and the scores as metrics. */
@NullMarked
package io.pricewire.normalizer.quality;

import org.jspecify.annotations.NullMarked;
