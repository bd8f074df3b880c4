package io.pricewire.ingestor.csv;

import io.pricewire.ingestor.Checkpoints;
import io.pricewire.ingestor.Demand;
import io.pricewire.ingestor.PriceSource;
import io.pricewire.ingestor.SourceException;
import io.pricewire.ingestor.Work;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads each file in the watched folder once, however often it is copied there; see {@link FileKey}. */
final class CsvSource implements PriceSource {

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

    private SourceException unavailable(IOException e) {
        return new SourceException(
                SourceException.Kind.UNAVAILABLE,
                "the folder %s cannot be read: %s".formatted(settings.directory(), e),
                e);
    }
}
