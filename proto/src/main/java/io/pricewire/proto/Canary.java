package io.pricewire.proto;

/**
 * The source whose prices only show whether and how fast prices arrive. Its ingestor has the same name. It is on the topics
 * of all prices, and in no list, table of prices, view or stream unless it is asked for by name.
 */
public final class Canary {

    /** Its name, as source, as ingestor, and as asset. */
    public static final String NAME = "canary";

    private Canary() {}

    /** Whether this is the canary and no price. */
    public static boolean isCanary(String sourceOrIngestor) {
        return sourceOrIngestor.equals(NAME);
    }
}
