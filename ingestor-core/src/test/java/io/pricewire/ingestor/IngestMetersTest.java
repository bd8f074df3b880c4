package io.pricewire.ingestor;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class IngestMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final IngestMeters meters =
            new IngestMeters(registry, "ticking", new MinuteOfCalls(new CallBudget(0, 1_000), Clock.systemUTC()));

    @Test
    void saysNothingOfAMonthThatAnotherInstanceUses() {
        meters.setMonthLeft(40);
        assertThat(monthLeft()).isEqualTo(40);

        meters.forgetMonth();
        assertThat(monthLeft()).isNaN();

        meters.setMonthLeft(30);
        assertThat(monthLeft()).isEqualTo(30);
    }

    private double monthLeft() {
        return registry.get("pricewire.ingestor.budget.left")
                .tag("per", "month")
                .gauge()
                .value();
    }
}
