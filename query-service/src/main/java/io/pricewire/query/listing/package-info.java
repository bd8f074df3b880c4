/** Lists that are read part by part, and the SQL for them. */
@NullMarked
package io.pricewire.query.listing;

import org.jspecify.annotations.NullMarked;
