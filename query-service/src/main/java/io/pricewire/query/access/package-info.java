/** What is the same for every request: its id, and how long it took. */
@NullMarked
package io.pricewire.query.access;

import org.jspecify.annotations.NullMarked;
