package io.pricewire.ingestor.csv;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the owner of a file says of it, in a file beside it that is called the same and ends with {@code .label.json}.
 * Everything in it may be missing.
 *
 * @param name what the file was called before it was copied
 * @param modifiedAt when it was modified before it was copied
 * @param source the name under which its prices are to be kept: {@code csv-} and lower-case letters, digits, dashes
 * @param observedAt when all of it was true, for a file that does not say so itself
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record FileLabel(
        @Nullable String name,
        @Nullable Instant modifiedAt,
        @Nullable String source,
        @Nullable Instant observedAt) {

    static final String ENDING = ".label.json";

    /** Says nothing. */
    public static final FileLabel NONE = new FileLabel(null, null, null, null);

    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(always -> always.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    public FileLabel {
        if (source != null && !source.matches("csv-[a-z0-9-]{1,40}")) {
            throw new IllegalArgumentException(
                    "the source is \"%s\"; it takes csv- and up to 40 lower-case letters, digits and dashes"
                            .formatted(source));
        }
    }

    /** Where the label of a file is. */
    public static Path pathFor(Path file) {
        return file.resolveSibling(file.getFileName() + ENDING);
    }

    /** Writes it beside the file, which need not be there yet. */
    public void writeFor(Path file) throws IOException {
        Files.write(pathFor(file), JSON.writeValueAsBytes(this));
    }

    /** The label of a file; an empty one where it has none. */
    static FileLabel of(Path file) throws IOException {
        try {
            return JSON.readValue(Files.readAllBytes(pathFor(file)), FileLabel.class);
        } catch (NoSuchFileException none) {
            return NONE;
        } catch (JacksonException e) {
            throw new IOException("%s cannot be read: %s".formatted(pathFor(file), e.getOriginalMessage()), e);
        }
    }

    /** The name by which the owner of the file knows it. */
    String nameOf(Path file) {
        return name != null ? name : file.getFileName().toString();
    }

    /** What of it changes what is read, and so makes another file of the same content. */
    String identity() {
        return "%s|%s".formatted(source == null ? "" : source, observedAt == null ? "" : observedAt);
    }
}
