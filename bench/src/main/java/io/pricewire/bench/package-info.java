/** Benchmarks. */
@NullMarked
package io.pricewire.bench;

import org.jspecify.annotations.NullMarked;
