/** How Postgres is reached: the settings, and the pool of connections that they make. */
@NullMarked
package io.pricewire.database;

import org.jspecify.annotations.NullMarked;
