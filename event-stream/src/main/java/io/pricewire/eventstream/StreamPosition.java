package io.pricewire.eventstream;

import io.pricewire.proto.Topic;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import org.apache.kafka.common.Uuid;

/**
 * A position in every partition of one topic: for each, the offset of the next record. It belongs to one epoch of the
 * topic, which ends when the topic is deleted. Immutable.
 *
 * <p>As text it is opaque and short: base64url of a version, a checksum of the topic's name, the epoch, the number of
 * partitions and the offsets, each as long as it needs to be.
 */
public final class StreamPosition {

    private static final int VERSION = 1;
    private static final int HEADER_BYTES = 1 + Integer.BYTES + 2 * Long.BYTES + 1;

    private final int topic;
    private final Uuid epoch;
    private final long[] offsets;

    private StreamPosition(int topic, Uuid epoch, long[] offsets) {
        this.topic = topic;
        this.epoch = epoch;
        this.offsets = offsets;
    }

    static StreamPosition of(Topic<?> topic, Uuid epoch, long[] offsets) {
        return new StreamPosition(checksum(topic.name()), epoch, offsets.clone());
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws IllegalArgumentException where the text is nothing that it wrote
     */
    public static StreamPosition parse(String text) {
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        if (bytes.length < HEADER_BYTES || bytes[0] != VERSION) {
            throw new IllegalArgumentException("it is no position of version " + VERSION);
        }
        ByteBuffer header = ByteBuffer.wrap(bytes, 1, HEADER_BYTES - 1);
        int topic = header.getInt();
        Uuid epoch = new Uuid(header.getLong(), header.getLong());
        int partitions = header.get();
        if (partitions < 1 || partitions > Topic.MAX_PARTITIONS) {
            throw new IllegalArgumentException("it has %d partitions".formatted(partitions));
        }
        ByteArrayInputStream rest = new ByteArrayInputStream(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES);
        long[] offsets = new long[partitions];
        for (int partition = 0; partition < partitions; partition++) {
            offsets[partition] = readOffset(rest);
        }
        if (rest.available() > 0) {
            throw new IllegalArgumentException("something follows it");
        }
        return new StreamPosition(topic, epoch, offsets);
    }

    /** Whether it is a position in this topic, of whatever epoch. */
    public boolean isOf(Topic<?> expected) {
        return topic == checksum(expected.name());
    }

    /** Whether both are of the same topic and epoch, so that their offsets can be compared. */
    public boolean isOfSameEpoch(StreamPosition other) {
        return topic == other.topic && epoch.equals(other.epoch);
    }

    public int partitions() {
        return offsets.length;
    }

    /** The offset of the next record in this partition; 0 in a partition that was added after the position was made. */
    public long offset(int partition) {
        return partition < offsets.length ? offsets[partition] : 0;
    }

    /** This position with the record at this offset read. */
    public StreamPosition after(int partition, long offset) {
        long[] moved = offsets.clone();
        moved[partition] = offset + 1;
        return new StreamPosition(topic, epoch, moved);
    }

    /** In each partition, whichever of the two is further on. */
    public StreamPosition furthest(StreamPosition other) {
        long[] furthest = Arrays.copyOf(offsets, Math.max(offsets.length, other.offsets.length));
        for (int partition = 0; partition < furthest.length; partition++) {
            furthest[partition] = Math.max(furthest[partition], other.offset(partition));
        }
        return new StreamPosition(topic, epoch, furthest);
    }

    /** In each partition, whichever of the two comes first. */
    public StreamPosition earliest(StreamPosition other) {
        long[] earliest = offsets.clone();
        for (int partition = 0; partition < earliest.length; partition++) {
            earliest[partition] = Math.min(earliest[partition], other.offset(partition));
        }
        return new StreamPosition(topic, epoch, earliest);
    }

    /** This position; in partitions in which it is none, which an offset below 0 says, the other. */
    StreamPosition orElse(StreamPosition other) {
        long[] known = offsets.clone();
        for (int partition = 0; partition < known.length; partition++) {
            known[partition] = known[partition] < 0 ? other.offset(partition) : known[partition];
        }
        return new StreamPosition(topic, epoch, known);
    }

    /** So many offsets before this one in each partition, but not before the beginning. */
    public StreamPosition back(long count) {
        long[] earlier = offsets.clone();
        for (int partition = 0; partition < earlier.length; partition++) {
            earlier[partition] = Math.max(0, earlier[partition] - count);
        }
        return new StreamPosition(topic, epoch, earlier);
    }

    /** Whether everything before the other position is before this one too. */
    public boolean covers(StreamPosition other) {
        for (int partition = 0; partition < Math.max(offsets.length, other.offsets.length); partition++) {
            if (offset(partition) < other.offset(partition)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(HEADER_BYTES + 5 * offsets.length);
        bytes.writeBytes(ByteBuffer.allocate(HEADER_BYTES)
                .put((byte) VERSION)
                .putInt(topic)
                .putLong(epoch.getMostSignificantBits())
                .putLong(epoch.getLeastSignificantBits())
                .put((byte) offsets.length)
                .array());
        for (long offset : offsets) {
            writeOffset(offset, bytes);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StreamPosition that && isOfSameEpoch(that) && Arrays.equals(offsets, that.offsets);
    }

    @Override
    public int hashCode() {
        return 31 * epoch.hashCode() + Arrays.hashCode(offsets);
    }

    /** Seven bits in each byte, the lowest first; the eighth says that more follow. */
    private static void writeOffset(long offset, ByteArrayOutputStream bytes) {
        long rest = offset;
        while (rest > 0x7F) {
            bytes.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }

    private static long readOffset(ByteArrayInputStream bytes) {
        long offset = 0;
        for (int shift = 0; shift < Long.SIZE - 1; shift += 7) {
            int next = bytes.read();
            if (next < 0) {
                throw new IllegalArgumentException("it ends too early");
            }
            offset |= (next & 0x7FL) << shift;
            if ((next & 0x80) == 0) {
                return offset;
            }
        }
        throw new IllegalArgumentException("it has an offset that is too large");
    }

    private static int checksum(String name) {
        CRC32 checksum = new CRC32();
        checksum.update(name.getBytes(StandardCharsets.UTF_8));
        return (int) checksum.getValue();
    }
}
