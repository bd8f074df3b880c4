package io.pricewire.query.canary;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures how long the canary takes to this service, and on to a client of the stream. That client is the service itself,
 * over a connection like anybody's; it connects when the first canary has come, so that where there is none there is no
 * client, and again when the connection ends.
 */
public final class CanaryWatch {

    private static final Logger log = LoggerFactory.getLogger(CanaryWatch.class);
    private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENT =
            new ParameterizedTypeReference<>() {};
    private static final Duration FIRST_DELAY = Duration.ofMillis(500);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);

    private final Supplier<URI> stream;
    private final String key;
    private final Duration silence;
    private final JsonMapper json;
    private final MeterRegistry registry;
    private final Clock clock;
    private final Sinks.Empty<Void> first = Sinks.empty();
    private final Sinks.Empty<Void> stopped = Sinks.empty();

    /**
     * @param stream where a client gets the canary, known when the service listens
     * @param key with which the stream may be read
     * @param silence a connection that says nothing for so long is dead
     */
    public CanaryWatch(
            Supplier<URI> stream, String key, Duration silence, JsonMapper json, MeterRegistry registry, Clock clock) {
        this.stream = stream;
        this.key = key;
        this.silence = silence;
        this.json = json;
        this.registry = registry;
        this.clock = clock;
    }

    /** The canary that was sent then is read from the topic. */
    public void read(Instant sentAt) {
        reached("normalized", sentAt);
        first.tryEmitEmpty();
    }

    /**
     * Waits for the first canary, then is a client until it is stopped. The delays before it connects again grow, and begin
     * anew once the stream brings something.
     */
    public Mono<Void> run() {
        return first.asMono()
                .thenMany(Flux.defer(this::events))
                .doOnNext(this::receive)
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_DELAY)
                        .maxBackoff(LONGEST_DELAY)
                        .transientErrors(true)
                        .doBeforeRetry(attempt -> log.warn(
                                "the stream does not bring the canary attempt={} reason={}",
                                attempt.totalRetriesInARow() + 1,
                                String.valueOf(attempt.failure()))))
                .takeUntilOther(stopped.asMono())
                .then();
    }

    public void stop() {
        stopped.tryEmitEmpty();
    }

    private Flux<ServerSentEvent<String>> events() {
        return WebClient.create()
                .get()
                .uri(stream.get())
                .headers(headers -> headers.setBearerAuth(key))
                .retrieve()
                .bodyToFlux(EVENT)
                .timeout(silence)
                .concatWith(Mono.error(() -> new IllegalStateException("it has ended")));
    }

    private void receive(ServerSentEvent<String> event) {
        if ("price".equals(event.event())) {
            reached(
                    "socket",
                    Instant.parse(
                            json.readTree(event.data()).path("observed_at").stringValue()));
        }
    }

    private void reached(String hop, Instant sentAt) {
        Timer.builder("pricewire.canary.latency")
                .description("From sending the canary to its arrival at a hop")
                .tag("hop", hop)
                .register(registry)
                .record(Duration.between(sentAt, clock.instant()));
    }
}
