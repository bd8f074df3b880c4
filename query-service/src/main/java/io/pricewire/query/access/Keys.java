package io.pricewire.query.access;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keys and what each may do, by the hash of each. Looking one up takes a time that depends on the hash alone, which who asks
 * does not choose.
 */
record Keys(Map<String, Role> roles) {

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
        for (String text : BETWEEN.splitAsStream(entries.strip()).toList()) {
            number++;
            if (!text.isEmpty()) {
                KeyEntry entry = parse(text, number, from);
                roles.put(entry.hash(), Role.of(entry.role()));
            }
        }
        return new Keys(roles);
    }

    private static KeyEntry parse(String text, int number, String from) {
        try {
            return KeyEntry.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "entry %d of %s is malformed; it takes name:role:sha256, the role read or admin, the hash in 64 hexadecimal digits"
                            .formatted(number, from));
        }
    }

    Keys with(String key, Role role) {
        Map<String, Role> more = new HashMap<>(roles);
        more.put(KeyEntry.hash(key), role);
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
        return roles.get(KeyEntry.hash(key));
    }
}
