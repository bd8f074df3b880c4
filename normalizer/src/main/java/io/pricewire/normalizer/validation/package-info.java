/** The rules that an observation must keep, each a class of its own. */
@NullMarked
package io.pricewire.normalizer.validation;

import org.jspecify.annotations.NullMarked;
