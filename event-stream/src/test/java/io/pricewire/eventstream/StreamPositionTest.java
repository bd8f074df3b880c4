package io.pricewire.eventstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pricewire.proto.Topic;
import io.pricewire.proto.Topics;
import java.util.Arrays;
import java.util.Base64;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamPositionTest {

    private static final Uuid EPOCH = new Uuid(1, 2);

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 127, 128, 16_383, 16_384, Integer.MAX_VALUE, Long.MAX_VALUE})
    void isReadAsItWasWritten(long offset) {
        StreamPosition position = position(offset, 7, 0);

        assertThat(StreamPosition.parse(position.toString())).isEqualTo(position);
    }

    @Test
    void isShortEnoughForAnEventIdWithTheMostAndLongestOffsets() {
        long[] offsets = new long[Topic.MAX_PARTITIONS];
        Arrays.fill(offsets, Long.MAX_VALUE);

        assertThat(position(offsets).toString()).hasSizeLessThan(1_024);
    }

    @Test
    void knowsItsTopic() {
        assertThat(position(1).isOf(Topics.PRICES_NORMALIZED)).isTrue();
        assertThat(position(1).isOf(Topics.PRICES_LATEST)).isFalse();
    }

    @Test
    void differsInEpochWhereTheTopicWasMadeAnew() {
        StreamPosition other = StreamPosition.of(Topics.PRICES_NORMALIZED, new Uuid(1, 3), new long[] {1});

        assertThat(position(1).isOfSameEpoch(other)).isFalse();
    }

    @Test
    void movesInOnePartition() {
        assertThat(position(5, 6).after(1, 9)).isEqualTo(position(5, 10));
    }

    @Test
    void startsPartitionsThatWereAddedLaterAtTheirBeginning() {
        assertThat(position(5).offset(1)).isZero();
    }

    @Test
    void coversWhatIsBeforeItInEveryPartition() {
        assertThat(position(5, 6).covers(position(5, 6))).isTrue();
        assertThat(position(5, 6).covers(position(4, 7))).isFalse();
    }

    @Test
    void takesTheFurthestInEachPartition() {
        assertThat(position(5, 6).furthest(position(4, 7))).isEqualTo(position(5, 7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "AAAA", "AQ", "hello-there-this-is-no-position-at-all-but-long-enough"})
    void refusesWhatIsNoPosition(String text) {
        assertThatThrownBy(() -> StreamPosition.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAPositionThatIsCutShort() {
        byte[] bytes = bytes();

        assertThatThrownBy(() -> StreamPosition.parse(text(Arrays.copyOf(bytes, bytes.length - 1))))
                .hasMessage("it ends too early");
    }

    @Test
    void refusesAPositionThatIsFollowedBySomething() {
        byte[] bytes = bytes();

        assertThatThrownBy(() -> StreamPosition.parse(text(Arrays.copyOf(bytes, bytes.length + 1))))
                .hasMessage("something follows it");
    }

    private static byte[] bytes() {
        return Base64.getUrlDecoder().decode(position(300, 300).toString());
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static StreamPosition position(long... offsets) {
        return StreamPosition.of(Topics.PRICES_NORMALIZED, EPOCH, offsets);
    }
}
