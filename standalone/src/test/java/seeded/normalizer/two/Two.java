package seeded.normalizer.two;

import seeded.normalizer.one.One;

/** Breaks a rule on purpose. */
public final class Two {

    One one;
}
