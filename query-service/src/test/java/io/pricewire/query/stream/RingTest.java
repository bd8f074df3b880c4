package io.pricewire.query.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.eventstream.StreamPosition;
import io.pricewire.query.json.DecimalJson;
import io.pricewire.query.prices.KnownPrice;
import io.pricewire.query.prices.LatestPrices;
import io.pricewire.query.prices.Prices;
import org.junit.jupiter.api.Test;

class RingTest {

    /** Of two partitions, at their beginnings. */
    private static final StreamPosition START = Positions.of(0, 0);

    private final Ring<KnownPrice> ring = new Ring<>(4, START);

    @Test
    void numbersEventsInTheOrderInWhichTheyCome() {
        add(0, 0);
        add(1, 0);

        assertThat(ring.head()).isEqualTo(2);
        assertThat(ring.get(1).after()).isEqualTo(Positions.of(1, 1));
        assertThat(ring.get(2)).isNull();
    }

    @Test
    void forgetsTheOldestEvents() {
        for (int offset = 0; offset < 6; offset++) {
            add(0, offset);
        }

        assertThat(ring.isGone(1)).isTrue();
        assertThat(ring.isGone(2)).isFalse();
        assertThat(ring.get(1)).isNull();
        assertThat(ring.get(2)).isNotNull();
    }

    @Test
    void hasAllAfterAPositionUntilItForgetsAnEventAfterIt() {
        StreamPosition position = Positions.of(1, 0);
        for (int offset = 0; offset < 5; offset++) {
            add(0, offset);
        }
        assertThat(ring.hasAllAfter(position)).isTrue();

        add(1, 0);

        assertThat(ring.hasAllAfter(position)).isFalse();
        assertThat(ring.hasAllAfter(Positions.of(2, 0))).isTrue();
    }

    @Test
    void findsTheFirstEventAfterAPositionOfAnotherInstance() {
        add(0, 0);
        add(1, 0);
        add(0, 1);

        // The other instance read both of partition 0 before that of partition 1.
        assertThat(ring.firstAfter(Positions.of(2, 0))).isEqualTo(1);
        assertThat(ring.firstAfter(Positions.of(2, 1))).isEqualTo(3);
    }

    @Test
    void knowsThatThereIsNothingMoreBeforeAPosition() {
        add(0, 0);

        ring.reached(Positions.of(1, 5));

        assertThat(ring.end()).isEqualTo(Positions.of(1, 5));
    }

    private void add(int partition, long offset) {
        ring.add(new RecentEvent<>(
                new LatestPrices(new DecimalJson()).put(Prices.of("a", "1").build(), Prices.TIME),
                partition,
                offset,
                ring.end().after(partition, offset),
                null));
    }
}
