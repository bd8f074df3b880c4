/** What this is, and where its data is from. */
@NullMarked
package io.pricewire.query.about;

import org.jspecify.annotations.NullMarked;
