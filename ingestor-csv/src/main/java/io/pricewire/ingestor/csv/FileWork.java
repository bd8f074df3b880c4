package io.pricewire.ingestor.csv;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.SourceException;
import io.pricewire.ingestor.Work;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Schedulers;

/** Reading one file. A position is the byte and the line at which the next record starts. */
record FileWork(CsvFile csv, int batchSize) implements Work {

    @Override
    public UUID runId() {
        return csv.runId();
    }

    @Override
    public Trigger trigger() {
        return Trigger.FILE;
    }

    @Override
    public String checkpointKey() {
        return csv.key();
    }

    @Override
    public String file() {
        return csv.name();
    }

    @Override
    public boolean isResumedAfterFailure() {
        return true;
    }

    @Override
    public Flux<Batch> read(@Nullable String position) {
        return Flux.<Batch, CsvReading>generate(() -> CsvReading.open(csv, position), this::next, CsvReading::close)
                .onErrorMap(UncheckedIOException.class, this::unavailable)
                .onErrorMap(IOException.class, this::unavailable)
                .subscribeOn(Schedulers.boundedElastic());
    }

    private CsvReading next(CsvReading reading, SynchronousSink<Batch> sink) {
        try {
            Batch batch = reading.next(batchSize);
            if (batch == null) {
                sink.complete();
            } else {
                sink.next(batch);
            }
        } catch (IOException e) {
            sink.error(e);
        }
        return reading;
    }

    private SourceException unavailable(Exception e) {
        return new SourceException(
                SourceException.Kind.UNAVAILABLE, "%s cannot be read: %s".formatted(csv.name(), e.getMessage()), e);
    }
}
