package seeded.query.prices;

import seeded.query.Root;

/** Breaks a rule on purpose. */
final class KnowsTheRoot {

    Root root = new Root();
}
