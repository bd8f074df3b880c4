package io.pricewire.ingestor.csv;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.Checkpoints;
import io.pricewire.ingestor.Demand;
import io.pricewire.ingestor.PriceSource;
import io.pricewire.ingestor.SourceException;
import io.pricewire.ingestor.Work;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads each file in the watched folder once, however often it is copied there; see {@link FileKey}. */
final class CsvSource implements PriceSource {

    private static final String READ = "read";

    private final CsvSettings settings;
    private final WatchedFolder folder;

    CsvSource(CsvSettings settings, Clock clock) {
        this.settings = settings;
        this.folder = new WatchedFolder(settings.directory(), settings.settleTime(), clock);
    }

    @Override
    public String name() {
        return "csv";
    }

    @Override
    public Duration interval() {
        return settings.scanInterval();
    }

    @Override
    public Flux<Work> due(Checkpoints checkpoints) {
        return Mono.fromCallable(folder::files)
                .onErrorMap(IOException.class, this::unavailable)
                .flatMapIterable(files -> files)
                .filter(file -> !checkpoints.isFinished(file.key()))
                .map(file -> new FileWork(file, settings.batchSize()));
    }

    @Override
    public Flux<Work> onDemand(Demand demand, Checkpoints checkpoints) {
        return Flux.concat(Flux.just(new Look(demand)), due(checkpoints));
    }

    @Override
    public Batch reread(String text, String context) {
        try {
            Row row = RowFormat.of(RowContext.parse(context)).read(text);
            return row.isRefused()
                    ? new Batch(List.of(), List.of(row.refusal()), READ, 1, 1)
                    : new Batch(List.of(row.price()), List.of(), READ, 1, 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SourceException unavailable(IOException e) {
        return new SourceException(
                SourceException.Kind.UNAVAILABLE,
                "the folder %s cannot be read: %s".formatted(settings.directory(), e),
                e);
    }
}
