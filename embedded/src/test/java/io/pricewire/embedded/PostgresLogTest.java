package io.pricewire.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresLogTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("postgres.log");
    }

    @Test
    void endsWithTheLastTenLinesOfThisStart() throws IOException {
        append("database system is shut down\n");
        PostgresLog log = PostgresLog.in(folder);
        append(IntStream.rangeClosed(1, 12)
                .mapToObj(line -> "line " + line + "\n")
                .collect(Collectors.joining()));

        assertThat(log.end())
                .startsWith(file + " ends with:")
                .contains("line 3\n", "line 12")
                .doesNotContain("line 2\n");
    }

    @Test
    void saysNothingOfAnEarlierStart() throws IOException {
        append("database system is shut down\n");

        assertThat(PostgresLog.in(folder).end()).doesNotContain("shut down");
    }

    @Test
    void staysWhereItIsOfAMegabyte() throws IOException {
        append("x".repeat((int) PostgresLog.MAX_BYTES_AT_START));

        PostgresLog.in(folder);

        assertThat(folder.resolve("postgres.log.1")).doesNotExist();
    }

    @Test
    void takesThePlaceOfAnEarlierOneWhereItIsLonger() throws IOException {
        Files.writeString(folder.resolve("postgres.log.1"), "the one before");
        append("y".repeat((int) PostgresLog.MAX_BYTES_AT_START + 1));

        PostgresLog.in(folder);

        assertThat(file).doesNotExist();
        assertThat(folder.resolve("postgres.log.1")).content().startsWith("yyy");
    }

    private void append(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
