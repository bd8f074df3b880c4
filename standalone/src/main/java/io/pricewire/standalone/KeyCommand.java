package io.pricewire.standalone;

import io.pricewire.query.access.KeyEntry;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes an API key of 256 random bits. */
@Command(
        name = "key",
        description = {
            "Makes an API key, prints it once, and the entry for API_KEYS or a line of API_KEYS_FILE.",
            "Keep the key: the entry holds only its hash."
        },
        mixinStandardHelpOptions = true)
final class KeyCommand implements Callable<Integer> {

    private static final int BYTES = 32;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "NAME",
            description = "Whose key it is: up to 64 letters, digits, points, dashes and underscores.")
    private String name = "";

    @Parameters(paramLabel = "ROLE", description = "What it may do: read, or admin.")
    private String role = "";

    @Override
    public Integer call() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String key = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        KeyEntry entry = entry(key);
        PrintWriter out = spec.commandLine().getOut();
        out.printf("key    %s%n", key);
        out.printf("entry  %s%n", entry);
        return 0;
    }

    private KeyEntry entry(String key) {
        try {
            return KeyEntry.of(name, role, key);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}
