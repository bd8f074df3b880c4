/** Tests of what is stored: whether the tables agree with each other, and are as the normalizer leaves them. */
@NullMarked
package io.pricewire.normalizer.check;

import org.jspecify.annotations.NullMarked;
