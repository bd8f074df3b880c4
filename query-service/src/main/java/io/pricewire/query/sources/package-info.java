/** How the sources are doing. */
@NullMarked
package io.pricewire.query.sources;

import org.jspecify.annotations.NullMarked;
