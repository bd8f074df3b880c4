package io.pricewire.ingestor.http;

import io.github.resilience4j.reactor.timelimiter.TimeLimiterOperator;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.pricewire.ingestor.CallBudget;
import io.pricewire.ingestor.Calls;
import io.pricewire.ingestor.SourceException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * Asks one service on the web, politely and without trusting it. Building it does no I/O, and nothing happens before what it
 * returns is subscribed to. What goes wrong it says by a {@link SourceException}. It is asked one thing after the other.
 */
public final class ServiceClient implements AutoCloseable {

    private static final Set<Integer> REDIRECTIONS = Set.of(301, 302, 303, 307, 308);
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(10);
    private static final int MOST_CONNECTIONS = 2;

    private final WebService service;
    private final HttpSettings settings;
    private final Clock clock;
    private final Safeguards safeguards;
    private final TimeLimiter timeLimiter;
    private final KnownAnswers known;
    private final ConnectionProvider connections;
    private final WebClient http;

    /** A client of a service; others of the same service do not share its limits. */
    public ServiceClient(WebService service, HttpSettings settings, Clock clock) {
        this(service, settings, clock, null);
    }

    /** @param exchange is asked instead of the service; null for the service */
    ServiceClient(WebService service, HttpSettings settings, Clock clock, @Nullable ExchangeFunction exchange) {
        this.service = service;
        this.settings = settings;
        this.clock = clock;
        this.safeguards =
                new Safeguards(service.name(), settings, service.budget().perMinute());
        this.timeLimiter = TimeLimiter.of(settings.requestTimeout());
        this.known = new KnownAnswers(settings.maxResponseSize().toBytes(), clock);
        this.connections = ConnectionProvider.builder("pricewire-" + service.name())
                .maxConnections(MOST_CONNECTIONS)
                .maxIdleTime(LONGEST_IDLE)
                .build();
        WebClient.Builder web = WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(HttpClient.create(connections)
                        .compress(true)
                        .disableRetry(true)
                        .followRedirect(ServiceClient::staysThere)))
                .defaultHeaders(headers -> {
                    headers.set(HttpHeaders.USER_AGENT, "Pricewire");
                    headers.set(HttpHeaders.ACCEPT, "application/json");
                    service.headers().forEach(headers::set);
                })
                .codecs(codecs -> codecs.defaultCodecs()
                        .maxInMemorySize((int) settings.maxResponseSize().toBytes()));
        this.http = (exchange == null ? web : web.exchangeFunction(exchange)).build();
    }

    /**
     * Asks for something.
     *
     * @param calls is told of each call that is made for it
     */
    public <T> Mono<T> get(ServiceRequest request, AnswerReader<T> reader, Calls calls) {
        return safeguards
                .around(call(service.resolve(request), reader), calls)
                .onErrorMap(FailedCall.class, failure -> failure.toSourceException(service));
    }

    /** How often the service may be asked. */
    CallBudget budget() {
        return service.budget();
    }

    Instant now() {
        return clock.instant();
    }

    @Override
    public void close() {
        connections.dispose();
    }

    private <T> Mono<T> call(URI address, AnswerReader<T> reader) {
        return Mono.defer(() -> {
            AtomicBoolean hasBegun = new AtomicBoolean();
            KnownAnswers.Known before = known.find(address);
            return http.get()
                    .uri(address)
                    .headers(headers -> {
                        if (before != null) {
                            headers.set(HttpHeaders.IF_NONE_MATCH, before.etag());
                        }
                    })
                    .exchangeToMono(response -> {
                        hasBegun.set(true);
                        return answer(address, response, before)
                                .map(reader::read)
                                .doOnError(UnreadableAnswerException.class, broken -> known.forget(address));
                    })
                    .transformDeferred(TimeLimiterOperator.of(timeLimiter))
                    .onErrorMap(failure -> FailedCall.of(failure, hasBegun.get(), service, settings));
        });
    }

    private Mono<Answer> answer(URI address, ClientResponse response, KnownAnswers.@Nullable Known before) {
        Mono<byte[]> body = response.bodyToMono(byte[].class).defaultIfEmpty(new byte[0]);
        if (response.statusCode().isSameCodeAs(HttpStatus.NOT_MODIFIED) && before != null) {
            return response.releaseBody().then(Mono.fromCallable(() -> answer(response, before.body())));
        }
        return response.statusCode().is2xxSuccessful()
                ? body.doOnNext(bytes -> remember(address, response, bytes)).map(bytes -> answer(response, bytes))
                // What it says of an error is worth knowing, and no more than that.
                : body.onErrorReturn(new byte[0]).flatMap(bytes -> Mono.error(failure(response, bytes)));
    }

    private void remember(URI address, ClientResponse response, byte[] body) {
        String etag = response.headers().asHttpHeaders().getFirst(HttpHeaders.ETAG);
        if (etag != null) {
            known.put(address, new KnownAnswers.Known(etag, body, clock.instant()));
        }
    }

    private Answer answer(ClientResponse response, byte[] body) {
        return Answer.of(body, clock.instant()).from(service, date(response));
    }

    private static @Nullable Instant date(ClientResponse response) {
        try {
            long date = response.headers().asHttpHeaders().getDate();
            return date < 0 ? null : Instant.ofEpochMilli(date);
        } catch (IllegalArgumentException noDate) {
            return null;
        }
    }

    private FailedCall failure(ClientResponse response, byte[] body) {
        return FailedCall.of(
                response.statusCode(),
                response.headers().asHttpHeaders(),
                Answer.of(body, clock.instant()).text(),
                service,
                clock.instant());
    }

    /** A key is sent to nobody else than the service it is for. */
    private static boolean staysThere(HttpClientRequest request, HttpClientResponse response) {
        String target = response.responseHeaders().get(HttpHeaders.LOCATION);
        if (target == null || !REDIRECTIONS.contains(response.status().code())) {
            return false;
        }
        try {
            URI from = URI.create(String.valueOf(request.resourceUrl()));
            URI to = from.resolve(target);
            return String.valueOf(from.getScheme()).equals(to.getScheme())
                    && String.valueOf(from.getRawAuthority()).equals(to.getRawAuthority());
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }
}
