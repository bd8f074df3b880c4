package io.pricewire.ingestor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallBudgetTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void keepsPollsApartByWhicheverBoundIsTighter() {
        assertThat(new CallBudget(10, 0).interval(70, MINUTE)).isEqualTo(Duration.ofMinutes(7));
        assertThat(new CallBudget(10, 10_200).interval(70, MINUTE))
                .isEqualTo(Duration.ofHours(5).plusMinutes(36));
        assertThat(new CallBudget(0, 10_200).interval(1, MINUTE)).isEqualTo(Duration.ofSeconds(288));
    }

    @Test
    void keepsThemApartNoLessThanMakesSense() {
        assertThat(new CallBudget(100, 0).interval(1, MINUTE)).isEqualTo(MINUTE);
        assertThat(CallBudget.UNBOUNDED.interval(1_000, MINUTE)).isEqualTo(MINUTE);
    }

    @Test
    void takesWhatSomebodyHasSet() {
        assertThat(new CallBudget(1, 2).or(null, null)).isEqualTo(new CallBudget(1, 2));
        assertThat(new CallBudget(1, 2).or(3, null)).isEqualTo(new CallBudget(3, 2));
        assertThat(new CallBudget(1, 2).or(null, 4)).isEqualTo(new CallBudget(1, 4));
    }

    @Test
    void refusesLessThanNothing() {
        assertThatThrownBy(() -> new CallBudget(-1, 0)).hasMessageContaining("makes no sense");
        assertThatThrownBy(() -> CallBudget.requireCalls("x", 0, null))
                .hasMessage("x.calls-per-minute is 0; it takes 1 or more");
    }
}
