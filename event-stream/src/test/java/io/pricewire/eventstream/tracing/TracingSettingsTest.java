package io.pricewire.eventstream.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracingSettingsTest {

    @Test
    void isOffWithoutACollector() {
        assertThat(new TracingSettings("", BigDecimal.ONE).isOn()).isFalse();
    }

    @Test
    void isOnWithOne() {
        assertThat(new TracingSettings("http://localhost:4318/v1/traces", new BigDecimal("0.1")).isOn())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.1", "1.1"})
    void refusesWhatIsNoShare(BigDecimal probability) {
        assertThatThrownBy(() -> new TracingSettings("", probability))
                .hasMessage("pricewire.tracing.probability is %s; it takes 0 to 1".formatted(probability));
    }

    @Test
    void doesNotRepeatAnAddressWithAPassword() {
        assertThatThrownBy(() -> new TracingSettings("http://me:hidden@localhost", BigDecimal.ONE))
                .hasMessageStartingWith("pricewire.tracing.endpoint is no address")
                .hasMessageNotContaining("hidden");
    }
}
