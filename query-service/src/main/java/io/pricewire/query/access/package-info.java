/** Who may do what. */
@NullMarked
package io.pricewire.query.access;

import org.jspecify.annotations.NullMarked;
