/** Assets and the symbols that they bear. */
@NullMarked
package io.pricewire.query.assets;

import org.jspecify.annotations.NullMarked;
