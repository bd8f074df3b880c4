/** How long the canary takes to here, and to a client. */
@NullMarked
package io.pricewire.query.canary;

import org.jspecify.annotations.NullMarked;
