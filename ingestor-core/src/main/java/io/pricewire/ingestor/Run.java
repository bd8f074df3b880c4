package io.pricewire.ingestor;

import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.EventPublisher;
import io.pricewire.proto.v1.Checkpoint;
import io.pricewire.proto.v1.IngestRun;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One run: reads its work batch by batch, and publishes each with the checkpoint after it in one transaction. */
final class Run {

    private static final Logger log = LoggerFactory.getLogger(Run.class);

    private final Work work;
    private final EventPublisher publisher;
    private final IngestEvents events;
    private final Checkpoints checkpoints;
    private final Clock clock;
    private final RunReport report;
    private String position;

    Run(
            Work work,
            EventPublisher publisher,
            IngestEvents events,
            Checkpoints checkpoints,
            String ingestor,
            Clock clock) {
        this.work = work;
        this.publisher = publisher;
        this.events = events;
        this.checkpoints = checkpoints;
        this.clock = clock;
        Checkpoint unfinished = checkpoints.unfinished(work);
        this.report = RunReport.start(ingestor, work, unfinished, clock.instant());
        this.position = unfinished == null ? "" : unfinished.getPosition();
    }

    /**
     * Runs to the end, or until told to stop, after the batch in flight; a run that was stopped goes on when it is next
     * due. What the source cannot do is reported and, where it may work later, passed on.
     */
    Mono<Void> execute(Stop stop) {
        return publishProgress(false)
                .thenMany(
                        Flux.defer(this::read).takeUntilOther(stop.requested()).concatMap(this::publish, 1))
                .then(Mono.defer(() -> stop.isRequested() ? Mono.empty() : succeed()))
                .onErrorResume(SourceException.class, this::fail);
    }

    private Flux<Batch> read() {
        return work.read(position.isEmpty() ? null : position);
    }

    private Mono<Void> publish(Batch batch) {
        Instant now = clock.instant();
        return publisher.publish(events.of(batch, report.current(), now), ends -> {
            report.add(batch, ends);
            position = batch.position();
            return progress(false, now);
        });
    }

    private Mono<Void> succeed() {
        report.succeed(clock.instant());
        log.info(
                "run ended run_id={} file={} seen={}",
                work.runId(),
                work.file(),
                report.current().getSeen());
        return publishProgress(true);
    }

    private Mono<Void> fail(SourceException failure) {
        log.warn("run failed run_id={} file={} reason={}", work.runId(), work.file(), failure.getMessage());
        report.fail(String.valueOf(failure.getMessage()), clock.instant());
        return switch (failure.kind()) {
            case UNREADABLE -> publishProgress(true);
            case UNAVAILABLE -> publishProgress(false).then(Mono.error(failure));
        };
    }

    private Mono<Void> publishProgress(boolean finished) {
        return publisher.publish(List.of(), ends -> progress(finished, clock.instant()));
    }

    private List<Event<?>> progress(boolean finished, Instant now) {
        IngestRun run = report.next();
        Checkpoint checkpoint = Checkpoint.newBuilder()
                .setIngestor(run.getIngestor())
                .setFile(work.checkpointKey())
                .setPosition(position)
                .setRun(run)
                .setFinished(finished)
                .setUpdatedAt(IngestEvents.timestamp(now))
                .build();
        checkpoints.put(checkpoint);
        return List.of(events.of(run, now), events.of(checkpoint, now));
    }
}
