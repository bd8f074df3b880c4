package seeded.query;

import seeded.normalizer.Plain;

/** Breaks a rule on purpose. */
final class DependsOnNormalizer {

    Plain plain = new Plain();
}
