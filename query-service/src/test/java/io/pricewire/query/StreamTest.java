package io.pricewire.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pricewire.proto.v1.Origin;
import io.pricewire.query.prices.Prices;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The stream as its clients see it. */
@TestMethodOrder(MethodOrderer.MethodName.class)
class StreamTest {

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = new RunningService();
        awaitReadiness();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void beginsWithWhatIsKnownAndGoesOnLive() throws Exception {
        service.publish(Prices.of("known", "1").setSource("begins"));
        await().atMost(RunningService.PATIENCE)
                .until(() -> service.get("/api/v1/prices?source=begins").body().contains("known"));

        try (EventSource events = service.stream("/api/v1/stream/prices?source=begins")) {
            assertThat(events.response().headers().firstValue("Content-Type")).hasValue("text/event-stream");
            assertThat(events.response().headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(events.response().headers().firstValue("X-Accel-Buffering"))
                    .hasValue("no");
            assertThat(events.next().type()).isEqualTo("snapshot");
            assertThat(events.lastEventId()).isEmpty();
            assertThat(events.next().type()).isEqualTo("live");
            assertThat(events.lastEventId()).isNotEmpty();

            service.publish(Prices.of("fresh", "2").setSource("begins"));
            EventSource.Message price = events.next();
            assertThat(price.type()).isEqualTo("price");
            assertThat(price.data()).contains("\"asset_id\":\"fresh\"");
        }
    }

    @Test
    void resumesWithExactlyTheNextEventsAlsoAfterARestart() throws Exception {
        List<String> seen = new ArrayList<>();
        String id;
        try (EventSource events = service.stream("/api/v1/stream/prices?source=resumes&snapshot=false")) {
            events.next(1, "live");
            publish("resumes", 0, 40);
            seen.addAll(events.next(25, "price"));
            id = events.lastEventId();
        }

        try (EventSource events = service.stream("/api/v1/stream/prices?source=resumes", "Last-Event-ID", id)) {
            assertThat(events.response().headers().firstValue("Pricewire-Resumed-From"))
                    .hasValue(id);
            assertThat(events.next().type()).isEqualTo("live");
            seen.addAll(events.next(5, "price"));
            id = events.lastEventId();
        }
        service.restart();
        awaitReadiness();
        publish("resumes", 40, 50);

        try (EventSource events = service.stream("/api/v1/stream/prices?source=resumes&last_event_id=" + id)) {
            seen.addAll(events.next(20, "price"));
        }
        assertThat(seen).hasSize(50).doesNotHaveDuplicates();
        assertThat(seen).allMatch(data -> data.contains("\"source\":\"resumes\""));
    }

    @Test
    void showsAsManyEventsToEveryClient() throws Exception {
        List<EventSource> clients = new ArrayList<>();
        for (int client = 0; client < 20; client++) {
            clients.add(service.stream("/api/v1/stream/prices?source=many&snapshot=false"));
        }
        publish("many", 0, 200);

        for (EventSource client : clients) {
            assertThat(client.next(200, "price")).doesNotHaveDuplicates();
            client.close();
        }
    }

    @Test
    void movesTheLastEventIdWhileNothingOfInterestHappens() throws Exception {
        try (EventSource events = service.stream("/api/v1/stream/prices?source=nobody")) {
            events.next(1, "live");
            publish("somebody", 0, 3);

            events.awaitHeartbeat();

            String id = events.lastEventId();
            try (EventSource resumed = service.stream("/api/v1/stream/prices?source=somebody", "Last-Event-ID", id)) {
                resumed.next(1, "live");
                publish("somebody", 3, 4);
                assertThat(resumed.next(1, "price").getFirst()).contains("asset-3");
            }
        }
    }

    @Test
    void showsFilesOnlyToWhoAsksForThem() throws Exception {
        try (EventSource files = service.stream("/api/v1/stream/prices?source=files&origin=file&snapshot=false");
                EventSource live = service.stream("/api/v1/stream/prices?source=files&snapshot=false")) {
            service.publish(Prices.of("a", "1").setSource("files").setOrigin(Origin.ORIGIN_FILE));
            service.publish(Prices.of("b", "1").setSource("files"));

            assertThat(files.next(1, "price").getFirst()).contains("\"asset_id\":\"a\"");
            assertThat(live.next(1, "price").getFirst()).contains("\"asset_id\":\"b\"");
        }
    }

    @Test
    void tellsAClientWhoseEventsAreNoLongerKeptAndShowsItWhatIsKnown() throws Exception {
        String id;
        try (EventSource events = service.stream("/api/v1/stream/prices?source=lost")) {
            events.next(1, "live");
            id = events.lastEventId();
        }
        publish("lost", 0, 1_100);
        await().atMost(RunningService.PATIENCE)
                .until(() -> service.get("/api/v1/prices?source=lost&page_size=1")
                        .body()
                        .contains("\"total\":1100"));

        try (EventSource events = service.stream("/api/v1/stream/prices?source=lost", "Last-Event-ID", id)) {
            EventSource.Message reset = events.next();
            assertThat(reset.type()).isEqualTo("reset");
            assertThat(reset.data()).isEqualTo("{\"reason\":\"the events after that one are no longer kept\"}");
            assertThat(events.next(1_100, "snapshot")).doesNotHaveDuplicates();
        }
    }

    @Test
    void goesOnAfterARecordThatIsNoPrice() throws Exception {
        try (EventSource events = service.stream("/api/v1/stream/prices?source=odd&snapshot=false")) {
            events.next(1, "live");

            service.publish(
                    Prices.of("no-digits", "").setSource("odd"),
                    Prices.of("endless", "1e999999999").setSource("odd"),
                    Prices.of("out-of-time", "1")
                            .setSource("odd")
                            .setObservedAt(
                                    com.google.protobuf.Timestamp.newBuilder().setSeconds(Long.MAX_VALUE)),
                    Prices.of("fine", "1").setSource("odd"));

            assertThat(events.next(1, "price").getFirst()).contains("\"asset_id\":\"fine\"");
        }
    }

    @Test
    void refusesAnOriginThatThereIsNot() throws Exception {
        assertThat(service.get("/api/v1/stream/prices?origin=fil").statusCode()).isEqualTo(400);
    }

    @Test
    void saysThatAStreamTakesOnlyGet() throws Exception {
        HttpResponse<String> response =
                service.send(service.request("/api/v1/stream/prices").HEAD().build());

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue("GET");
    }

    @Test
    void refusesAnIdThatItDidNotGive() throws Exception {
        assertThat(service.get("/api/v1/stream/prices", "Last-Event-ID", "nonsense")
                        .statusCode())
                .isEqualTo(400);
        assertThat(service.get("/api/v1/stream/prices?last_event_id=" + "x".repeat(2_000))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void writesDecimalsAsStringsWhereThatIsAskedFor() throws Exception {
        try (EventSource events = service.stream("/api/v1/stream/prices?source=digits&numbers=string&snapshot=false")) {
            service.publish(Prices.of("a", "0.0000000000012").setSource("digits"));

            assertThat(events.next(1, "price").getFirst()).contains("\"price\":\"0.0000000000012\"");
        }
    }

    private static void awaitReadiness() {
        await().atMost(RunningService.PATIENCE)
                .until(() -> service.get("/actuator/health/readiness").statusCode() == 200);
    }

    private static void publish(String source, int from, int to) {
        service.publish(IntStream.range(from, to)
                .mapToObj(number -> Prices.of("asset-" + number, "1").setSource(source))
                .toArray(io.pricewire.proto.v1.Price.Builder[]::new));
    }
}
