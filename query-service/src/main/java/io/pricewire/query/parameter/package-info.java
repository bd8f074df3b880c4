/** What a request may ask for: parameters that are declared once, read from the request and documented from there. */
@NullMarked
package io.pricewire.query.parameter;

import org.jspecify.annotations.NullMarked;
