package io.pricewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pricewire.embedded.FreePort;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PatientClientTest {

    private static final UUID ID = new UUID(0, 1);
    private static final String PATH = "/api/v1/runs/" + ID;
    private static final String RUN = """
            {"run_id": "%s", "status": "success", "started_at": "2026-11-21T07:00:00Z", "finished_at": "2026-11-21T07:00:01.5Z",
             "seen": 3, "published": 2, "refused": 1, "error": null, "size": 10, "progress": 10, "new_in_2027": {},
             "outcome": {"complete": true, "loaded": 1, "unchanged": 1, "quarantined": 1}}""".formatted(ID);

    private AnsweringServer server;
    private boolean isRunning = true;

    @BeforeEach
    void open() throws Exception {
        server = new AnsweringServer();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void readsARun() throws Exception {
        server.answer(PATH, 200, RUN);

        assertThat(client(server.url()).run(ID))
                .isEqualTo(new RunStatus(
                        "success",
                        Instant.parse("2026-11-21T07:00:01.5Z"),
                        3,
                        2,
                        1,
                        null,
                        10,
                        10,
                        new RunStatus.Outcome(true, 1, 1, 1)));
    }

    @Test
    void knowsNoRunThatHasNotBegun() throws Exception {
        server.answer(PATH, 404, "{}");

        assertThat(client(server.url()).run(ID)).isNull();
    }

    @Test
    void bringsItsKeyWhereItHasOne() throws Exception {
        server.answer(PATH, 200, RUN);

        client(server.url(), "a-key").run(ID);
        assertThat(server.lastKey()).isEqualTo("a-key");

        client(server.url()).run(ID);
        assertThat(server.lastKey()).isNull();
    }

    @Test
    void asksAgainWhileTheDatabaseIsAway() throws Exception {
        server.answer(PATH, 503, "{}").answer(PATH, 503, "{}").answer(PATH, 200, RUN);

        assertThat(client(server.url()).run(ID)).isNotNull();
    }

    @Test
    void givesUpAfterTwoMinutesWithoutAnAnswer() {
        server.answer(PATH, 503, "the database is away");

        assertThatThrownBy(() -> client(server.url()).run(ID))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("the running Pricewire has not answered for 2 minutes, at last: ")
                .hasMessageEndingWith("answered 503: the database is away");
    }

    @Test
    void goesOnWhileNobodyListensForAMoment() {
        assertThatThrownBy(() -> client("http://127.0.0.1:" + FreePort.any()).run(ID))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("has not answered for 2 minutes, at last: java.net.ConnectException");
    }

    @Test
    void saysThatTheInstanceHasEnded() {
        isRunning = false;

        assertThatThrownBy(() -> client("http://127.0.0.1:" + FreePort.any()).run(ID))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "the Pricewire that was asked has ended; what it had not finished goes on when it is started"
                                + " again");
    }

    @Test
    void doesNotAskAgainWhatIsRefused() {
        server.answer(PATH, 401, "no key").answer(PATH, 200, RUN);

        assertThatThrownBy(() -> client(server.url()).run(ID))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("answered 401: no key; PRICEWIRE_STANDALONE_APIKEY takes a key");
    }

    private PatientClient client(String url) {
        return client(url, "");
    }

    private PatientClient client(String url, String key) {
        return new PatientClient(new ApiClient(url, key), () -> isRunning, halfMinutes(), Duration.ofMillis(1));
    }

    /** Half a minute passes from one look to the next. */
    private static InstantSource halfMinutes() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        return () -> now.getAndUpdate(before -> before.plusSeconds(30));
    }
}
