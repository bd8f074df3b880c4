package io.pricewire.normalizer.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StretchTest {

    private static final Instant NOW = Instant.parse("2026-11-21T07:02:00Z");

    @Test
    void takesTheNewestUnitsAtEveryTurn() {
        assertThat(Stretch.due(NOW, 0).getFirst()).isEqualTo(stretch("06:50", "07:05"));
        assertThat(Stretch.due(NOW, 7).getFirst()).isEqualTo(stretch("06:50", "07:05"));
    }

    @Test
    void takesOlderUnitsByTurns() {
        assertThat(Stretch.due(NOW, 0).getLast()).isEqualTo(stretch("06:35", "06:50"));
        assertThat(Stretch.due(NOW, 1).getLast()).isEqualTo(stretch("06:20", "06:35"));
    }

    @Test
    void takesEveryUnitOfTheLastDayInAsManyTurnsAsThereAreStretches() {
        Set<Instant> units = new HashSet<>();
        for (int turn = 0; turn < 95; turn++) {
            for (Stretch stretch : Stretch.due(NOW, turn)) {
                for (Instant unit = stretch.from(); unit.isBefore(stretch.to()); unit = unit.plusSeconds(300)) {
                    units.add(unit);
                }
            }
        }

        assertThat(units).hasSize(24 * 12).allMatch(unit -> unit.isAfter(NOW.minus(Duration.ofHours(24))));
    }

    private static Stretch stretch(String from, String to) {
        return new Stretch(
                Instant.parse("2026-11-21T%s:00Z".formatted(from)), Instant.parse("2026-11-21T%s:00Z".formatted(to)));
    }
}
