package io.pricewire.normalizer.observation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UuidsTest {

    @Test
    void takesAUuidInLowerCase() {
        assertThat(Uuids.isUuid("0123abcd-4567-89ef-0123-456789abcdef")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0123abcd-4567-89ef-0123-456789abcde",
                "0123abcd-4567-89ef-0123-456789abcdef0",
                "0123ABCD-4567-89ef-0123-456789abcdef",
                "0123abcg-4567-89ef-0123-456789abcdef",
                "0123abcd04567-89ef-0123-456789abcdef",
                "0123abcd-4567-89ef-0123-456789abcde\u0661"
            })
    void takesNothingElse(String text) {
        assertThat(Uuids.isUuid(text)).isFalse();
    }
}
