/** What is the same for every request. */
@NullMarked
package io.pricewire.query.request;

import org.jspecify.annotations.NullMarked;
