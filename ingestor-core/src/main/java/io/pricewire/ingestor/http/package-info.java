/** What sources share that ask a service on the web: one client with every safeguard, and reading what it answers. */
@NullMarked
package io.pricewire.ingestor.http;

import org.jspecify.annotations.NullMarked;
