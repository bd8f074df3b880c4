package io.pricewire.query.commands;

import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.EventPublisher;
import io.pricewire.eventstream.EventStream;
import io.pricewire.eventstream.Subscription;
import io.pricewire.proto.Topic;
import io.pricewire.proto.Topics;
import io.pricewire.query.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Publishes what is asked of others, one transaction after another. Building it does no I/O: the way to Kafka is opened
 * for the first command and kept, and after a failure it is opened anew for the next.
 */
public final class CommandPublisher {

    private static final Logger log = LoggerFactory.getLogger(CommandPublisher.class);
    private static final List<Topic<?>> TOPICS =
            List.of(Topics.INGEST_COMMANDS, Topics.INGEST_RUNS, Topics.NORMALIZER_COMMANDS);
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final int MOST_WAITING = 1_000;

    private final EventStream stream;
    private final String transactionalId;
    private final Sinks.Many<Request> requests =
            Sinks.many().unicast().onBackpressureBuffer(new ArrayBlockingQueue<>(MOST_WAITING));
    private @Nullable EventPublisher publisher;

    /**
     * @param transactionalId another for each instance
     */
    public CommandPublisher(EventStream stream, String transactionalId) {
        this.stream = stream;
        this.transactionalId = transactionalId;
    }

    /** Publishes until {@link #stop}; completes when all that was taken before is published. */
    public Mono<Void> run() {
        return requests.asFlux().concatMap(this::handle).then(Mono.defer(this::close));
    }

    public synchronized void stop() {
        requests.tryEmitComplete();
    }

    /** Publishes the events, all of them or none. */
    Mono<Void> publish(List<Event<?>> events) {
        return Mono.defer(() -> {
            Request request = new Request(events, Sinks.empty());
            return isTaken(request) ? request.done.asMono() : Mono.error(notNow());
        });
    }

    private synchronized boolean isTaken(Request request) {
        return requests.tryEmitNext(request).isSuccess();
    }

    private Mono<Void> handle(Request request) {
        return publisher()
                .flatMap(open -> open.publish(request.events))
                .timeout(TIMEOUT)
                .doOnSuccess(nothing -> request.done.tryEmitEmpty())
                .onErrorResume(failure -> {
                    log.warn("a command could not be published reason={}", failure.toString());
                    return close().doFinally(signal -> request.done.tryEmitError(notNow()));
                });
    }

    private Mono<EventPublisher> publisher() {
        EventPublisher open = publisher;
        return open != null
                ? Mono.just(open)
                : stream.createTopics(TOPICS)
                        .then(stream.publisher(transactionalId, new Subscription(TOPICS, List.of())))
                        .doOnNext(opened -> publisher = opened);
    }

    private Mono<Void> close() {
        EventPublisher open = publisher;
        publisher = null;
        return open == null ? Mono.empty() : open.close().onErrorComplete();
    }

    private static ProblemException notNow() {
        return ProblemException.unavailable("Kafka is not taking commands", Duration.ofSeconds(5));
    }

    private record Request(List<Event<?>> events, Sinks.Empty<Void> done) {}
}
