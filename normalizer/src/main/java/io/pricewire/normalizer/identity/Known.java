package io.pricewire.normalizer.identity;

/**
 * Something that was decided already.
 *
 * @param description what is known of it
 * @param alias what was decided
 */
record Known(Described description, Alias alias) {}
