/** Whether the whole of it works. */
@NullMarked
package io.pricewire.query.health;

import org.jspecify.annotations.NullMarked;
