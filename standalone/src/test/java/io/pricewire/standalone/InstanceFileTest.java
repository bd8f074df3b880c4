package io.pricewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class InstanceFileTest {

    private static final InstanceFile INSTANCE =
            new InstanceFile(17, "http://localhost:8080", "/data/csv", "its-own-key");

    @TempDir
    Path folder;

    @Test
    void isReadAsItWasWritten() {
        INSTANCE.write(folder);

        assertThat(InstanceFile.read(folder)).isEqualTo(INSTANCE);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void isItsOwnersAlone() throws Exception {
        INSTANCE.write(folder);

        assertThat(Files.getPosixFilePermissions(folder.resolve("instance.json")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void saysNothingOfTheKey() {
        assertThat(INSTANCE.toString()).contains("17", "localhost:8080").doesNotContain("its-own-key");
    }

    @Test
    void hasNoKeyWhereAnEarlierVersionHasWrittenIt() throws Exception {
        Files.writeString(
                folder.resolve("instance.json"),
                "{\"pid\":17,\"url\":\"http://localhost:8080\",\"csvDirectory\":\"csv\"}");

        assertThat(InstanceFile.read(folder)).isEqualTo(new InstanceFile(17, "http://localhost:8080", "csv", ""));
    }
}
