package io.pricewire.standalone;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
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

    private static final Set<String> ROLES = Set.of("read", "admin");
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
    public Integer call() throws NoSuchAlgorithmException {
        if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new UsageException(
                    "the name \"%s\" takes 1 to 64 letters, digits, points, dashes and underscores".formatted(name));
        }
        if (!ROLES.contains(role)) {
            throw new UsageException("the role is \"%s\"; it takes read or admin".formatted(role));
        }
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String key = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        spec.commandLine().getOut().printf("key    %s%n", key);
        spec.commandLine()
                .getOut()
                .printf("entry  %s:%s:%s%n", name, role, HexFormat.of().formatHex(hash));
        return 0;
    }
}
