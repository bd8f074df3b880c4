package io.pricewire.eventstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventIdTest {

    @Test
    void isTheSameForTheSameParts() {
        assertThat(EventId.of("coingecko", "bitcoin")).isEqualTo(EventId.of("coingecko", "bitcoin"));
    }

    @Test
    void staysWhatItWasWhenItWasPublished() {
        assertThat(EventId.of("coingecko", "bitcoin", null, "64123.12"))
                .isEqualTo("95b01ec3-e5fa-883f-8e37-00ba0e52e133");
    }

    @Test
    void isAUuidOfVersion8() {
        UUID id = UUID.fromString(EventId.of("a"));

        assertThat(id.version()).isEqualTo(8);
        assertThat(id.variant()).isEqualTo(2);
    }

    @Test
    void keepsPartsApart() {
        assertThat(EventId.of("ab", "c")).isNotEqualTo(EventId.of("a", "bc"));
    }

    @Test
    void tellsUnknownFromEmpty() {
        assertThat(EventId.of("a", null)).isNotEqualTo(EventId.of("a", ""));
    }
}
