package io.pricewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.embedded.testing.TestServers;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is stored, checked from the command line. */
class CheckCommandTest {

    private final PrintStream standard = System.out;
    private final PrintStream standardError = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
    private String jdbcUrl = "";

    @BeforeEach
    void migrate() {
        String url = TestServers.newDatabase();
        String[] parts = url.split("[/:@]+", 6);
        jdbcUrl = "jdbc:postgresql://%s:%s/%s?user=%s&password=%s"
                .formatted(parts[3], parts[4], parts[5], parts[1], parts[2]);
        Flyway.configure().dataSource(jdbcUrl, null, null).load().migrate();
        System.setProperty("DATABASE_URL", url);
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void forget() {
        System.setOut(standard);
        System.setErr(standardError);
        System.clearProperty("DATABASE_URL");
    }

    @Test
    void passesWhatIsSound() {
        assertThat(Pricewire.execute("check")).as(output()).isZero();

        assertThat(output())
                .contains("latest_is_newest        OK      every latest price is the newest of its history")
                .doesNotContain("FAILED");
    }

    @Test
    void showsWhatIsBrokenAndEndsWithOne() throws SQLException {
        execute("create table price_history_default partition of price_history default");

        assertThat(Pricewire.execute("check")).isEqualTo(1);

        assertThat(output())
                .contains(
                        "partitions              FAILED",
                        "    price_history_default is a default partition of price_history");
    }

    @Test
    void refusesADatabaseThatIsNotPricewires() {
        System.setProperty("DATABASE_URL", TestServers.newDatabase());

        assertThat(Pricewire.execute("check")).isEqualTo(1);

        assertThat(output()).isEmpty();
        assertThat(complained.toString(StandardCharsets.UTF_8))
                .contains("pricewire: the database has none of Pricewire's tables; is it the right one?");
    }

    private String output() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
