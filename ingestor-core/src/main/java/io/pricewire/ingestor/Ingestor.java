package io.pricewire.ingestor;

import io.pricewire.eventstream.Decoded;
import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.EventPublisher;
import io.pricewire.eventstream.EventStream;
import io.pricewire.eventstream.Received;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.Checkpoint;
import java.time.Clock;
import java.time.Duration;
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
    private final Stop stop = new Stop();
    private final Sinks.Empty<Void> ended = Sinks.empty();
    private boolean isLeading;

    Ingestor(PriceSource source, IngestorSettings settings, EventStream stream, Clock clock) {
        this.source = source;
        this.stream = stream;
        this.clock = clock;
        this.events = new IngestEvents(source, settings);
        this.demands = new Demands(source.name(), clock);
        this.pauses = new Pauses(source.interval(), settings.retryDelay(), settings.longestRetryDelay());
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
                publisher -> readCheckpoints().flatMap(checkpoints -> rounds(publisher, checkpoints)),
                EventPublisher::close);
        return Mono.firstWithSignal(rounds, commands.doOnNext(demands::add).then(Mono.never()))
                .doFirst(() -> leads(true))
                .doFinally(signal -> leads(false));
    }

    private synchronized void leads(boolean leads) {
        isLeading = leads;
        log.info("{} source={}", leads ? "this instance leads" : "this instance leads no longer", source.name());
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

    private void remember(Checkpoints checkpoints, Decoded<Checkpoint> decoded) {
        if (decoded instanceof Event<Checkpoint> event
                && event.value().getIngestor().equals(source.name())) {
            checkpoints.put(event.value());
        }
    }

    private Mono<Void> rounds(EventPublisher publisher, Checkpoints checkpoints) {
        return round(publisher, checkpoints)
                .flatMap(pause -> Mono.firstWithSignal(Mono.delay(pause), demands.arrival())
                        .takeUntilOther(stop.requested()))
                .repeat(() -> !stop.isRequested())
                .then();
    }

    /** Everything that is due now, or asked for; returns how long to wait before asking again. */
    private Mono<Duration> round(EventPublisher publisher, Checkpoints checkpoints) {
        return Flux.defer(() -> next(checkpoints))
                .subscribeOn(Schedulers.boundedElastic())
                .takeUntilOther(stop.requested())
                .concatMap(
                        work -> new Run(work, publisher, events, checkpoints, demands, pauses, clock).execute(stop), 1)
                .onErrorResume(SourceException.class, failure -> {
                    log.warn("nothing can be read source={} reason={}", source.name(), failure.getMessage());
                    return Mono.just(pauses.after(failure));
                })
                .reduce(Pauses::longer)
                .defaultIfEmpty(pauses.afterSuccess());
    }

    private Flux<Work> next(Checkpoints checkpoints) {
        Demand demand = demands.next();
        if (demand == null) {
            return source.due(checkpoints);
        }
        Replay replay = demand.replay();
        return replay == null ? source.onDemand(demand, checkpoints) : Flux.just(new Reread(source, demand, replay));
    }
}
