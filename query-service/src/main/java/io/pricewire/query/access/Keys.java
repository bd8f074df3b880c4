package io.pricewire.query.access;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
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
        for (String entry : BETWEEN.splitAsStream(entries.strip()).toList()) {
            number++;
            Matcher matcher = KeyEntry.PATTERN.matcher(entry);
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
