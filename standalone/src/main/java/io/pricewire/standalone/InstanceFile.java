package io.pricewire.standalone;

import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a running instance says of itself in its folder, for commands that work with it.
 *
 * @param pid its process
 * @param url where its API is
 * @param csvDirectory its watched folder
 * @param key with which its API may be read; empty where the file does not say so
 */
record InstanceFile(long pid, String url, String csvDirectory, String key) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String NAME = "instance.json";

    InstanceFile(long pid, String url, String csvDirectory, @Nullable String key) {
        this.pid = pid;
        this.url = url;
        this.csvDirectory = csvDirectory;
        this.key = requireNonNullElse(key, "");
    }

    void write(Path folder) {
        try {
            // Other users may not read a temporary file.
            Path written = Files.createTempFile(folder, NAME, ".tmp");
            Files.write(written, JSON.writeValueAsBytes(this));
            Files.move(written, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder cannot be written to: " + folder, e);
        }
    }

    /** Null where no instance is up, or has been. */
    static @Nullable InstanceFile read(Path folder) {
        try {
            return JSON.readValue(Files.readAllBytes(folder.resolve(NAME)), InstanceFile.class);
        } catch (NoSuchFileException none) {
            return null;
        } catch (IOException | JacksonException e) {
            throw new UsageException("%s cannot be read: %s".formatted(folder.resolve(NAME), e.getMessage()));
        }
    }

    /** Says nothing of the key. */
    @Override
    public String toString() {
        return "InstanceFile[pid=%d, url=%s, csvDirectory=%s]".formatted(pid, url, csvDirectory);
    }

    static void delete(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve(NAME));
        } catch (IOException e) {
            throw new UncheckedIOException("the folder cannot be written to: " + folder, e);
        }
    }
}
