package io.pricewire.ingestor;

import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.EventPublisher;
import io.pricewire.proto.v1.Checkpoint;
import io.pricewire.proto.v1.IngestRun;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
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
    private final Demands demands;
    private final Schedule schedule;
    private final Clock clock;
    private final RunReport report;
    private String position;

    Run(
            Work work,
            EventPublisher publisher,
            IngestEvents events,
            Checkpoints checkpoints,
            Demands demands,
            Schedule schedule,
            Clock clock) {
        this.work = work;
        this.publisher = publisher;
        this.events = events;
        this.checkpoints = checkpoints;
        this.demands = demands;
        this.schedule = schedule;
        this.clock = clock;
        Checkpoint unfinished = checkpoints.unfinished(work);
        this.report = RunReport.start(events.ingestor(), work, unfinished, clock.instant());
        this.position = unfinished == null ? "" : unfinished.getPosition();
    }

    /**
     * Runs to the end, or until told to stop, after the batch in flight; a run that was stopped goes on when it is next
     * due. What the source cannot do is reported. The schedule learns how it ended.
     */
    Mono<Void> execute(Stop stop) {
        return publishProgress(false)
                .thenMany(Flux.defer(this::read)
                        .takeUntilOther(stop.requested())
                        // An error waits for the batch in flight, whose transaction it would cut in two.
                        .concatMapDelayError(this::publish, false, 1))
                .then(Mono.defer(() -> stop.isRequested() ? Mono.empty() : succeed()))
                .onErrorResume(SourceException.class, this::fail);
    }

    private Flux<Batch> read() {
        return work.read(position.isEmpty() ? null : position).onErrorMap(this::isUnforeseen, this::unreadable);
    }

    private boolean isUnforeseen(Throwable failure) {
        return !(failure instanceof SourceException);
    }

    /** One that nobody thought of would else stop the ingestor at this work for ever. */
    private SourceException unreadable(Throwable failure) {
        log.error(
                "reading failed in a way that was not foreseen run_id={} file={}", work.runId(), work.file(), failure);
        return new SourceException(SourceException.Kind.UNREADABLE, "it cannot be read: " + failure, failure);
    }

    private Mono<Void> publish(Batch batch) {
        Instant now = clock.instant();
        return publisher.publish(events.of(batch, report.current(), work.replay(), now), ends -> {
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
        schedule.succeeded(work);
        return end(true);
    }

    private Mono<Void> fail(SourceException failure) {
        schedule.failed(work, failure);
        log.warn(
                "run failed run_id={} file={} reason={} next_run_at={}",
                work.runId(),
                work.file(),
                failure.getMessage(),
                schedule.dueAt());
        report.fail(String.valueOf(failure.getMessage()), clock.instant());
        return end(failure.kind() == SourceException.Kind.UNREADABLE || !work.isResumedAfterFailure());
    }

    private Mono<Void> end(boolean finished) {
        report.nextAt(schedule.dueAt());
        return publishProgress(finished);
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
                .setLeftAloneUntil(IngestEvents.timestamp(schedule.askedUntil()))
                .build();
        checkpoints.put(checkpoint);
        List<Event<?>> all = new ArrayList<>(List.of(events.of(run, now), events.of(checkpoint, now)));
        if (work.replay() == null) {
            demands.drain().forEach(demand -> all.add(events.of(report.joined(demand, now), now)));
        }
        return all;
    }
}
