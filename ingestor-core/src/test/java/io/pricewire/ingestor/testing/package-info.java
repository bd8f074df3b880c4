/** What tests of sources need: a service that answers what a test wants, and the contract that every source keeps. */
@NullMarked
package io.pricewire.ingestor.testing;

import org.jspecify.annotations.NullMarked;
