/** All that an ingestor does besides reading its source: leading, publishing, checkpoints and reports of runs. */
@NullMarked
package io.pricewire.ingestor;

import org.jspecify.annotations.NullMarked;
