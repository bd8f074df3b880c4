package io.pricewire.proto;

/** The consumer groups whose progress others ask for. */
public final class Groups {

    /** All instances of the normalizer: where the group is, everything before is normalized. */
    public static final String NORMALIZER = "pricewire-normalizer";

    private Groups() {}
}
