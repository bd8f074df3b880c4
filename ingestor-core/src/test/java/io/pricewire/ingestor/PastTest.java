package io.pricewire.ingestor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PastTest {

    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void fallsIntoPiecesOfOneAssetThatHaveAllOfItAndNothingTwice() {
        Past past = new Past(List.of("a", "b"), FROM, FROM.plus(Duration.ofDays(5)));

        assertThat(past.pieces(Duration.ofDays(3)))
                .containsExactly(piece("a", 0, 3), piece("a", 3, 5), piece("b", 0, 3), piece("b", 3, 5));
        assertThat(past.pieces(Duration.ofDays(5))).containsExactly(piece("a", 0, 5), piece("b", 0, 5));
        assertThat(past.length()).isEqualTo(Duration.ofDays(5));
    }

    @Test
    void isSomethingOfSomething() {
        assertThatThrownBy(() -> new Past(List.of("a"), FROM, FROM)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Past(List.of(), FROM, FROM.plusSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Past piece(String asset, int fromDay, int beforeDay) {
        return new Past(List.of(asset), FROM.plus(Duration.ofDays(fromDay)), FROM.plus(Duration.ofDays(beforeDay)));
    }
}
