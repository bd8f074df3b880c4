/** What the ingestors are asked to do. */
@NullMarked
package io.pricewire.query.commands;

import org.jspecify.annotations.NullMarked;
