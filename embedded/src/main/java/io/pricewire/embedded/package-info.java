/** A real Kafka broker and a real Postgres inside this machine, temporary or kept in a folder, without Docker. */
@NullMarked
package io.pricewire.embedded;

import org.jspecify.annotations.NullMarked;
