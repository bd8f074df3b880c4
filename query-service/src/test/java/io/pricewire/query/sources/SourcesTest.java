package io.pricewire.query.sources;

import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.query.runs.IngestorRuns;
import io.pricewire.query.runs.RunView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourcesTest {

    private static final Instant NOW = Instant.parse("2026-11-21T07:00:00Z");

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "failure,0,away,unavailable",
                "failure,7,away,degraded",
                "partial,7,none,partial",
                "success,7,none,success"
            })
    void saysHowTheLastRunWentWhyAndWhenTheNextIs(String status, long seen, @Nullable String error, String state) {
        IngestorRuns runs = new IngestorRuns("toy", run(status, seen, error), null, null);

        SourceView source = new Sources(List.of(runs), List.of(), NOW).all().getFirst();

        assertThat(source.state()).isEqualTo(state);
        assertThat(source.error()).isEqualTo(error);
        assertThat(source.nextRunAt()).isEqualTo(NOW.plusSeconds(60));
        assertThat(source.budgetLeft()).isEqualTo(5);
    }

    private static RunView run(String status, long seen, @Nullable String error) {
        return new RunView(
                UUID.randomUUID(),
                "toy",
                status,
                "schedule",
                NOW,
                NOW,
                null,
                seen,
                seen,
                0,
                0,
                1,
                0,
                error,
                null,
                null,
                0,
                0,
                null,
                null,
                NOW.plusSeconds(60),
                5L);
    }
}
