package io.pricewire.normalizer.pipeline;

/** What was decided about a record: wrong data is a value, not an exception. */
sealed interface Verdict permits Accepted, Rejected {}
