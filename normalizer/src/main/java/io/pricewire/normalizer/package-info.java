/** The normalizer as a service: its main class, its settings, and how its parts are put together. */
@NullMarked
package io.pricewire.normalizer;

import org.jspecify.annotations.NullMarked;
