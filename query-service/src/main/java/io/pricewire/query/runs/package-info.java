/** What the ingestors did. */
@NullMarked
package io.pricewire.query.runs;

import org.jspecify.annotations.NullMarked;
