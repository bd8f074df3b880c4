package io.pricewire.query.access;

import java.util.Locale;

/** What somebody may do; each also what the ones before it may. */
enum Role {
    NONE,
    READ,
    ADMIN;

    /** The role of this name, in small letters. */
    static Role of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    boolean may(Role needed) {
        return compareTo(needed) >= 0;
    }
}
