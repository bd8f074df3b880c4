package io.pricewire.query.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pricewire.eventstream.StreamPosition;
import io.pricewire.proto.v1.Price;
import io.pricewire.query.json.DecimalJson;
import io.pricewire.query.parameter.Arguments;
import io.pricewire.query.prices.KnownPrice;
import io.pricewire.query.prices.LatestPrices;
import io.pricewire.query.prices.Prices;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;

/** A client on a connection that takes what is written when the test says so. */
class StreamClientTest {

    private static final Clock CLOCK = Clock.fixed(Prices.TIME, ZoneOffset.UTC);
    private static final StreamPosition START = Positions.of(0, 0);

    private final LatestPrices latest = new LatestPrices(new DecimalJson());
    private final Ring<KnownPrice> ring = new Ring<>(8, START);
    private final AtomicBoolean disconnected = new AtomicBoolean();
    private final Connection connection = new Connection();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void beginsWithTheSnapshotAndThenALiveEventWithAPosition() {
        latest.put(Prices.of("a", "1").build(), Prices.TIME);
        start(latest.all(), START, 0, "");

        assertThat(connection.take())
                .startsWith("retry: 3000\n\nevent: snapshot\ndata: {\"asset_id\":\"a\"")
                .endsWith("event: live\nid: " + START + "\ndata: {}\n\n");
    }

    @Test
    void sendsEachEventWithThePositionAfterIt() {
        StreamClient<KnownPrice> client = start(List.of(), START, 0, "");
        connection.take();

        add(0, 0, Prices.of("a", "1"));
        client.offer();

        assertThat(connection.take())
                .startsWith("event: price\nid: " + Positions.of(1, 0) + "\ndata: {\"asset_id\":\"a\"");
    }

    @Test
    void sendsAllThatCameMeanwhileInOneWrite() {
        StreamClient<KnownPrice> client = start(List.of(), START, 0, "");
        connection.take();

        add(0, 0, Prices.of("a", "1"));
        client.offer();
        add(0, 1, Prices.of("b", "1"));
        add(1, 0, Prices.of("c", "1"));
        client.offer();

        assertThat(assets(connection.take())).containsExactly("a", "b", "c");
        assertThat(connection.waiting()).isZero();
    }

    @Test
    void leavesOutWhatTheClientDoesNotWantAndMovesItsPositionOn() {
        StreamClient<KnownPrice> client = start(List.of(), START, 0, "asset=b");
        connection.take();

        add(0, 0, Prices.of("a", "1"));
        client.offer();
        assertThat(connection.waiting()).isZero();

        client.heartbeat();
        assertThat(connection.take()).isEqualTo(": still here\nid: " + Positions.of(1, 0) + "\n\n");
    }

    @Test
    void givesNoIdBeforeTheSnapshotIsComplete() {
        for (int asset = 0; asset < 200; asset++) {
            latest.put(Prices.of("asset-" + asset, "1").build(), Prices.TIME);
        }
        StreamClient<KnownPrice> client = start(latest.all(), START, 0, "");

        client.heartbeat();
        String first = connection.take();
        client.offer();
        String rest = connection.take();

        assertThat(first).hasSizeGreaterThan(1 << 16).endsWith(": still here\n\n");
        assertThat(first.lines()).noneMatch(line -> line.startsWith("id:"));
        assertThat(rest).endsWith("event: live\nid: " + START + "\ndata: {}\n\n");
        assertThat(assets(first + rest)).hasSize(200).doesNotHaveDuplicates();
    }

    @Test
    void sendsNoFilesUnlessAskedFor() {
        StreamClient<KnownPrice> client = start(List.of(), START, 0, "");
        connection.take();

        add(0, 0, Prices.of("a", "1").setOrigin(io.pricewire.proto.v1.Origin.ORIGIN_FILE));
        client.offer();

        assertThat(connection.waiting()).isZero();
    }

    @Test
    void skipsWhatAClientFromAnotherInstanceHasHad() {
        add(0, 0, Prices.of("a", "1"));
        add(1, 0, Prices.of("b", "1"));
        add(0, 1, Prices.of("c", "1"));

        // Had a and c, which this instance has around b.
        StreamPosition position = Positions.of(2, 0);
        start(List.of(), position, ring.firstAfter(position), "");

        String text = connection.take();
        assertThat(assets(text)).containsExactly("b");
        assertThat(text).contains("event: price\nid: " + Positions.of(2, 1) + "\n");
    }

    @Test
    void tellsAClientThatItHasLostItsPlaceAndLetsItGo() {
        StreamClient<KnownPrice> client = start(List.of(), START, 0, "");
        connection.take();

        for (int offset = 0; offset < 9; offset++) {
            add(0, offset, Prices.of("a", "1"));
        }
        client.offer();

        assertThat(connection.take()).startsWith("event: overflow\ndata: ");
        assertThat(connection.hasCompleted()).isTrue();
        assertThat(disconnected).isFalse();
    }

    @Test
    void disconnectsAClientThatTakesNothing() {
        StreamClient<KnownPrice> client = start(List.of(), START, 0, "");
        for (int offset = 0; offset < 9; offset++) {
            add(0, offset, Prices.of("a", "1"));
            client.offer();
        }

        assertThat(disconnected).isTrue();
        assertThat(connection.waiting())
                .as("nothing is kept for it but one write")
                .isEqualTo(1);
    }

    @Test
    void letsAClientGoWhenItsReaderHasLostTouch() {
        StreamClient<KnownPrice> client = start(List.of(), START, 0, "");
        connection.take();

        ring.close();
        client.offer();

        assertThat(connection.hasCompleted()).isTrue();
        assertThat(disconnected).isFalse();
    }

    @Test
    void saysWhyAClientCannotGoOnWhereItWas() {
        StreamClient<KnownPrice> client = new StreamClient<>(
                StreamRequest.forObserved(arguments("")),
                ring,
                List.of(),
                "it is gone",
                START,
                0,
                () -> disconnected.set(true),
                DefaultDataBufferFactory.sharedInstance,
                CLOCK,
                new StreamMeters(meters, "observed"));
        client.writes().subscribe(connection);
        client.start(() -> {}, () -> {});
        client.offer();

        assertThat(connection.take())
                .startsWith("retry: 3000\n\nevent: reset\ndata: {\"reason\":\"it is gone\"}\n\nevent: live");
        assertThat(counted("resets")).isOne();
    }

    @Test
    void countsWhatItSendsAndHowItEnds() {
        StreamClient<KnownPrice> client = start(List.of(), START, 0, "asset=a");
        assertThat(meters.get("pricewire.streams.open").gauge().value()).isOne();
        connection.take();
        add(0, 0, Prices.of("a", "1"));
        add(0, 1, Prices.of("b", "1"));
        client.offer();
        connection.take();
        for (int offset = 2; offset < 11; offset++) {
            add(0, offset, Prices.of("b", "1"));
        }
        client.offer();

        assertThat(counted("events")).isOne();
        assertThat(counted("overflows")).isOne();
        assertThat(counted("opened")).isEqualTo(counted("ended")).isOne();
        assertThat(meters.get("pricewire.streams.open").gauge().value()).isZero();
    }

    private long counted(String what) {
        return (long) meters.get("pricewire.streams." + what)
                .tag("kind", "observed")
                .counter()
                .count();
    }

    private StreamClient<KnownPrice> start(
            List<KnownPrice> snapshot, StreamPosition position, long next, String query) {
        StreamClient<KnownPrice> client = new StreamClient<>(
                StreamRequest.forObserved(arguments(query)),
                ring,
                snapshot,
                null,
                position,
                next,
                () -> disconnected.set(true),
                DefaultDataBufferFactory.sharedInstance,
                CLOCK,
                new StreamMeters(meters, "observed"));
        client.writes().subscribe(connection);
        client.start(client::offer, () -> {});
        return client;
    }

    private void add(int partition, long offset, Price.Builder price) {
        ring.add(new RecentEvent<>(
                latest.put(price.build(), Prices.TIME),
                partition,
                offset,
                ring.end().after(partition, offset),
                null));
    }

    private static Arguments arguments(String query) {
        MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
        if (!query.isEmpty()) {
            parameters.add(query.split("=", 2)[0], query.split("=", 2)[1]);
        }
        return StreamRequest.PARAMETERS.read(parameters);
    }

    private static List<String> assets(String frames) {
        return frames.lines()
                .filter(line -> line.startsWith("data: {\"asset_id\":\""))
                .map(line -> line.split("\"", 5)[3])
                .toList();
    }

    private static final class Connection extends BaseSubscriber<Publisher<DataBuffer>> {

        private final List<Publisher<DataBuffer>> writes = new ArrayList<>();
        private boolean completed;

        @Override
        protected void hookOnNext(Publisher<DataBuffer> write) {
            writes.add(write);
        }

        @Override
        protected void hookOnComplete() {
            completed = true;
        }

        int waiting() {
            return writes.size();
        }

        boolean hasCompleted() {
            return completed;
        }

        String take() {
            assertThat(writes).isNotEmpty();
            return Mono.from(writes.removeFirst())
                    .map(buffer -> buffer.toString(StandardCharsets.UTF_8))
                    .block();
        }
    }
}
