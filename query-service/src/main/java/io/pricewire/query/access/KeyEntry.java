package io.pricewire.query.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * How a key is written down where keys are configured: {@code name:role:sha256}. Keys are random, so that their hashes
 * need no salt and tell nothing.
 */
public final class KeyEntry {

    /** Its groups are the role and the hash. */
    static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9._-]{1,64}:(read|admin):([0-9a-f]{64})");

    private KeyEntry() {}

    /**
     * The entry of a key, which holds only its hash.
     *
     * @throws IllegalArgumentException where no entry can have this name or this role
     */
    public static String of(String name, String role, String key) {
        String entry = "%s:%s:%s".formatted(name, role, hash(key));
        if (!PATTERN.matcher(entry).matches()) {
            throw new IllegalArgumentException(
                    "\"%s\" with the role \"%s\": a name takes 1 to 64 letters, digits, points, dashes and underscores, a role is read or admin"
                            .formatted(name, role));
        }
        return entry;
    }

    static String hash(String key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
