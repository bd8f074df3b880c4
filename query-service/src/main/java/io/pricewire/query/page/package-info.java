/** What a browser is shown. */
@NullMarked
package io.pricewire.query.page;

import org.jspecify.annotations.NullMarked;
