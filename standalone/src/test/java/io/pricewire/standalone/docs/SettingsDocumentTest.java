package io.pricewire.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsDocumentTest {

    private static final Path COMMITTED = Path.of("../docs/configuration.md");

    @Test
    void isWhatIsCommitted() throws Exception {
        String text = SettingsDocument.text();
        if (Boolean.getBoolean("pricewire.update")) {
            Files.writeString(COMMITTED, text);
        }

        assertThat(text)
                .as("docs/configuration.md; ./mvnw test -pl standalone -am -Dpricewire.update=true writes it anew")
                .isEqualTo(Files.readString(COMMITTED));
    }

    @Test
    void namesTheVariablesOfTheContract() {
        assertThat(SettingsDocument.text())
                .contains("| `pricewire.kafka.bootstrap-servers` | `KAFKA_BOOTSTRAP_SERVERS` | `localhost:9092` |")
                .contains("| `pricewire.normalizer.batch-size` | `NORMALIZER_BATCH_SIZE` | `5000` |");
    }
}
