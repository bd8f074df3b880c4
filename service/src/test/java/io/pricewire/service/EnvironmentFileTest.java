package io.pricewire.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentFileTest {

    @TempDir
    Path folder;

    @Test
    void readsWhatPeopleWrite() throws Exception {
        assertThat(read("""
                # a comment

                PLAIN=some value
                export EXPORTED=1
                  INDENTED = 2\t
                EMPTY=
                COMMENTED=3 # three
                ONLY_A_COMMENT= # nothing
                HASH=pass#word
                EQUALS=a=b
                SINGLE='a # "b" \\n' # c
                DOUBLE="a # 'b' \\"c\\" \\\\ \\d \\n$"
                PLAIN_AGAIN=1
                PLAIN_AGAIN=2
                """))
                .isEqualTo(Map.ofEntries(
                        Map.entry("PLAIN", "some value"),
                        Map.entry("EXPORTED", "1"),
                        Map.entry("INDENTED", "2"),
                        Map.entry("EMPTY", ""),
                        Map.entry("COMMENTED", "3"),
                        Map.entry("ONLY_A_COMMENT", ""),
                        Map.entry("HASH", "pass#word"),
                        Map.entry("EQUALS", "a=b"),
                        Map.entry("SINGLE", "a # \"b\" \\n"),
                        Map.entry("DOUBLE", "a # 'b' \"c\" \\ \\d \n$"),
                        Map.entry("PLAIN_AGAIN", "2")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no assignment", "=value", "1A=value", "A-B=value", "export A", "A B=value"})
    void refusesALineThatSetsNothing(String line) {
        assertThatThrownBy(() -> read("A=1\n\n" + line + "\n"))
                .hasMessage("%s: line 3 is not of the form NAME=value".formatted(file()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"A='open", "A=\"open", "A=\"open\\\"", "A='closed' too early"})
    void refusesAQuoteThatIsNotClosedAtTheEnd(String line) {
        assertThatThrownBy(() -> read(line))
                .hasMessage("%s: line 1 has a quote that is not closed at the end of the value".formatted(file()));
    }

    @Test
    void refusesWhatIsNoText() throws Exception {
        Files.write(file(), "A=\u00e4".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> new EnvironmentFile(file()).read())
                .hasMessageStartingWith("%s cannot be read: ".formatted(file()));
    }

    @Test
    void isInTheWorkingDirectoryUnlessTheEnvironmentSaysOtherwise() throws Exception {
        assertThat(EnvironmentFile.path(Map.of())).isEqualTo(Path.of(".env"));
        assertThat(EnvironmentFile.path(Map.of("PRICEWIRE_ENVIRONMENTFILE", "/etc/pricewire.env")))
                .isEqualTo(Path.of("/etc/pricewire.env"));

        Path none = EnvironmentFile.path(Map.of("PRICEWIRE_ENVIRONMENTFILE", ""));
        assertThat(new EnvironmentFile(none).read()).isEmpty();
    }

    @Test
    void needNotBeThere() throws Exception {
        assertThat(new EnvironmentFile(file()).read()).isEmpty();

        Files.createDirectory(file());
        assertThat(new EnvironmentFile(file()).read()).isEmpty();
    }

    private Map<String, Object> read(String text) throws IOException {
        Files.writeString(file(), text);
        return new EnvironmentFile(file()).read();
    }

    private Path file() {
        return folder.resolve(".env");
    }
}
