/** How answers are written. */
@NullMarked
package io.pricewire.query.json;

import org.jspecify.annotations.NullMarked;
