/** The latest prices in the shape that earlier services gave them. */
@NullMarked
package io.pricewire.query.data;

import org.jspecify.annotations.NullMarked;
