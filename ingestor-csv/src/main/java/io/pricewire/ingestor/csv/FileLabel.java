package io.pricewire.ingestor.csv;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
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
 * @param reading tells this reading from others of the same content; null where the same content is read once
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record FileLabel(
        @Nullable String name,
        @Nullable Instant modifiedAt,
        @Nullable String source,
        @Nullable Instant observedAt,
        @Nullable UUID reading) {

    static final String ENDING = ".label.json";

    /** Says nothing. */
    public static final FileLabel NONE = new FileLabel(null, null, null, null);

    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(always -> always.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    /** Of a file that is read once, whatever it is called. */
    public FileLabel(
            @Nullable String name,
            @Nullable Instant modifiedAt,
            @Nullable String source,
            @Nullable Instant observedAt) {
        this(name, modifiedAt, source, observedAt, null);
    }

    public FileLabel {
        if (source != null && !source.matches("csv-[a-z0-9-]{1,40}")) {
            throw new IllegalArgumentException(
                    "the source is \"%s\"; it takes csv- and up to 40 lower-case letters, digits and dashes"
                            .formatted(source));
        }
    }

    /** Of the same file, which is read although the same content may have been read before. */
    public FileLabel forReading(UUID id) {
        return new FileLabel(name, modifiedAt, source, observedAt, id);
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

    /** What of it makes another file of the same content: what changes what is read, and that it is to be read again. */
    String identity() {
        String said = "%s|%s".formatted(source == null ? "" : source, observedAt == null ? "" : observedAt);
        return reading == null ? said : said + "|" + reading;
    }
}
