package io.pricewire.query.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keys and what each may do, by the SHA-256 of each: keys are random, so that their hashes need no salt and tell nothing.
 * Looking one up takes a time that depends on the hash alone, which who asks does not choose.
 */
record Keys(Map<String, Role> roles) {

    private static final Pattern ENTRY = Pattern.compile("[A-Za-z0-9._-]{1,64}:(read|admin):([0-9a-f]{64})");
    private static final Pattern BETWEEN = Pattern.compile("[,\\s]+");

    Keys {
        roles = Map.copyOf(roles);
    }

    /**
     * Reads entries {@code name:role:sha256} that are separated by commas or white space.
     *
     * @param from where they stand, for whoever has to mend them
     * @throws IllegalArgumentException where one is malformed; it is not shown, as it may be a key
     */
    static Keys parse(String entries, String from) {
        Map<String, Role> roles = new HashMap<>();
        int number = 0;
        for (String entry : BETWEEN.splitAsStream(entries.strip()).toList()) {
            number++;
            Matcher matcher = ENTRY.matcher(entry);
            if (matcher.matches()) {
                roles.put(matcher.group(2), Role.of(matcher.group(1)));
            } else if (!entry.isEmpty()) {
                throw new IllegalArgumentException(
                        "entry %d of %s is malformed; it takes name:role:sha256, the role read or admin, the hash in 64 hexadecimal digits"
                                .formatted(number, from));
            }
        }
        return new Keys(roles);
    }

    Keys with(String key, Role role) {
        Map<String, Role> more = new HashMap<>(roles);
        more.put(hash(key), role);
        return new Keys(more);
    }

    Keys and(Keys others) {
        Map<String, Role> all = new HashMap<>(roles);
        all.putAll(others.roles);
        return new Keys(all);
    }

    boolean isEmpty() {
        return roles.isEmpty();
    }

    /** What the bearer of this key may do; null where it is none of these. */
    @Nullable Role roleOf(String key) {
        return roles.get(hash(key));
    }

    private static String hash(String key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
