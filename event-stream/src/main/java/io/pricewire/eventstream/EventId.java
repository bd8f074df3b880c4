package io.pricewire.eventstream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes ids from what they name, so that the same thing has the same id wherever and however often it is made: UUIDs of
 * version 8 from SHA-256, as in <a href="https://www.rfc-editor.org/rfc/rfc9562#name-example-of-a-uuidv8-value-n">RFC
 * 9562, appendix B.2</a>. Ids compare as their texts do, which is not how {@link UUID#compareTo} compares.
 */
public final class EventId {

    private static final byte[] UNKNOWN = {-1, -1, -1, -1};

    private EventId() {}

    /**
     * The id of what these parts name, in this order. Parts are kept apart by their lengths, and an unknown part (null)
     * differs from an empty one.
     */
    public static String of(@Nullable String... parts) {
        MessageDigest digest = sha256();
        ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
        for (String part : parts) {
            if (part == null) {
                digest.update(UNKNOWN);
            } else {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update(length.clear().putInt(bytes.length).flip());
                digest.update(bytes);
            }
        }
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        return new UUID(asVersion8(hash.getLong()), asVariant10(hash.getLong())).toString();
    }

    private static long asVersion8(long high) {
        return (high & ~0xF000L) | 0x8000L;
    }

    private static long asVariant10(long low) {
        return (low & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
