/** How a service is started and configured: what is the same for all of them, and says nothing about prices. */
@NullMarked
package io.pricewire.service;

import org.jspecify.annotations.NullMarked;
