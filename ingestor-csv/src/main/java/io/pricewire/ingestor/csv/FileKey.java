package io.pricewire.ingestor.csv;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/**
 * What a file is known by: a hash of its content and of what else changes what is read, which is what its owner says of it
 * and the time in its name; and of the reading, where it is to be read again. What it is called otherwise, and when it was
 * modified, does not matter: copies differ in that.
 */
final class FileKey {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int KEY_BYTES = 16;

    private FileKey() {}

    /** @param name by which the file's owner knows it */
    static String of(Path file, String name, FileLabel label) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            while (in.read(buffer) >= 0) {
                // the digest takes what is read
            }
        }
        digest.update(label.identity().getBytes(StandardCharsets.UTF_8));
        Instant named = label.observedAt() == null ? TimeInName.of(name) : null;
        if (named != null) {
            digest.update(named.toString().getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest(), 0, KEY_BYTES);
    }

    /** The run of the file with this key, whichever instance reads it and however often it is interrupted. */
    static UUID runId(String key) {
        return UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
