/** The servers that tests share: one broker and one Postgres for each JVM, embedded or in containers. */
@NullMarked
package io.pricewire.embedded.testing;

import org.jspecify.annotations.NullMarked;
