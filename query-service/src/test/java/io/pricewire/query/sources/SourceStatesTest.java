package io.pricewire.query.sources;

import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.query.json.DecimalJson;
import io.pricewire.query.prices.LatestPrices;
import io.pricewire.query.runs.LastRuns;
import io.pricewire.query.runs.RunView;
import io.r2dbc.spi.ConnectionFactories;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.r2dbc.core.DatabaseClient;

class SourceStatesTest {

    private static final Instant NOW = Instant.parse("2026-11-21T07:00:00Z");

    /** Nothing is asked of the database. */
    private final SourceStates states = new SourceStates(
            new LastRuns(DatabaseClient.create(ConnectionFactories.get("r2dbc:postgresql://nobody@localhost/none"))),
            new LatestPrices(new DecimalJson()),
            Clock.fixed(NOW, ZoneOffset.UTC));

    @ParameterizedTest
    @CsvSource({
        "gemini, schedule, true",
        "gemini, command, true",
        "gemini, file, false",
        "csv, file, false",
        "csv, command, false"
    })
    void expectsSomethingFreshOfWhatIsPolled(String ingestor, String trigger, boolean isPolled) {
        assertThat(states.isPolled(source(ingestor, trigger, NOW))).isEqualTo(isPolled);
    }

    @Test
    void expectsNothingOfWhatWasPolledLastADayAgo() {
        assertThat(states.isPolled(source("gemini", "schedule", NOW.minus(Duration.ofDays(1)))))
                .isFalse();
    }

    private static SourceView source(String ingestor, String trigger, Instant finishedAt) {
        RunView last = new RunView(
                UUID.randomUUID(),
                ingestor,
                "success",
                trigger,
                finishedAt,
                finishedAt,
                null,
                1,
                1,
                0,
                0,
                1,
                0,
                null,
                null,
                null,
                0,
                0,
                null,
                null,
                NOW.plusSeconds(60),
                null);
        return new SourceView(
                ingestor + "-of-someone", ingestor, "success", null, 1, 1, null, null, last, null, null, null);
    }
}
