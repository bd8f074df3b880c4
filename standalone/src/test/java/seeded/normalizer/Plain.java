package seeded.normalizer;

/** What {@code DependsOnNormalizer} must not know. */
public final class Plain {}
