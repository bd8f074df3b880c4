package io.pricewire.proto;

/** The consumer groups whose progress others ask for. */
public final class Groups {

    /** All instances of the normalizer: where the group is, everything before is normalized. */
    public static final String NORMALIZER = "pricewire-normalizer";

    /** All instances of the normalizer, as those who make reference prices of what is normalized. */
    public static final String REFERENCE = "pricewire-reference";

    private Groups() {}
}
