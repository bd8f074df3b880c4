package io.pricewire.query.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may do what.
 *
 * @param apiKey one key, which may do everything
 * @param apiKeys keys by their hashes: entries {@code name:role:sha256}, separated by commas; a role is {@code read} or
 *     {@code admin}
 * @param apiKeysFile a file of such entries, one in a line, which is read again when it changes; empty for none
 * @param allowAnonymous what may be done without a key where no key is configured: {@code none}, {@code read} or
 *     {@code admin}; empty for {@code admin} where the service listens on this machine only, and else {@code none}
 */
@ConfigurationProperties("pricewire.access")
public record AccessSettings(
        @DefaultValue("") String apiKey,
        @DefaultValue("") String apiKeys,
        @DefaultValue("") String apiKeysFile,
        @DefaultValue("") String allowAnonymous) {

    private static final int SHORTEST_KEY = 16;
    private static final Set<String> ANONYMOUS = Set.of("", "none", "read", "admin");

    public AccessSettings {
        if (!apiKey.isEmpty() && apiKey.length() < SHORTEST_KEY) {
            throw new IllegalArgumentException(
                    "API_KEY has %d characters; it takes %d or more".formatted(apiKey.length(), SHORTEST_KEY));
        }
        if (!apiKey.isEmpty() && !KeyEntry.canBeBrought(apiKey)) {
            throw new IllegalArgumentException(
                    "API_KEY takes printable characters of ASCII, and no space at its ends; no header brings others");
        }
        if (!ANONYMOUS.contains(allowAnonymous)) {
            throw new IllegalArgumentException(
                    "ALLOW_ANONYMOUS is \"%s\"; it takes none, read or admin".formatted(allowAnonymous));
        }
        Keys.parse(apiKeys, "API_KEYS");
    }

    /** What may be done without a key where none is configured, by the address that the service listens on. */
    Role anonymous(String address) {
        if (!allowAnonymous.isEmpty()) {
            return Role.of(allowAnonymous);
        }
        return isLoopback(address) ? Role.ADMIN : Role.NONE;
    }

    private static boolean isLoopback(String address) {
        try {
            return !address.isEmpty() && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Says nothing of the keys. */
    @Override
    public String toString() {
        return "AccessSettings[allowAnonymous=" + allowAnonymous + ", apiKeysFile=" + apiKeysFile + "]";
    }
}
