package seeded.normalizer.one;

import seeded.normalizer.two.Two;

/** Breaks a rule on purpose. */
public final class One {

    Two two;
}
