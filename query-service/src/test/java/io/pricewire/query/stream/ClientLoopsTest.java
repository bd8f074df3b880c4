package io.pricewire.query.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pricewire.query.prices.KnownPrice;
import io.pricewire.query.prices.Prices;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.util.LinkedMultiValueMap;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class ClientLoopsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ClientLoops loops = new ClientLoops(2, Duration.ofSeconds(15));

    @AfterEach
    void close() {
        loops.close();
    }

    @Test
    void endsAllClientsAndForgetsThem() {
        List<Mono<Void>> ends = List.of(connect(), connect(), connect());

        loops.endAll();

        Mono.when(ends).block(PATIENCE);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(loops.clients()).isZero());
    }

    @Test
    void takesClientsAgainAfterThat() {
        loops.endAll();

        connect();

        assertThat(loops.clients()).isEqualTo(1);
    }

    @Test
    void endsClientsThatComeWhenItIsEndingForGood() {
        loops.endForGood();

        connect().block(PATIENCE);
    }

    private Mono<Void> connect() {
        StreamClient<KnownPrice> client = new StreamClient<>(
                StreamRequest.forObserved(StreamRequest.PARAMETERS.read(new LinkedMultiValueMap<>())),
                new Ring<>(8, Positions.of(0, 0)),
                List.of(),
                null,
                Positions.of(0, 0),
                0,
                () -> {},
                DefaultDataBufferFactory.sharedInstance,
                Clock.fixed(Prices.TIME, ZoneOffset.UTC),
                new StreamMeters(new SimpleMeterRegistry(), "observed"));
        Sinks.Empty<Void> ended = Sinks.empty();
        client.writes().flatMap(Mono::from).doOnComplete(ended::tryEmitEmpty).subscribe();
        loops.add(client);
        return ended.asMono();
    }
}
