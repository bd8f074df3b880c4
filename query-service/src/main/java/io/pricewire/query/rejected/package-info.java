/** The quarantine. */
@NullMarked
package io.pricewire.query.rejected;

import org.jspecify.annotations.NullMarked;
