package io.pricewire.query.access;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All keys of now, and one that this process has made: with it, it reads itself, and so does whoever runs it. */
public final class KeyRing {

    private static final int BYTES = 32;

    private final Supplier<Keys> configured;
    private final String own;
    private final Keys ofOwn;

    KeyRing(Supplier<Keys> configured) {
        this.configured = configured;
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        this.own = HexFormat.of().formatHex(random);
        this.ofOwn = new Keys(Map.of()).with(own, Role.READ);
    }

    /** A key with which this process may be read, whoever else may; another one after every start. */
    public String own() {
        return own;
    }

    boolean isOwn(@Nullable String key) {
        return key != null && ofOwn.roleOf(key) != null;
    }

    boolean areConfigured() {
        return !configured.get().isEmpty();
    }

    /** What the bearer of this key may do; null where nobody knows it. */
    @Nullable Role roleOf(String key) {
        Role role = configured.get().roleOf(key);
        return role == null ? ofOwn.roleOf(key) : role;
    }
}
