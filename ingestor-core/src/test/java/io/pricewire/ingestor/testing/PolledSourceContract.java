package io.pricewire.ingestor.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.Calls;
import io.pricewire.ingestor.ObservedPrice;
import io.pricewire.ingestor.PolledSource;
import io.pricewire.ingestor.Refusal;
import io.pricewire.ingestor.SourceException;
import io.pricewire.ingestor.SourceException.Kind;
import io.pricewire.ingestor.http.HttpSettings;
import io.pricewire.ingestor.http.ScriptedClient;
import io.pricewire.ingestor.http.ServiceClient;
import io.pricewire.ingestor.http.WebService;
import io.pricewire.ingestor.testing.FakeService.Reply;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** What every source does that asks a service on the web, whatever the service does. */
public abstract class PolledSourceContract {

    /** A key that must stand in no message. */
    protected static final String KEY = "secret-0123456789";

    protected static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Instant NEXT_MONTH = Instant.parse("2026-12-01T00:00:00Z");

    private static final HttpSettings SETTINGS = settings(Duration.ofSeconds(10), 2);

    private static HttpSettings settings(Duration timeout, int retries) {
        return new HttpSettings(
                timeout,
                Duration.ZERO,
                retries,
                Duration.ofMillis(10),
                Duration.ofMillis(50),
                Duration.ofSeconds(3),
                DataSize.ofKilobytes(256),
                100,
                100,
                Duration.ofSeconds(30));
    }

    /** What each of them says, as it was answered: the status, and of what is made of it some part. */
    private static final Map<String, String> FAILURES = Map.ofEntries(
            Map.entry("nasty/cloudflare_captcha_2019-12.html", "403|answered 403: an HTML page, \"Attention Required!"),
            Map.entry("nasty/coingecko_404.json", "404|answered 404: Could not find coin with the given id"),
            Map.entry("nasty/coingecko_429.json", "429|answered 429: You've exceeded the Rate Limit."),
            Map.entry("nasty/coingecko_cloudflare_1015.html", "429|answered 429: an HTML page, \"Access denied"),
            Map.entry("nasty/coingecko_markets_truncated.json", "200|answered with JSON that ends in the middle"),
            Map.entry("nasty/coinpaprika_301_trailing_slash.html", "301|redirects to nowhere"),
            Map.entry("nasty/coinpaprika_402.json", "402|answered 402: Getting historical OHLCV data before"),
            Map.entry(
                    "nasty/coinpaprika_429_from_spec.json", "429|answered 429: you have reached maximum request limit"),
            Map.entry("nasty/coinpaprika_empty_array.json", "200|nothing failed"),
            Map.entry("nasty/other_404_empty_body.txt", "404|answered 404"),
            Map.entry("nasty/other_408_plain_text.txt", "408|answered 408: Request timeout"),
            Map.entry("nasty/other_502_meta_refresh.html", "502|answered 502: an HTML page"),
            Map.entry("nasty/other_503_nginx.html", "503|answered 503: an HTML page, \"503"));

    /** When every answer comes. */
    protected static final Instant NOW = Instant.parse("2026-11-21T07:00:00Z");

    /** Asks for everything once, and takes what comes. */
    protected static final HttpSettings ONCE = new HttpSettings(
            Duration.ofSeconds(10),
            Duration.ZERO,
            0,
            Duration.ofMillis(10),
            Duration.ofMillis(10),
            Duration.ZERO,
            DataSize.ofMegabytes(32),
            20,
            100,
            Duration.ofSeconds(30));

    protected FakeService service;

    /** Answers instead of the service, where it is set. */
    private @Nullable ExchangeFunction script;

    /** The source, asking the service at this address with {@link #KEY}. */
    protected abstract PolledSource source(URI url, HttpSettings settings);

    /** An answer with which a poll ends, of one record that has the word "пример" in it. */
    protected abstract String answer();

    /** The same answer without the record's price. */
    protected abstract String answerWithoutPrice();

    /** What the source remembers, so that a poll is one call. */
    protected abstract String memory();

    /** All recorded answers of its service, and what becomes of them. */
    protected abstract List<Recorded> recordings();

    /** Whether the service is one that takes a key. */
    protected boolean takesAKey() {
        return true;
    }

    /** A client of a service, at {@link #NOW}. */
    protected final ServiceClient client(WebService web, HttpSettings settings) {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        return script == null
                ? new ServiceClient(web, settings, clock)
                : ScriptedClient.of(web, settings, clock, script);
    }

    @BeforeEach
    void startService() {
        service = new FakeService(FakeService.json(answer()));
    }

    @AfterEach
    void stopService() {
        service.close();
    }

    @Test
    void readsWhatTheServiceAnswers() {
        Calls calls = new Calls();

        assertThat(prices(poll(calls)))
                .singleElement()
                .satisfies(price -> assertThat(price.payload()).contains("пример"));
        assertThat(calls.made()).isEqualTo(1);
        assertThat(calls.repeated()).isZero();
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void asksNothingBeforeItIsSubscribedToAndAnewEachTime() {
        Calls calls = new Calls();
        Flux<Batch> poll = source(service.url(), SETTINGS).poll(null, memory(), calls);

        assertThat(calls.made()).isZero();
        assertThat(prices(batches(poll))).hasSize(1);
        assertThat(prices(batches(poll))).hasSize(1);
        assertThat(calls.made()).isEqualTo(2);
        assertThat(service.requests())
                .as("one that nobody subscribed to would be a third")
                .hasSize(2);
    }

    @Test
    void sendsItsKeyInAHeaderOnly() {
        assumeTrue(takesAKey());
        poll(new Calls());

        assertThat(service.requests()).singleElement().satisfies(request -> {
            assertThat(request.headers()).containsValue(KEY);
            assertThat(request.uri()).doesNotContain(KEY);
        });
    }

    @Test
    void readsACompressedAnswer() {
        service.always(FakeService.compressed(answer()));

        assertThat(prices(poll(new Calls()))).hasSize(1);
        assertThat(service.requests().getFirst().headers().get("accept-encoding"))
                .contains("gzip");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503})
    void asksAgainWhenTheServiceFailsInAWayThatMayPass(int status) {
        service.then(FakeService.status(status, "{}"), FakeService.status(status, "{}"));
        Calls calls = new Calls();

        assertThat(prices(poll(calls))).hasSize(1);
        assertThat(calls.made()).isEqualTo(3);
        assertThat(calls.repeated()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<!doctype html><title>Just a moment</title>", "[{\"id\":", "{}"})
    void asksAgainWhenAnAnswerIsBroken(String broken) {
        service.then(FakeService.json(broken));

        assertThat(prices(poll(new Calls()))).hasSize(1);
        assertThat(service.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"119", "Sat, 21 Nov 2026 07:01:59 GMT"})
    void leavesTheServiceAloneForExactlyAsLongAsItAsks(String retryAfter) {
        assertThat(timesBetweenCalls(retryAfter, 3)).containsExactly(119_000L, 119_000L, 119_000L);
    }

    @Test
    void leavesTheServiceAloneForLongerFromTryToTryWhereItDoesNotSayForHowLong() {
        List<Long> times = timesBetweenCalls("", 8);

        assertThat(times).hasSize(8);
        assertThat(times.get(0)).isBetween(500L, 1_500L);
        assertThat(times.get(1)).isBetween(1_000L, 3_000L);
        assertThat(times.get(2)).isBetween(2_000L, 6_000L);
        assertThat(times.get(7)).isBetween(30_000L, 60_000L);
    }

    /** Milliseconds by a clock that the test moves, when every answer is a 429. */
    private List<Long> timesBetweenCalls(String retryAfter, int retries) {
        List<Long> times = new ArrayList<>();
        VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
        script = request -> Mono.fromSupplier(() -> {
            times.add(time.now(TimeUnit.MILLISECONDS));
            ClientResponse.Builder answer = ClientResponse.create(HttpStatus.TOO_MANY_REQUESTS);
            return (retryAfter.isEmpty() ? answer : answer.header("Retry-After", retryAfter)).build();
        });
        try {
            StepVerifier.withVirtualTime(
                            () -> source(service.url(), patient(retries)).poll(null, memory(), new Calls()),
                            () -> time,
                            Long.MAX_VALUE)
                    .thenAwait(Duration.ofHours(1))
                    .expectErrorSatisfies(failure -> assertThat(failure).hasMessageContaining("answered 429"))
                    .verify(PATIENCE);
        } finally {
            VirtualTimeScheduler.reset();
        }
        return IntStream.range(1, times.size())
                .mapToObj(call -> times.get(call) - times.get(call - 1))
                .toList();
    }

    private static HttpSettings patient(int retries) {
        return new HttpSettings(
                Duration.ofSeconds(10),
                Duration.ofMillis(500),
                retries,
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                Duration.ofMinutes(5),
                DataSize.ofMegabytes(1),
                20,
                80,
                Duration.ofSeconds(30));
    }

    @Test
    void endsWhenTheServiceAsksForMoreTimeThanAPollHas() {
        service.always(FakeService.status(429, "{\"error\":\"slow down\"}", "Retry-After", "3600"));

        assertFails(Kind.RATE_LIMITED, "answered 429: slow down (it asks to be left alone for 3600 s)");
        assertThat(service.requests()).hasSize(1);
        assertThatThrownBy(() -> poll(new Calls()))
                .isInstanceOfSatisfying(
                        SourceException.class,
                        failure -> assertThat(failure.retryAfter()).isEqualTo(Duration.ofHours(1)));
    }

    @Test
    void tellsThatItAskedTooOften() {
        service.always(FakeService.status(429, "{\"status\":{\"error_code\":429,\"error_message\":\"too fast\"}}"));

        assertFails(Kind.RATE_LIMITED, "answered 429: too fast");
        assertThat(service.requests()).hasSize(3);
    }

    @Test
    void takesNoPriceFromAnErrorWhoseBodyIsAnAnswer() {
        service.always(FakeService.status(500, answer()));

        assertFails(Kind.UNAVAILABLE, "answered 500");
    }

    @Test
    void tellsWhatTheServiceSaysOfAnError() {
        service.always(FakeService.status(503, "<html><head><title>Under\n maintenance</title></head></html>"));

        assertFails(Kind.UNAVAILABLE, "answered 503: an HTML page, \"Under maintenance\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404})
    void doesNotAskAgainForWhatIsNotAllowed(int status) {
        service.always(FakeService.status(status, "{\"error\":\"wrong key\"}"));

        assertFails(Kind.NOT_ALLOWED, "answered " + status + ": wrong key");
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void doesNotAskAgainBeforeTheQuotaIsRenewed() {
        service.always(FakeService.status(402, "{\"error\":\"quota exceeded\"}"));

        assertThatThrownBy(() -> poll(new Calls()))
                .isInstanceOfSatisfying(SourceException.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(Kind.NOT_ALLOWED);
                    assertThat(failure.retryAfter()).isEqualTo(Duration.between(NOW, NEXT_MONTH));
                })
                .hasMessageEndingWith(
                        "answered 402: quota exceeded (the plan or its quota; it is asked again on 2026-12-01)");
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void repeatsNoSecretAndNoHalfOfOne() {
        assumeTrue(takesAKey());
        String before = "x".repeat(190);
        service.then(
                FakeService.status(401, "{\"error\":\"%s %s\"}".formatted(before, KEY)),
                FakeService.status(403, before + " " + KEY),
                FakeService.status(404, "<title>%s %s</title>".formatted(before, KEY)),
                FakeService.json("{\"error\":\"%s %s\"}".formatted(before, KEY)),
                FakeService.json("[%s %s".formatted(before, KEY)),
                FakeService.status(302, "", "Location", "http://%s/%s".formatted(before, KEY)));
        PolledSource source = source(service.url(), ONCE);

        for (int call = 0; call < 6; call++) {
            assertThatThrownBy(() -> batches(source, null, new Calls()))
                    .isInstanceOf(SourceException.class)
                    .message()
                    .contains("xxx")
                    .doesNotContain(KEY.substring(0, 4));
        }
    }

    @Test
    void tellsThatAnAnswerIsAnHtmlPage() {
        service.always(FakeService.status(
                200, "<!DOCTYPE html><html><title>Attention Required!</title>", "Content-Type", "text/html"));

        assertFails(Kind.UNREADABLE, "answered with an HTML page, \"Attention Required!\"");
    }

    @Test
    void tellsThatAnAnswerEndsInTheMiddle() {
        service.always(FakeService.json(answer().substring(0, answer().length() / 2)));

        assertFails(Kind.UNREADABLE, "answered with JSON that ends in the middle");
    }

    @Test
    void tellsThatAnAnswerIsEmpty() {
        service.always(FakeService.json(" "));

        assertFails(Kind.UNREADABLE, "answered with nothing");
    }

    @Test
    void tellsThatAnAnswerIsAnError() {
        service.always(FakeService.json("{\"error\":{\"status\":{\"error_code\":10012,\"error_message\":\"no\"}}}"));

        assertFails(Kind.UNREADABLE, "answered with an error: no");
    }

    @Test
    void tellsThatTheServiceIsSilent() {
        service.always(FakeService.silence());
        Calls calls = new Calls();

        assertThatThrownBy(() -> batches(source(service.url(), settings(Duration.ofSeconds(1), 2)), null, calls))
                .isInstanceOfSatisfying(
                        SourceException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE))
                .hasMessageEndingWith(" did not answer within 1 s");
        assertThat(calls.made()).isEqualTo(3);
    }

    @Test
    void tellsThatAnAnswerNeverEnds() {
        service.always(FakeService.withoutEnd("[{\"id\":\"bitcoin\","));
        PolledSource source = source(service.url(), settings(Duration.ofSeconds(3), 0));

        assertThatThrownBy(() -> batches(source, null, new Calls()))
                .isInstanceOfSatisfying(
                        SourceException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE))
                .hasMessageEndingWith(" began to answer, and did not end within 3 s");
    }

    @Test
    void tellsThatAnAnswerIsBrokenOff() {
        service.always(FakeService.brokenOff("[{\"id\":\"bitcoin\","));

        assertThatThrownBy(() -> poll(new Calls()))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining(" broke off its answer");
    }

    @Test
    void readsNoAnswerThatIsTooLarge() {
        service.always(FakeService.compressed("[" + " ".repeat(300_000) + "]"));

        assertFails(Kind.UNREADABLE, "answered with more than 262144B");
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void tellsThatNobodyAnswers() {
        URI url = service.url();
        service.close();

        assertThatThrownBy(() -> batches(source(url, SETTINGS), null, new Calls()))
                .isInstanceOfSatisfying(
                        SourceException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE))
                .hasMessage(url.getAuthority() + " cannot be reached: nobody answers there");
    }

    @Test
    void followsARedirectionWithinTheService() {
        Reply answer = FakeService.json(answer());
        service.then(FakeService.status(301, "", "Location", "/moved"), answer);

        assertThat(prices(poll(new Calls()))).hasSize(1);
        assertThat(service.requests().getLast().uri()).isEqualTo("/moved");
        assertThat(service.requests().getLast().headers().containsValue(KEY)).isEqualTo(takesAKey());
    }

    @Test
    void followsNoRedirectionToAnotherService() {
        try (FakeService other = new FakeService(FakeService.json(answer()))) {
            service.always(FakeService.status(302, "", "Location", other.url() + "/elsewhere?key=1"));

            assertFails(Kind.UNAVAILABLE, "redirects to %s/elsewhere, where it is not followed".formatted(other.url()));
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void closesTheConnectionWhenItIsCancelled() {
        service.always(FakeService.withoutEnd("["));
        Disposable poll = source(service.url(), SETTINGS)
                .poll(null, memory(), new Calls())
                .subscribe();
        await().atMost(PATIENCE).until(() -> service.requests().size() == 1);

        poll.dispose();

        await().atMost(PATIENCE).until(() -> service.closed() == 1);
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void letsTheServiceSayThatItsAnswerIsStillTheSame() {
        service.then(
                FakeService.status(200, answer(), "ETag", "\"v1\""),
                FakeService.status(304, "", "ETag", "\"v1\""),
                FakeService.status(200, answer(), "ETag", "\"v2\""));
        PolledSource source = source(service.url(), SETTINGS);

        for (int poll = 0; poll < 3; poll++) {
            assertThat(prices(batches(source, null, new Calls()))).hasSize(1);
        }

        assertThat(service.requests())
                .extracting(request -> request.headers().get("if-none-match"))
                .containsExactly(null, "\"v1\"", "\"v1\"");
    }

    @Test
    void keepsNoBrokenAnswer() {
        service.then(FakeService.status(200, "[{", "ETag", "\"v1\""), FakeService.status(200, "[{", "ETag", "\"v1\""));

        assertThat(prices(poll(new Calls()))).hasSize(1);

        assertThat(service.requests()).noneMatch(request -> request.headers().containsKey("if-none-match"));
    }

    @Test
    void readsEveryNumberOfEveryRecording() throws IOException {
        String folder = source(service.url(), ONCE).name();
        assertThat(recordings()).extracting(Recorded::file).hasSameElementsAs(Recordings.files(folder));

        Recordings.assertReadDigitByDigit(recordings());
    }

    @Test
    void tellsTheReasonOfEveryRecordedFailure() throws IOException {
        assertThat(FAILURES.keySet()).hasSameElementsAs(Recordings.files("nasty"));
        for (Map.Entry<String, String> failure : FAILURES.entrySet()) {
            String file = failure.getKey();
            String[] expected = failure.getValue().split("\\|", 2);
            service.always(FakeService.status(Integer.parseInt(expected[0]), Recordings.read(file)));

            String reason = failure();

            System.out.printf("%-60s %s%n", file, reason);
            assertThat(reason).as(file).contains(expected[1]);
        }
    }

    @Test
    void logsNoKeyAtAnyLevel() {
        assumeTrue(takesAKey());
        service.then(
                FakeService.json(answer()),
                FakeService.status(302, "", "Location", "/moved"),
                FakeService.status(401, "{\"error\":\"%s is no key\"}".formatted(KEY), "X-Key", KEY));
        PolledSource source = source(service.url(), ONCE);

        List<String> said = logged(() -> {
            assertThat(prices(batches(source, null, new Calls()))).hasSize(1);
            assertThatThrownBy(() -> batches(source, null, new Calls())).isInstanceOf(SourceException.class);
        });

        assertThat(service.requests()).hasSize(3);
        assertThat(said).isNotEmpty().noneMatch(line -> line.contains(KEY));
    }

    /** All that is logged meanwhile, and nowhere else. */
    private static List<String> logged(Runnable step) {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        List<Appender<ILoggingEvent>> others = new ArrayList<>();
        root.iteratorForAppenders().forEachRemaining(others::add);
        Level level = root.getLevel();
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        others.forEach(root::detachAppender);
        root.addAppender(said);
        root.setLevel(Level.TRACE);
        try {
            step.run();
        } finally {
            root.setLevel(level);
            root.detachAppender(said);
            said.stop();
            others.forEach(root::addAppender);
        }
        return List.copyOf(said.list).stream()
                .map(event -> event.getFormattedMessage()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : ThrowableProxyUtil.asString(event.getThrowableProxy())))
                .toList();
    }

    @Test
    void readsOnAtThePositionOfTheLastBatchAndFindsNothingMore() {
        List<Batch> all = poll(new Calls());

        assertThat(batches(source(service.url(), SETTINGS), all.getLast().position(), new Calls()))
                .isEmpty();
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void refusesOnlyWhatIsNotEncodedInUtf8() {
        service.always(FakeService.bytes(answer().replace("пример", "\u00FF").getBytes(StandardCharsets.ISO_8859_1)));

        assertThat(refusals(poll(new Calls()))).singleElement().satisfies(refusal -> {
            assertThat(refusal.reasons()).extracting(Refusal.Reason::code).containsExactly("not_utf8");
            assertThat(refusal.context()).isEmpty();
        });
    }

    @Test
    void readsARefusedRecordAgainFromItsText() {
        ObservedPrice expected = prices(poll(new Calls())).getFirst();
        service.always(FakeService.json(answerWithoutPrice()));

        Refusal refusal = refusals(poll(new Calls())).getFirst();

        assertThat(refusal.reasons()).extracting(Refusal.Reason::code).containsExactly("price_missing");
        PolledSource source = source(service.url(), SETTINGS);
        assertThat(refusals(List.of(source.reread(refusal.text(), refusal.context()))))
                .containsExactly(refusal);
        assertThat(source.reread(expected.payload(), refusal.context()).observed())
                .containsExactly(expected);
        assertThat(service.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "] [", ""})
    void tellsThatATextCannotBeReadAgain(String text) {
        service.always(FakeService.json(answerWithoutPrice()));
        String context = refusals(poll(new Calls())).getFirst().context();

        assertThatThrownBy(() -> source(service.url(), SETTINGS).reread(text, context))
                .isInstanceOf(SourceException.class)
                .hasMessageStartingWith("the text of the record cannot be read: ");
        assertThatThrownBy(() -> source(service.url(), SETTINGS).reread("{}", "a context of another"))
                .isInstanceOf(SourceException.class)
                .hasMessageStartingWith("what was kept of the record's answer cannot be read");
    }

    @Test
    void refusesARecordThatIsTooLongAndKeepsItsBeginning() {
        service.always(FakeService.json(answer().replace("пример", "😀".repeat(40_000))));

        List<Batch> batches = poll(new Calls());

        assertThat(prices(batches)).isEmpty();
        assertThat(refusals(batches)).singleElement().satisfies(refusal -> {
            assertThat(refusal.reasons()).extracting(Refusal.Reason::code).containsExactly("record_too_long");
            assertThat(refusal.text()).startsWith("{").endsWith("😀").hasSizeBetween(65_535, 65_536);
            assertThat(refusal.context()).isEmpty();
        });
    }

    private void assertFails(Kind kind, String reason) {
        assertThatThrownBy(() -> poll(new Calls()))
                .isInstanceOfSatisfying(
                        SourceException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind))
                .hasMessage(service.url().getAuthority() + " " + reason);
    }

    private List<Batch> poll(Calls calls) {
        return batches(source(service.url(), SETTINGS), null, calls);
    }

    /** All of a poll that asks {@link #ONCE}. */
    protected List<Batch> all() {
        return batches(source(service.url(), ONCE), null, new Calls());
    }

    /** Paths and parameters, in order. */
    protected List<String> asked() {
        return service.requests().stream().map(FakeService.Request::uri).toList();
    }

    /** Why a poll that asks {@link #ONCE} fails. */
    protected String failure() {
        return source(service.url(), ONCE)
                .poll(null, memory(), new Calls())
                .then(Mono.just("nothing failed"))
                .onErrorResume(failure -> Mono.just(String.valueOf(failure.getMessage())))
                .blockOptional(PATIENCE)
                .orElseThrow();
    }

    protected static List<Refusal> refusals(List<Batch> batches) {
        return batches.stream().flatMap(batch -> batch.refused().stream()).toList();
    }

    protected static List<ObservedPrice> prices(List<Batch> batches) {
        return batches.stream().flatMap(batch -> batch.observed().stream()).toList();
    }

    protected final List<Batch> batches(PolledSource source, @Nullable String position, Calls calls) {
        return batches(source.poll(position, memory(), calls));
    }

    protected static List<Batch> batches(Flux<Batch> poll) {
        return poll.collectList().blockOptional(PATIENCE).orElseThrow();
    }
}
