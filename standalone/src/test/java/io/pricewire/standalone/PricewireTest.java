package io.pricewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PricewireTest {

    @Test
    void runsWhereNoCommandIsNamed() {
        assertThat(Pricewire.withCommand()).containsExactly("run");
        assertThat(Pricewire.withCommand("--once")).containsExactly("run", "--once");
    }

    @Test
    void doesWhatItIsTold() {
        assertThat(Pricewire.withCommand("load", "a.csv")).containsExactly("load", "a.csv");
        assertThat(Pricewire.withCommand("--help")).containsExactly("--help");
    }
}
