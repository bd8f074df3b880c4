/** The command {@code pricewire}: everything in one JVM with embedded servers, and what works with a running one. */
@NullMarked
package io.pricewire.standalone;

import org.jspecify.annotations.NullMarked;
