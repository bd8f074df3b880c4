package io.pricewire.ingestor;

import static java.util.Objects.requireNonNull;

import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.tracing.TraceSpan;
import io.pricewire.proto.v1.Checkpoint;
import io.pricewire.proto.v1.IngestRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;

/** One run: reads its work batch by batch, and publishes each with the checkpoint after it in one transaction. */
final class Run {

    private static final Logger log = LoggerFactory.getLogger(Run.class);

    private final Work work;
    private final Term term;
    private final MonthOfCalls month;
    private final RunReport report;
    private final RunSpans spans;
    private String position;
    private String memory;
    private final Instant startedAt;
    private long callsCounted;

    Run(Work work, Term term) {
        this.work = work;
        this.term = term;
        Checkpoints checkpoints = term.checkpoints();
        Checkpoint unfinished = checkpoints.unfinished(work);
        this.month = MonthOfCalls.of(term.budget(), checkpoints, now());
        this.report = RunReport.start(term.events().ingestor(), work, unfinished, now());
        this.spans = new RunSpans(term.traces(), term.events().ingestor(), work, term.clock());
        this.position = unfinished == null ? "" : unfinished.getPosition();
        this.memory = checkpoints.memory(work.checkpointKey());
        this.startedAt = now();
        work.calls().tell(term.meters()::call);
        if (month.isBounded()) {
            work.calls().limitTo(month.left(0), Duration.between(now(), month.end()));
        }
        term.published().forgetOld(now());
    }

    /**
     * Runs to the end, or until told to stop, after the batch in flight; a run that was stopped goes on when it is next
     * due. What the source cannot do is reported. The schedule learns how it ended.
     */
    Mono<Void> execute(Stop stop) {
        return publishProgress(false)
                .thenMany(Flux.defer(this::read)
                        .takeUntilOther(stop.requested())
                        // An error takes its turn: what was read before it is published first.
                        .materialize()
                        .concatMap(this::publish, 1))
                .then(Mono.defer(() -> stop.isRequested() ? Mono.empty() : succeed()))
                .onErrorResume(SourceException.class, this::fail)
                .doFirst(spans::begin)
                .doFinally(signal -> spans.end());
    }

    private Flux<RunSpans.Fetched> read() {
        return work.read(position.isEmpty() ? null : position)
                .map(spans::fetched)
                .onErrorMap(this::isUnforeseen, this::unreadable);
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

    private Mono<Void> publish(Signal<RunSpans.Fetched> read) {
        if (read.isOnError()) {
            return Mono.error(requireNonNull(read.getThrowable()));
        }
        return read.isOnNext() ? publish(requireNonNull(read.get())) : Mono.empty();
    }

    private Mono<Void> publish(RunSpans.Fetched fetched) {
        TraceSpan span = spans.publish(fetched);
        return publish(fetched.batch(), span.traceparent())
                .doOnError(span::fail)
                .doFinally(signal -> span.end());
    }

    private Mono<Void> publish(Batch batch, @Nullable String traceparent) {
        Instant now = now();
        Batch news = work.leavesOutUnchanged() ? term.published().withoutUnchanged(batch, now) : batch;
        int leftOut = batch.observed().size() - news.observed().size();
        return term.publisher()
                .publish(
                        term.events().of(news, report.current(), work.replay(), sweep(now), now, traceparent), ends -> {
                            report.add(news, leftOut, ends);
                            position = news.position();
                            memory = news.memory() == null ? memory : news.memory();
                            return progress(false, now);
                        })
                .then(Mono.fromRunnable(() -> {
                    term.meters().add(news, leftOut);
                    term.ofSource().add(news);
                    countCalls();
                }));
    }

    /** How long it takes to read all that is polled: as long as the last time, or as long as it takes already. */
    private Duration sweep(Instant now) {
        return work.leavesOutUnchanged()
                ? Pauses.longer(term.schedule().lastSweep(), Duration.between(startedAt, now))
                : Duration.ZERO;
    }

    private Mono<Void> succeed() {
        report.succeed(now());
        log.info(
                "run ended run_id={} file={} seen={}",
                work.runId(),
                work.file(),
                report.current().getSeen());
        if (work.leavesOutUnchanged()) {
            term.schedule().swept(Duration.between(startedAt, now()));
        }
        term.schedule().succeeded(work);
        return end(true, SourceMeters.Outcome.of(report.current()));
    }

    private Mono<Void> fail(SourceException failure) {
        spans.fail(failure);
        term.schedule().failed(work, failure);
        log.warn(
                "run failed run_id={} file={} reason={} next_run_at={}",
                work.runId(),
                work.file(),
                failure.getMessage(),
                term.schedule().dueAt());
        report.fail(String.valueOf(failure.getMessage()), now());
        return end(
                failure.kind() == SourceException.Kind.UNREADABLE || !work.isResumedAfterFailure(),
                SourceMeters.Outcome.of(failure));
    }

    private Mono<Void> end(boolean finished, SourceMeters.Outcome outcome) {
        report.nextAt(term.schedule().dueAt());
        return publishProgress(finished)
                .then(Mono.fromRunnable(() -> term.ofSource().ended(work, report.current(), outcome)));
    }

    private Mono<Void> publishProgress(boolean finished) {
        return term.publisher()
                .publish(List.of(), ends -> progress(finished, now()))
                .then(Mono.fromRunnable(this::countCalls));
    }

    private List<Event<?>> progress(boolean finished, Instant now) {
        if (month.isBounded()) {
            report.budgetLeft(month.left(work.calls().made()));
        }
        IngestRun run = report.next();
        Checkpoint.Builder next = Checkpoint.newBuilder()
                .setIngestor(run.getIngestor())
                .setFile(work.checkpointKey())
                .setPosition(position)
                .setMemory(memory)
                .setRun(run)
                .setFinished(finished)
                .setUpdatedAt(IngestEvents.timestamp(now))
                .setLeftAloneUntil(IngestEvents.timestamp(term.schedule().askedUntil()));
        if (month.isBounded()) {
            month.writeTo(next, work.calls().made());
        }
        Checkpoint checkpoint = next.build();
        term.checkpoints().put(checkpoint);
        IngestEvents events = term.events();
        List<Event<?>> all = new ArrayList<>(List.of(events.of(run, now), events.of(checkpoint, now)));
        if (work.trigger() != Work.Trigger.REPLAY && work.trigger() != Work.Trigger.BACKFILL) {
            term.demands().drain().forEach(demand -> all.add(events.of(report.joined(demand, now), now)));
        }
        return all;
    }

    /** The meters count what is published, and not what was about to be. */
    private void countCalls() {
        long made = work.calls().made();
        term.meters().addCalls(made - callsCounted);
        callsCounted = made;
        if (month.isBounded()) {
            term.meters().setMonthLeft(month.left(made));
        }
    }

    private Instant now() {
        return term.clock().instant();
    }
}
