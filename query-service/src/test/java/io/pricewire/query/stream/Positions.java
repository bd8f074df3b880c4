package io.pricewire.query.stream;

import io.pricewire.eventstream.StreamPosition;
import io.pricewire.proto.Topics;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;

/** Positions in the normalized prices for tests, made as text, which is how clients know them. */
final class Positions {

    private Positions() {}

    /** With small offsets, of one epoch. */
    static StreamPosition of(int... offsets) {
        return StreamPosition.parse(text(Topics.PRICES_NORMALIZED.name(), 7, offsets));
    }

    static String text(String topic, long epoch, int... offsets) {
        CRC32 checksum = new CRC32();
        checksum.update(topic.getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(1);
        bytes.writeBytes(ByteBuffer.allocate(21)
                .putInt((int) checksum.getValue())
                .putLong(epoch)
                .putLong(epoch)
                .put((byte) offsets.length)
                .array());
        for (int offset : offsets) {
            bytes.write(offset);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }
}
