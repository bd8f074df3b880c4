package io.pricewire.query.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a key is written down where keys are configured: {@code name:role:sha256}. Keys are random, so that their hashes
 * need no salt and tell nothing.
 *
 * @param name whose key it is: up to 64 letters, digits, points, dashes and underscores
 * @param role what it may do: {@code read} or {@code admin}
 * @param hash the key's SHA-256 in 64 hexadecimal digits, small ones
 */
public record KeyEntry(String name, String role, String hash) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Set<String> ROLES = Set.of("read", "admin");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern BROUGHT = Pattern.compile("[!-~]([ -~]*[!-~])?");
    private static final int PARTS = 3;

    /** @throws IllegalArgumentException where no entry can have this name, this role or this hash, which is not shown */
    public KeyEntry {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "the name \"%s\" takes 1 to 64 letters, digits, points, dashes and underscores".formatted(name));
        }
        if (!ROLES.contains(role)) {
            throw new IllegalArgumentException("the role is \"%s\"; it takes read or admin".formatted(role));
        }
        if (!HASH.matcher(hash).matches()) {
            throw new IllegalArgumentException("the hash takes 64 hexadecimal digits");
        }
    }

    /** The entry of this key. */
    public static KeyEntry of(String name, String role, String key) {
        return new KeyEntry(name, role, hash(key));
    }

    /** The entry that {@link #toString} has written. */
    static KeyEntry parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != PARTS) {
            throw new IllegalArgumentException("an entry takes name:role:sha256");
        }
        return new KeyEntry(parts[0], parts[1], parts[2]);
    }

    /** Whether a header can bring this key: it is of printable characters of ASCII, and has no space at its ends. */
    public static boolean canBeBrought(String key) {
        return BROUGHT.matcher(key).matches();
    }

    static String hash(String key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "%s:%s:%s".formatted(name, role, hash);
    }
}
