/** What a client is told when something went wrong: problem documents by RFC 9457. */
@NullMarked
package io.pricewire.query.problem;

import org.jspecify.annotations.NullMarked;
