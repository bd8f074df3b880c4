package io.pricewire.ingestor.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.ingestor.CallBudget;
import io.pricewire.ingestor.Calls;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** When calls are made, by a clock that the test moves. */
class SafeguardsTest {

    private static final HttpSettings SETTINGS = new HttpSettings(
            Duration.ofSeconds(10),
            Duration.ofMillis(500),
            3,
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Duration.ofMinutes(5),
            DataSize.ofMegabytes(1),
            4,
            50,
            Duration.ofSeconds(30));

    private static final HttpSettings UNSPACED = new HttpSettings(
            Duration.ofSeconds(10),
            Duration.ZERO,
            0,
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Duration.ofMinutes(5),
            DataSize.ofMegabytes(1),
            4,
            50,
            Duration.ofSeconds(30));

    private static final WebService TOY =
            new WebService(URI.create("http://localhost"), Map.of(), CallBudget.UNBOUNDED);

    private final List<Long> times = new ArrayList<>();
    private final Calls calls = new Calls();
    private VirtualTimeScheduler time;

    @BeforeEach
    void takeTheClock() {
        time = VirtualTimeScheduler.getOrSet();
    }

    @AfterEach
    void giveItBack() {
        VirtualTimeScheduler.reset();
    }

    @Test
    void waitsLongerFromTryToTry() {
        StepVerifier.withVirtualTime(
                        () -> new Safeguards("toy", SETTINGS, 0).around(failing(429, null), calls),
                        () -> time,
                        Long.MAX_VALUE)
                .thenAwait(Duration.ofMinutes(5))
                .verifyErrorMessage("answered 429");

        assertThat(gaps()).hasSize(3);
        assertThat(gaps().get(0)).isBetween(500L, 1_500L);
        assertThat(gaps().get(1)).isBetween(1_000L, 3_000L);
        assertThat(gaps().get(2)).isBetween(2_000L, 6_000L);
        assertThat(calls.made()).isEqualTo(4);
        assertThat(calls.repeated()).isEqualTo(3);
    }

    @Test
    void waitsExactlyAsLongAsTheServiceAsks() {
        StepVerifier.withVirtualTime(
                        () -> new Safeguards("toy", SETTINGS, 0).around(failing(429, "119"), calls),
                        () -> time,
                        Long.MAX_VALUE)
                .thenAwait(Duration.ofHours(1))
                .verifyErrorMessage("answered 429 (it asks to be left alone for 119 s)");

        assertThat(gaps()).containsExactly(119_000L, 119_000L, 119_000L);
    }

    @Test
    void doesNotTryAgainWhereTheServiceAsksForTooMuchTime() {
        StepVerifier.withVirtualTime(
                        () -> new Safeguards("toy", SETTINGS, 0).around(failing(503, "301"), calls),
                        () -> time,
                        Long.MAX_VALUE)
                .thenAwait(Duration.ofHours(1))
                .verifyErrorMessage("answered 503 (it asks to be left alone for 301 s)");

        assertThat(times).hasSize(1);
    }

    @Test
    void spacesCallsThatSucceed() {
        Safeguards safeguards = new Safeguards("toy", SETTINGS, 0);
        Mono<String> call = Mono.fromCallable(this::note);

        StepVerifier.withVirtualTime(() -> safeguards.around(call, calls).repeat(2), () -> time, Long.MAX_VALUE)
                .thenAwait(Duration.ofSeconds(10))
                .expectNext("done", "done", "done")
                .verifyComplete();

        assertThat(gaps())
                .allSatisfy(gap -> assertThat(gap).isBetween(499L, 501L))
                .hasSize(2);
    }

    @Test
    void leavesAServiceAloneOfWhichMostCallsFailed() {
        Safeguards safeguards = new Safeguards("toy", SETTINGS, 0);
        StepVerifier.withVirtualTime(() -> safeguards.around(failing(500, null), calls), () -> time, Long.MAX_VALUE)
                .thenAwait(Duration.ofMinutes(5))
                .verifyErrorMessage("answered 500");

        StepVerifier.create(safeguards.around(failing(500, null), calls))
                .verifyErrorMessage(
                        "is left alone for 30 s, because most of the last calls failed; at last it answered 500");
        assertThat(calls.made()).isEqualTo(4);
    }

    @Test
    void doesNotHoldItAgainstAServiceThatItSaysNo() {
        Safeguards safeguards = new Safeguards("toy", SETTINGS, 0);

        for (int call = 0; call < 10; call++) {
            StepVerifier.create(safeguards.around(failing(403, null), calls)).verifyErrorMessage("answered 403");
        }
    }

    @Test
    void spreadsTheCallsThatAreAllowedOverTheMinute() {
        Safeguards safeguards = new Safeguards("toy", UNSPACED, 2);

        StepVerifier.withVirtualTime(
                        () -> safeguards
                                .around(Mono.fromCallable(this::note), calls)
                                .repeat(1),
                        () -> time,
                        Long.MAX_VALUE)
                .expectNext("done")
                .expectNoEvent(Duration.ofSeconds(20))
                .thenAwait(Duration.ofSeconds(10))
                .expectNext("done")
                .verifyComplete();
    }

    @Test
    void makesNoCallThatWouldWaitTooLongForItsTurn() {
        Safeguards safeguards = new Safeguards("toy", UNSPACED, 1);

        StepVerifier.withVirtualTime(
                        () -> Flux.range(0, 13)
                                .flatMap(call -> safeguards.around(Mono.fromCallable(this::note), calls)),
                        () -> time,
                        Long.MAX_VALUE)
                .expectNext("done")
                .verifyErrorSatisfies(
                        failure -> assertThat(failure)
                                .isInstanceOf(FailedCall.class)
                                .hasMessage(
                                        "is not asked: it allows so few calls a minute that this one would wait longer than 600 s"));
    }

    private Mono<String> failing(int status, String retryAfter) {
        return Mono.defer(() -> {
            note();
            HttpHeaders headers = new HttpHeaders();
            if (retryAfter != null) {
                headers.set(HttpHeaders.RETRY_AFTER, retryAfter);
            }
            return Mono.error(FailedCall.of(HttpStatusCode.valueOf(status), headers, "", TOY, Instant.EPOCH));
        });
    }

    private String note() {
        times.add(time.now(TimeUnit.MILLISECONDS));
        return "done";
    }

    private List<Long> gaps() {
        List<Long> gaps = new ArrayList<>();
        for (int index = 1; index < times.size(); index++) {
            gaps.add(times.get(index) - times.get(index - 1));
        }
        return gaps;
    }
}
