package seeded.query;

/** Breaks a rule on purpose. */
final class HasAFloat {

    double price = 0.1;
}
