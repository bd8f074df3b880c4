/** The query service: its main class, its settings, and how its parts are put together. */
@NullMarked
package io.pricewire.query;

import org.jspecify.annotations.NullMarked;
