package io.pricewire.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pricewire.proto.v1.PriceObserved;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TopicsTest {

    @Test
    void namesTheTopicOfAnIngestor() {
        assertThat(Topics.PRICES_RAW.of("csv").name()).isEqualTo("prices.raw.csv");
    }

    @Test
    void callsAnEventByTheFullNameOfItsMessage() {
        assertThat(Topics.PRICES_RAW.of("csv").eventType()).isEqualTo("pricewire.v1.PriceObserved");
    }

    @Test
    void acceptsAsManyPartitionsAsAPositionMayHave() {
        assertThat(withPartitions(24).partitions()).isEqualTo(24);
    }

    @Test
    void refusesMorePartitionsThanAPositionMayHave() {
        assertThatThrownBy(() -> withPartitions(25))
                .hasMessage("topic t has 25 partitions: between 1 and 24 are possible");
    }

    @Test
    void keepsOnlyTheNewestReferencePriceOfEachKeyAndNoneForLongerThanAWeek() {
        assertThat(Topics.PRICES_REFERENCE.kept()).isEqualTo(new Kept(true, Duration.ofDays(7)));
        assertThat(Topics.PRICES_REFERENCE.kept().supersededFor()).isEqualTo(Duration.ofDays(1));
    }

    private static Topic<PriceObserved> withPartitions(int partitions) {
        return new Topic<>("t", PriceObserved.getDefaultInstance(), partitions, Kept.days(1));
    }
}
