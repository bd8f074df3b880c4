package io.pricewire.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pricewire.proto.v1.ReferencePrice;
import io.pricewire.query.prices.Prices;
import io.pricewire.query.reference.References;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stream of reference prices as its clients see it. */
@TestMethodOrder(MethodOrderer.MethodName.class)
class ReferenceStreamTest {

    private static final String PATH = "/api/v1/stream/prices?kind=reference";

    private static final Duration LONG = Duration.ofDays(10 * 365);

    private static RunningService service;

    @BeforeAll
    static void start() {
        service = new RunningService();
        awaitReadiness();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void beginsWithWhatIsKnownAndGoesOnLive() throws Exception {
        service.publish(References.of("known", "1"));
        await().atMost(RunningService.PATIENCE)
                .until(() -> snapshot("&asset=known").size() == 1);

        try (EventSource events = service.stream(PATH + "&asset=known,fresh")) {
            assertThat(events.next()).isEqualTo(new EventSource.Message("snapshot", References.json("known", "1")));
            assertThat(events.lastEventId()).isEmpty();
            assertThat(events.next().type()).isEqualTo("live");
            assertThat(events.lastEventId()).isNotEmpty();

            service.publish(References.of("other", "2"), References.of("fresh", "0.000000000012"));
            assertThat(events.next())
                    .isEqualTo(new EventSource.Message("price", References.json("fresh", "0.000000000012")));
        }
    }

    @Test
    void resumesExactlyAfterARestartAndShowsWhatTheTopicHasForgotten() throws Exception {
        service.execute(References.row("forgotten", "0.50"));
        service.execute(References.row("lapsed", "0.50", Prices.TIME.minus(LONG)));
        List<String> seen = new ArrayList<>();
        String id;
        try (EventSource events = service.stream(PATH + "&quote=TEST&snapshot=false")) {
            events.next(1, "live");
            publish(0, 40);
            seen.addAll(events.next(25, "price"));
            id = events.lastEventId();
        }
        service.restart();
        awaitReadiness();
        publish(40, 50);

        try (EventSource events = service.stream(PATH + "&quote=TEST", "Last-Event-ID", id)) {
            assertThat(events.response().headers().firstValue("Pricewire-Resumed-From"))
                    .hasValue(id);
            assertThat(events.next().type()).isEqualTo("live");
            seen.addAll(events.next(25, "price"));
        }
        assertThat(seen).hasSize(50).doesNotHaveDuplicates();
        assertThat(snapshot("&symbol=forgotten"))
                .containsExactly(new EventSource.Message("snapshot", References.json("forgotten", "0.50")));
        assertThat(snapshot("&symbol=lapsed"))
                .as("the table calls it degraded")
                .containsExactly(new EventSource.Message(
                        "snapshot", References.json("lapsed", "0.50", "stale", Prices.TIME.minus(LONG))));
        assertThat(snapshot("&quote=test")).hasSize(50);
    }

    @Test
    void tellsAClientWhoseEventsAreNoLongerKept() throws Exception {
        String id;
        try (EventSource events = service.stream(PATH + "&quote=LOST")) {
            events.next(1, "live");
            id = events.lastEventId();
        }
        service.publish(IntStream.range(0, 1_100)
                .mapToObj(number -> References.of("lost-" + number, "1").setQuote("LOST"))
                .toArray(ReferencePrice.Builder[]::new));
        await().atMost(RunningService.PATIENCE)
                .until(() -> snapshot("&quote=LOST").size() == 1_100);

        try (EventSource events = service.stream(PATH + "&quote=LOST", "Last-Event-ID", id)) {
            assertThat(events.next().type()).isEqualTo("reset");
            assertThat(events.next(1_100, "snapshot")).doesNotHaveDuplicates();
        }
    }

    @Test
    void takesNoIdOfTheOtherKind() throws Exception {
        String observed = liveId("/api/v1/stream/prices?kind=observed");
        String reference = liveId(PATH);

        assertThat(service.get(PATH, "Last-Event-ID", observed).statusCode()).isEqualTo(400);
        assertThat(service.get(PATH + "&last_event_id=" + observed).statusCode())
                .isEqualTo(400);
        assertThat(service.get("/api/v1/stream/prices", "Last-Event-ID", reference)
                        .statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"source=coingecko,source", "origin=live,origin", "status=ok,status"})
    void refusesAFilterByWhatReferencePricesDoNotHave(String filter, String parameter) throws Exception {
        var response = service.get(PATH + "&" + filter);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(RunningService.json(response).get("errors").findValuesAsString("parameter"))
                .containsExactly(parameter);
    }

    @Test
    void refusesAKindThatThereIsNot() throws Exception {
        assertThat(service.get("/api/v1/stream/prices?kind=candles").statusCode())
                .isEqualTo(400);
    }

    @Test
    void writesDecimalsAsStringsWhereThatIsAskedFor() throws Exception {
        try (EventSource events = service.stream(PATH + "&asset=digits&numbers=string&snapshot=false")) {
            events.next(1, "live");
            service.publish(References.of("digits", "0.10"));

            assertThat(events.next(1, "price").getFirst())
                    .contains("\"price\":\"0.10\"")
                    .contains("\"weight\":\"1.000000\"");
        }
    }

    @Test
    void movesTheLastEventIdWhileNothingOfInterestHappens() throws Exception {
        try (EventSource events = service.stream(PATH + "&asset=nothing")) {
            events.next(1, "live");
            service.publish(References.of("something", "1"));
            service.publish(Prices.of("something", "1"));

            events.awaitHeartbeat();
        }
    }

    private static String liveId(String path) throws Exception {
        try (EventSource events = service.stream(path)) {
            events.next(1, "live");
            return events.lastEventId();
        }
    }

    private static void awaitReadiness() {
        await().atMost(RunningService.PATIENCE).until(() -> isStreaming("observed") && isStreaming("reference"));
    }

    private static boolean isStreaming(String kind) throws Exception {
        try (EventSource events = service.stream("/api/v1/stream/prices?snapshot=false&kind=" + kind)) {
            return events.response().statusCode() == 200;
        }
    }

    private static List<EventSource.Message> snapshot(String filter) throws Exception {
        List<EventSource.Message> snapshot = new ArrayList<>();
        try (EventSource events = service.stream(PATH + filter)) {
            for (EventSource.Message next = events.next(); !next.type().equals("live"); next = events.next()) {
                snapshot.add(next);
            }
        }
        return snapshot;
    }

    private static void publish(int from, int to) {
        service.publish(IntStream.range(from, to)
                .mapToObj(number -> References.of("asset-" + number, "1").setQuote("TEST"))
                .toArray(ReferencePrice.Builder[]::new));
    }
}
