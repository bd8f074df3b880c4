/** The catalogue of topics: which there are, what each carries, and how long it is kept. */
@NullMarked
package io.pricewire.proto;

import org.jspecify.annotations.NullMarked;
