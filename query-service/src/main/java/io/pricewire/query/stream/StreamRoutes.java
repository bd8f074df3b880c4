package io.pricewire.query.stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.pricewire.eventstream.StreamPosition;
import io.pricewire.proto.Topic;
import io.pricewire.query.json.Shown;
import io.pricewire.query.parameter.Arguments;
import io.pricewire.query.parameter.Parameters;
import io.pricewire.query.prices.KnownPrice;
import io.pricewire.query.prices.LatestPrices;
import io.pricewire.query.problem.ProblemException;
import io.pricewire.query.problem.ProblemException.ParameterError;
import io.pricewire.query.reference.KnownReference;
import io.pricewire.query.stream.PriceFeed.Joined;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableChannel;
import reactor.netty.http.server.HttpServerRequest;

/** The stream of prices as server-sent events. */
public final class StreamRoutes {

    /** What the stream can be asked for. */
    public static final Parameters PARAMETERS = StreamRequest.PARAMETERS;

    private static final Duration LATER = Duration.ofSeconds(10);
    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final int LONGEST_ID = 1_024;

    private final PriceFeed<KnownPrice> observed;
    private final PriceFeed<KnownReference> references;
    private final ClientLoops loops;
    private final int maxClients;
    private final Clock clock;
    private final StreamMeters ofObserved;
    private final StreamMeters ofReferences;

    StreamRoutes(
            PriceFeed<KnownPrice> observed,
            PriceFeed<KnownReference> references,
            ClientLoops loops,
            int maxClients,
            Clock clock,
            MeterRegistry registry) {
        this.observed = observed;
        this.references = references;
        this.loops = loops;
        this.maxClients = maxClients;
        this.clock = clock;
        this.ofObserved = new StreamMeters(registry, "observed");
        this.ofReferences = new StreamMeters(registry, "reference");
    }

    public Mono<ServerResponse> prices(ServerRequest request) {
        Arguments arguments = PARAMETERS.read(request.queryParams());
        return StreamRequest.isForReferences(arguments)
                ? open(request, arguments, StreamRequest.forReferences(arguments), references, ofReferences)
                : open(request, arguments, StreamRequest.forObserved(arguments), observed, ofObserved);
    }

    private <P extends Shown> Mono<ServerResponse> open(
            ServerRequest request,
            Arguments arguments,
            StreamRequest<P> wanted,
            PriceFeed<P> feed,
            StreamMeters meters) {
        StreamPosition given = position(request, arguments, feed.topic());
        Ring<P> ring = feed.ring();
        if (ring == null) {
            throw LatestPrices.incomplete();
        }
        if (loops.clients() >= maxClients) {
            meters.refused();
            throw ProblemException.unavailable(
                    "%d streams are open, which is as many as there may be".formatted(maxClients), LATER);
        }
        Start<P> start = start(wanted, feed, ring, given);
        ServerResponse.BodyBuilder response = ServerResponse.ok()
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .cacheControl(CacheControl.noStore())
                .header("X-Accel-Buffering", "no");
        if (start.resumedFrom != null) {
            response.header("Pricewire-Resumed-From", start.resumedFrom.toString());
        }
        StreamClient<P> client = client(start, ring, request.exchange().getRequest(), meters);
        return response.body(
                (message, context) -> message.writeAndFlushWith(client.writes().doFirst(() -> loops.add(client))));
    }

    private static @Nullable StreamPosition position(ServerRequest request, Arguments arguments, Topic<?> topic) {
        String header = request.headers().firstHeader(LAST_EVENT_ID);
        String name = header == null || header.isEmpty() ? StreamRequest.LAST_EVENT_ID.name() : LAST_EVENT_ID;
        String id = header == null || header.isEmpty() ? arguments.get(StreamRequest.LAST_EVENT_ID, "") : header;
        if (id.isEmpty()) {
            return null;
        }
        try {
            StreamPosition position = StreamPosition.parse(id.length() > LONGEST_ID ? "" : id);
            if (position.isOf(topic)) {
                return position;
            }
        } catch (IllegalArgumentException e) {
            // answered below
        }
        throw ProblemException.badParameters(
                List.of(new ParameterError(name, "it is not an id of an event of this stream")));
    }

    private static <P extends Shown> Start<P> start(
            StreamRequest<P> request, PriceFeed<P> feed, Ring<P> ring, @Nullable StreamPosition given) {
        if (given == null) {
            return fresh(request, feed, ring, null);
        }
        if (!given.isOfSameEpoch(ring.end())) {
            return fresh(request, feed, ring, "the stream was begun anew since that event");
        }
        if (!ring.hasAllAfter(given)) {
            return fresh(request, feed, ring, "the events after that one are no longer kept");
        }
        return new Start<>(request, List.of(), null, given, ring.firstAfter(given), given);
    }

    private static <P extends Shown> Start<P> fresh(
            StreamRequest<P> request, PriceFeed<P> feed, Ring<P> ring, @Nullable String resetReason) {
        Joined<P> joined = feed.join(ring, request.wantsSnapshot() || resetReason != null);
        return new Start<>(request, joined.prices().get(), resetReason, joined.position(), joined.next(), null);
    }

    private <P extends Shown> StreamClient<P> client(
            Start<P> start, Ring<P> ring, ServerHttpRequest connection, StreamMeters meters) {
        return new StreamClient<>(
                start.request,
                ring,
                start.snapshot,
                start.resetReason,
                start.position,
                start.next,
                () -> disconnect(connection),
                DefaultDataBufferFactory.sharedInstance,
                clock,
                meters);
    }

    private static void disconnect(ServerHttpRequest connection) {
        HttpServerRequest request = ServerHttpRequestDecorator.getNativeRequest(connection);
        request.withConnection(DisposableChannel::dispose);
    }

    /** Where a client starts, and what it is told first. */
    private record Start<P extends Shown>(
            StreamRequest<P> request,
            List<P> snapshot,
            @Nullable String resetReason,
            StreamPosition position,
            long next,
            @Nullable StreamPosition resumedFrom) {}
}
