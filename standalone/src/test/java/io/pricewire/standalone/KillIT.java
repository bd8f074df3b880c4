package io.pricewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pricewire.ingestor.csv.CsvInbox;
import io.pricewire.ingestor.csv.FileLabel;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code kill -9} of the whole in the middle of a load, again and again, and at the end of Postgres alone. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class KillIT {

    private static final int COINS = 500;
    private static final int DAYS = 1_000;
    private static final int ROWS = COINS * DAYS;

    @TempDir
    Path folder;

    @Test
    void losesAndDoublesNothingWhenItIsKilledTwice() throws Exception {
        losesAndDoublesNothingWhenItIsKilled(2);
    }

    @Test
    @Tag("full")
    void losesAndDoublesNothingWhenItIsKilledTenTimes() throws Exception {
        losesAndDoublesNothingWhenItIsKilled(10);
    }

    private void losesAndDoublesNothingWhenItIsKilled(int kills) throws Exception {
        Path file = folder.resolve("half-a-million.csv");
        writeRows(file);
        try (PricewireProcess pricewire = new PricewireProcess(folder)
                .with("PRICEWIRE_JAVA_OPTIONS", "-Xmx1g")
                .start()) {
            UUID run = new CsvInbox(pricewire.inbox()).put(file, FileLabel.NONE);
            for (int kill = 1; kill <= kills; kill++) {
                awaitHistoryRows(pricewire, ROWS * kill / (kills + 3));
                pricewire.kill();
                pricewire.start();
            }
            awaitHistoryRows(pricewire, ROWS * (kills + 1) / (kills + 3));
            pricewire.killPostgres();
            await().atMost(Duration.ofMinutes(5)).ignoreExceptions().until(() -> isComplete(pricewire, run));

            JsonNode report = pricewire.json("/api/v1/runs/" + run);
            assertThat(report.get("seen").asInt()).isEqualTo(ROWS);
            assertThat(report.get("outcome").toString())
                    .isEqualTo("{\"complete\":true,\"loaded\":%d,\"unchanged\":0,\"quarantined\":0}".formatted(ROWS));
            assertEachEventOnce(pricewire, "prices.raw.csv");
            assertEachEventOnce(pricewire, "prices.normalized");
        }
    }

    private static void awaitHistoryRows(PricewireProcess pricewire, int enough) {
        await().atMost(Duration.ofMinutes(3)).until(() -> historyRows(pricewire) >= enough);
    }

    /** The rows of the file and those of the sample. */
    private static void assertEachEventOnce(PricewireProcess pricewire, String topic) throws Exception {
        int samples = 180;
        List<String> ids = OrdinaryConsumer.readAll(pricewire.kafka(), topic, OrdinaryConsumer::eventId);

        assertThat(ids).as(topic).hasSize(ROWS + samples);
        assertThat(new HashSet<>(ids)).as("ids in " + topic).hasSize(ROWS + samples);
        assertThat(historyRows(pricewire)).isEqualTo(ROWS + samples);
    }

    private static boolean isComplete(PricewireProcess pricewire, UUID run) throws Exception {
        return pricewire
                .json("/api/v1/runs/" + run)
                .get("outcome")
                .get("complete")
                .asBoolean();
    }

    private static long historyRows(PricewireProcess pricewire) throws SQLException {
        try (Connection connection = pricewire.database();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from price_history")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void writeRows(Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("SNo,Name,Symbol,Date,High,Low,Open,Close,Volume,Marketcap\n");
            for (int row = 0; row < ROWS; row++) {
                int coin = row % COINS;
                LocalDate day = LocalDate.of(2018, 1, 1).plusDays(row / COINS);
                out.write("%d,Coin %d,C%d,%s 23:59:59,%d.75,%d.25,%d.5,%d.5%05d,%d.5,%d\n"
                        .formatted(row, coin, coin, day, row + 1, row + 1, row + 1, row + 1, coin, row, row * 1_000L));
            }
        }
    }
}
