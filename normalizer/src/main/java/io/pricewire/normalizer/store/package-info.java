/** The statements that write to Postgres, and the partitions that they write to. */
@NullMarked
package io.pricewire.normalizer.store;

import org.jspecify.annotations.NullMarked;
