package io.pricewire.ingestor;

import io.micrometer.core.instrument.MeterRegistry;
import io.pricewire.eventstream.Decoded;
import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.EventPublisher;
import io.pricewire.eventstream.EventStream;
import io.pricewire.eventstream.Received;
import io.pricewire.eventstream.TopicLog;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.Checkpoint;
import io.pricewire.proto.v1.IngestRun;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Lets a source be read by one of its instances at a time, round after round. The instance that leads opens the
 * ingestor's only publisher, which fences any other, then reads the checkpoints to their end, and goes on from there.
 */
final class Ingestor {

    private static final Logger log = LoggerFactory.getLogger(Ingestor.class);

    private final PriceSource source;
    private final EventStream stream;
    private final Clock clock;
    private final IngestEvents events;
    private final Demands demands;
    private final Pauses pauses;
    private final Duration heartbeat;
    private final SourceMeters ofSource;
    private final IngestMeters meters;
    private final Stop stop = new Stop();
    private final Sinks.Empty<Void> ended = Sinks.empty();
    private boolean isLeading;

    Ingestor(PriceSource source, IngestorSettings settings, EventStream stream, MeterRegistry registry, Clock clock) {
        this.source = source;
        this.stream = stream;
        this.clock = clock;
        this.events = new IngestEvents(source, settings);
        this.ofSource = new SourceMeters(registry, source, clock);
        this.demands = new Demands(source.name(), clock);
        this.pauses = new Pauses(source.interval(), settings.retryDelay(), settings.longestRetryDelay());
        this.heartbeat = settings.heartbeat();
        this.meters = new IngestMeters(registry, source.name(), new MinuteOfCalls(source.budget(), clock));
    }

    /** Runs until {@link #stop}, and completes when what was in flight then has ended. */
    Mono<Void> run() {
        String name = "pricewire-ingestor-" + source.name();
        return stream.createTopics(events.topics())
                .then(stream.whileLeading(name, Topics.INGEST_COMMANDS, commands -> lead(name, commands)))
                .takeUntilOther(ended.asMono());
    }

    /** Ends after the batch in flight. */
    synchronized void stop() {
        stop.request();
        if (!isLeading) {
            ended.tryEmitEmpty();
        }
    }

    private Mono<Void> lead(String transactionalId, Flux<Received> commands) {
        Mono<Void> rounds = Mono.usingWhen(
                stream.publisher(transactionalId, events.published()),
                publisher -> readCheckpoints()
                        .zipWith(readPublished(), (checkpoints, published) -> begin(publisher, checkpoints, published))
                        .flatMap(this::rounds),
                EventPublisher::close);
        return Mono.firstWithSignal(rounds, commands.doOnNext(demands::add).then(Mono.never()))
                .doFirst(() -> leads(true))
                .doFinally(signal -> leads(false));
    }

    private synchronized void leads(boolean leads) {
        isLeading = leads;
        log.info("{} source={}", leads ? "this instance leads" : "this instance leads no longer", source.name());
        if (!leads) {
            meters.forgetMonth();
        }
        if (!leads && stop.isRequested()) {
            ended.tryEmitEmpty();
        }
    }

    private Mono<Checkpoints> readCheckpoints() {
        return stream.log(Topics.INGEST_CHECKPOINTS)
                .toEnd()
                .map(received -> received.decode(Topics.INGEST_CHECKPOINTS))
                .collect(Checkpoints::new, this::remember);
    }

    /** What is not polled is read once, and says nothing again. */
    private Mono<LastPublished> readPublished() {
        if (!(source instanceof PolledSource)) {
            return Mono.just(new LastPublished(heartbeat));
        }
        TopicLog log = stream.log(events.observed());
        return Mono.zip(log.since(clock.instant().minus(heartbeat)), log.end())
                .flatMapMany(bounds -> log.between(bounds.getT1(), bounds.getT2()))
                .collect(() -> new LastPublished(heartbeat), LastPublished::add);
    }

    private Term begin(EventPublisher publisher, Checkpoints checkpoints, LastPublished published) {
        Schedule schedule = new Schedule(pauses, checkpoints.leftAloneUntil(), clock);
        return new Term(
                publisher,
                events,
                checkpoints,
                published,
                demands,
                schedule,
                source.budget(),
                meters,
                ofSource,
                stream.traces(),
                clock);
    }

    private void remember(Checkpoints checkpoints, Decoded<Checkpoint> decoded) {
        if (decoded instanceof Event<Checkpoint> event
                && event.value().getIngestor().equals(source.name())) {
            checkpoints.put(event.value());
        }
    }

    private Mono<Void> rounds(Term term) {
        return endAbandoned(term)
                .then(Mono.defer(() -> round(term))
                        .then(Mono.defer(() -> untilNext(term.schedule())))
                        .repeat(() -> !stop.isRequested())
                        .then());
    }

    private Mono<Void> untilNext(Schedule schedule) {
        return Mono.firstWithSignal(Mono.delay(schedule.pause()).then(), demands.arrival())
                .takeUntilOther(stop.requested());
    }

    /** What an earlier leader was asked to read again, or to read of the past, is known to nobody any more. */
    private Mono<Void> endAbandoned(Term term) {
        return endAbandoned(term, Reread.CHECKPOINT).then(endAbandoned(term, Backfill.CHECKPOINT));
    }

    private Mono<Void> endAbandoned(Term term, String checkpointKey) {
        IngestRun run = term.checkpoints().unfinishedRun(checkpointKey);
        if (run == null) {
            return Mono.empty();
        }
        Instant now = clock.instant();
        IngestRun abandoned = RunReport.abandoned(run, now);
        Checkpoint checkpoint = term.checkpoints().finished(checkpointKey, abandoned);
        return term.publisher().publish(List.of(events.of(abandoned, now), events.of(checkpoint, now)));
    }

    /** Everything that was begun, is asked for, or is due now. */
    private Mono<Void> round(Term term) {
        return Flux.defer(() -> next(term))
                .subscribeOn(Schedulers.boundedElastic())
                .takeUntilOther(stop.requested())
                .concatMap(work -> new Run(work, term).execute(stop), 1)
                .then()
                .onErrorResume(SourceException.class, failure -> {
                    log.warn("nothing can be read source={} reason={}", source.name(), failure.getMessage());
                    term.schedule().failed(failure);
                    return Mono.empty();
                });
    }

    private Flux<Work> next(Term term) {
        if (term.schedule().isLeftAlone()) {
            return demanded(term);
        }
        return source.begun(term.checkpoints())
                .doOnNext(work -> term.schedule().begin())
                .switchIfEmpty(Flux.defer(() -> demanded(term)));
    }

    private Flux<Work> demanded(Term term) {
        Demand demand = demands.next();
        Schedule schedule = term.schedule();
        if (demand == null) {
            return schedule.isDue() ? due(term) : Flux.empty();
        }
        Replay replay = demand.replay();
        if (replay != null) {
            return Flux.just(new Reread(source, demand, replay));
        }
        if (schedule.isLeftAlone()) {
            return decline(demand, term).thenMany(Flux.<Work>empty());
        }
        Past past = demand.past();
        if (past != null) {
            return Flux.just(new Backfill(source, demand, past, new Calls()));
        }
        schedule.begin();
        return source.onDemand(demand, term.checkpoints());
    }

    private Flux<Work> due(Term term) {
        Schedule schedule = term.schedule();
        schedule.begin();
        return source.due(term.checkpoints()).switchIfEmpty(Flux.<Work>empty().doOnComplete(schedule::foundNothing));
    }

    private Mono<Void> decline(Demand demand, Term term) {
        Instant now = clock.instant();
        Instant next = term.schedule().leftAloneUntil();
        String reason = "the source is left alone until %s: %s"
                .formatted(next, term.schedule().reason());
        log.warn("a command is declined run_id={} reason={}", demand.runId(), reason);
        MonthOfCalls month = MonthOfCalls.of(term.budget(), term.checkpoints(), now);
        IngestRun declined = RunReport.declined(source.name(), demand, reason, month, next, now);
        return term.publisher().publish(List.of(events.of(declined, now)));
    }
}
