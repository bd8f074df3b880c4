package io.pricewire.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SchemaDocumentTest {

    private static final Path COMMITTED = Path.of("../docs/schema.md");

    @Test
    void isWhatIsCommitted() throws Exception {
        String text;
        try (TestDatabase database = new TestDatabase()) {
            text = new SchemaDocument(database).text();
        }
        if (Boolean.getBoolean("pricewire.update")) {
            Files.writeString(COMMITTED, text);
        }

        assertThat(text)
                .as("docs/schema.md; ./mvnw test -pl normalizer -am -Dpricewire.update=true writes it anew")
                .isEqualTo(Files.readString(COMMITTED));
    }
}
