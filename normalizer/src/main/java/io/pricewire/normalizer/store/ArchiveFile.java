package io.pricewire.normalizer.store;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPOutputStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A compressed file of lines, of which it is written all or nothing: it bears another name until all of it is on the disk,
 * and so does its name. Equal lines make equal files. Not thread-safe.
 */
final class ArchiveFile implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;

    private final Path folder;
    private final Path target;
    private final Path part;
    private final OutputStream out;
    private long lines;

    private ArchiveFile(Path folder, String name) throws IOException {
        Files.createDirectories(folder);
        this.folder = folder;
        this.target = folder.resolve(name);
        this.part = folder.resolve("." + name + ".part");
        this.out =
                new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(part), BUFFER_BYTES), BUFFER_BYTES);
    }

    /** {@code price_history_2013_04.1b9d6bcd.ndjson.gz}: the table, the month, and what tells it from others of that month. */
    static String nameOf(String partition) {
        return partition.replace("_expired_", ".") + ".ndjson.gz";
    }

    /** Writes the lines; a file of that name is replaced. */
    static Mono<Written> write(Path folder, String name, Flux<String> lines) {
        return Mono.using(
                        () -> new ArchiveFile(folder, name),
                        file -> lines.publishOn(Schedulers.boundedElastic())
                                .doOnNext(file::append)
                                .then(Mono.fromCallable(file::complete)),
                        ArchiveFile::close)
                .subscribeOn(Schedulers.boundedElastic());
    }

    private void append(String line) {
        try {
            out.write(line.getBytes(StandardCharsets.UTF_8));
            out.write('\n');
            lines++;
        } catch (IOException e) {
            throw new UncheckedIOException("the archive cannot be written: " + target, e);
        }
    }

    private Written complete() throws IOException {
        out.close();
        force(part, StandardOpenOption.WRITE);
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        force(folder, StandardOpenOption.READ);
        return new Written(lines, Files.size(target));
    }

    private static void force(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel opened = FileChannel.open(path, how)) {
            opened.force(true);
        }
    }

    /** What was not completed is not there any more. */
    @Override
    public void close() {
        try (out) {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw new UncheckedIOException("the archive cannot be closed: " + target, e);
        }
    }

    /**
     * What there is now.
     *
     * @param lines how many
     * @param bytes the size of the file
     */
    record Written(long lines, long bytes) {}
}
