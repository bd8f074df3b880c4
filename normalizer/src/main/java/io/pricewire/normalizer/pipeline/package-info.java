/** From what was received to what is stored and published, batch by batch. */
@NullMarked
package io.pricewire.normalizer.pipeline;

import org.jspecify.annotations.NullMarked;
