package seeded.query;

/** What {@code KnowsTheRoot} must not know. */
public final class Root {}
