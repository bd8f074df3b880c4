/** An observation as the normalizer sees it, made from the event at its edge. */
@NullMarked
package io.pricewire.normalizer.observation;

import org.jspecify.annotations.NullMarked;
