package io.pricewire.ingestor.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.Calls;
import io.pricewire.ingestor.DescribedAsset;
import io.pricewire.ingestor.Figure;
import io.pricewire.ingestor.ObservedPrice;
import io.pricewire.ingestor.PolledSource;
import io.pricewire.ingestor.Refusal;
import io.pricewire.ingestor.http.HttpSettings;
import io.pricewire.ingestor.testing.FakeService;
import io.pricewire.ingestor.testing.FakeService.Reply;
import io.pricewire.ingestor.testing.PolledSourceContract;
import io.pricewire.ingestor.testing.Recorded;
import io.pricewire.ingestor.testing.Recorded.Way;
import io.pricewire.ingestor.testing.Recordings;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

class GeminiSourceTest extends PolledSourceContract {

    private static final String KNOWN = "BTCUSD=BTC/USD BTCUSDT=BTC/USDT ETHUSD=ETH/USD USDCUSD=USDC/USD";
    private static final String TICKER =
            "{\"bid\":\"9117.95\",\"ask\":\"\",\"volume\":{\"BTC\":\"1615.46861748\",\"USD\":\"14727307.57545006088\",\"timestamp\":1594982700000},\"last\":\"9115.230\"}";

    /** The price feed alone, of pairs that are known: one call. */
    @Override
    protected PolledSource source(URI url, HttpSettings settings) {
        return gemini(url, settings, List.of());
    }

    @Override
    protected String memory() {
        return KNOWN;
    }

    @Override
    protected String answer() {
        return "[{\"pair\":\"BTCUSD\",\"price\":\"9500.00\",\"percentChange24h\":\"5.23\",\"note\":\"пример\"}]";
    }

    @Override
    protected String answerWithoutPrice() {
        return answer().replace("9500.00", "");
    }

    @Override
    protected boolean takesAKey() {
        return false;
    }

    @Test
    void takesTheFeedsPricesFromTheirDigits() {
        ObservedPrice price = prices(all()).getFirst();

        assertThat(price.source()).isEqualTo("gemini");
        assertThat(price.sourceAssetId()).isEqualTo("BTC");
        assertThat(price.symbol()).isEqualTo("BTC");
        assertThat(price.name()).isEmpty();
        assertThat(price.quote()).isEqualTo("USD");
        assertThat(price.figures())
                .as("whether the change is in percent is not sure")
                .containsOnly(Map.entry(Figure.PRICE, new BigDecimal("9500.00")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sat, 21 Nov 2026 06:59:57 GMT|2026-11-21T06:59:57Z",
                "Sat, 21 Nov 2026 07:59:57 GMT|2026-11-21T07:00:00Z",
                "yesterday|2026-11-21T07:00:00Z"
            })
    void takesTheTimeWhenGeminiSaysThatItAnsweredUnlessThatCannotBe(String date, Instant expected) {
        service.always(FakeService.status(200, answer(), "Date", date));

        ObservedPrice price = prices(all()).getFirst();

        assertThat(price.observedAt()).isEqualTo(expected);
        assertThat(price.observedAtAssumed()).isTrue();
    }

    @Test
    void asksForBidAskAndVolumeOfTheWantedPairsAndTakesTheirTime() {
        service.always(gemini(feed("BTCUSD", "ETHUSD"), Map.of()));

        List<Batch> batches = batches(gemini(List.of("BTCUSD")), null, new Calls());

        assertThat(batches).extracting(Batch::position).containsExactly("pubticker", "end");
        assertThat(prices(batches)).extracting(ObservedPrice::sourceAssetId).containsExactly("ETH", "BTC");
        ObservedPrice ticker = prices(batches).getLast();
        assertThat(ticker.observedAt()).isEqualTo(Instant.ofEpochMilli(1_594_982_700_000L));
        assertThat(ticker.observedAtAssumed()).isFalse();
        assertThat(ticker.figures())
                .containsOnly(
                        Map.entry(Figure.PRICE, new BigDecimal("9115.230")),
                        Map.entry(Figure.BID, new BigDecimal("9117.95")),
                        Map.entry(Figure.VOLUME_24H, new BigDecimal("14727307.57545006088")));
        assertThat(asked()).containsExactly("/v1/pricefeed", "/v1/pubticker/btcusd");
    }

    @Test
    void asksOnceOfWhatAPairIsMadeAndRemembersIt() {
        Map<String, String> details = Map.of(
                "btcusdt", details("BTC", "USDT", "open", "spot"),
                "btcgusdperp", details("BTC", "GUSD", "open", "swap"),
                "zecusd", details("ZEC", "USD", "closed", "spot"));
        service.always(gemini(feed("BTCUSD", "BTCUSDT", "BTCGUSDPERP", "ZECUSD", "ODDUSD"), details));
        GeminiSource gemini = gemini(List.of());

        List<Batch> first = batches(gemini.poll(null, "BTCUSD=BTC/USD", new Calls()));
        String memory = String.valueOf(first.getLast().memory());
        int before = service.requests().size();
        List<Batch> second = batches(gemini.poll(null, memory, new Calls()));
        batches(gemini.poll(null, memory.replace("2026-11-22", "2026-11-21"), new Calls()));

        assertThat(first).hasSize(1);
        assertThat(prices(first))
                .extracting(price -> price.sourceAssetId() + "/" + price.quote())
                .containsExactly("BTC/USD", "BTC/USDT", "BTCGUSDPERP/GUSD");
        assertThat(first.getLast().described())
                .containsExactly(
                        new DescribedAsset("gemini", "BTC", "BTC", "", Map.of(), List.of("USD", "USDT")),
                        new DescribedAsset("gemini", "BTCGUSDPERP", "BTCGUSDPERP", "", Map.of(), List.of("GUSD")));
        assertThat(memory)
                .isEqualTo(
                        "BTCGUSDPERP=BTCGUSDPERP/GUSD BTCUSD=BTC/USD BTCUSDT=BTC/USDT ODDUSD=-2026-11-22 ZECUSD=-2026-11-22");
        assertThat(prices(second)).hasSize(3);
        assertThat(second).singleElement().satisfies(batch -> {
            assertThat(batch.memory()).isNull();
            assertThat(batch.described()).isEmpty();
        });
        assertThat(asked().subList(before, asked().size()))
                .as("the pairs that are closed or that it could not explain are asked for again a day later")
                .containsExactlyInAnyOrder(
                        "/v1/pricefeed", "/v1/pricefeed", "/v1/symbols/details/oddusd", "/v1/symbols/details/zecusd");
    }

    @Test
    void keepsWhatItLearntWhenTheServiceFailsMeanwhile() {
        Reply gemini = gemini(
                feed("BTCUSD", "AAAUSD", "BBBUSD"),
                Map.of(
                        "aaausd",
                        details("AAA", "USD", "open", "spot"),
                        "bbbusd",
                        details("BBB", "USD", "open", "spot")));
        service.always((request, response) -> (request.uri().contains("details") && asked().size() > 2
                        ? FakeService.status(500, "")
                        : gemini)
                .send(request, response));
        List<Batch> published = new ArrayList<>();

        String failure = failure(gemini(List.of()), KNOWN, published);

        assertThat(failure).endsWith(" answered 500");
        assertThat(prices(published)).hasSize(2);
        assertThat(published).hasSize(1);
        assertThat(published.getLast().memory())
                .startsWith("AAAUSD=AAA/USD BTCUSD=")
                .doesNotContain("BBB");
    }

    @Test
    void publishesTheOtherTickersWhenOneFailsAndTellsTheFailureLast() {
        Reply gemini = gemini(feed("BTCUSD", "ETHUSD", "USDCUSD"), Map.of());
        service.always((request, response) ->
                (request.uri().endsWith("/ethusd") ? FakeService.status(500, "") : gemini).send(request, response));
        List<Batch> published = new ArrayList<>();

        String failure = failure(gemini(List.of("BTCUSD", "ETHUSD", "USDCUSD")), KNOWN, published);

        assertThat(failure).startsWith("ethusd: ").endsWith(" answered 500");
        assertThat(prices(published)).extracting(ObservedPrice::sourceAssetId).containsExactly("BTC", "USDC");
        assertThat(published).extracting(Batch::position).containsExactly("pubticker", "pubticker", "end");
    }

    @Test
    void asksForNothingMoreWhenItIsToLeaveTheServiceAlone() {
        Reply gemini = gemini(feed("BTCUSD", "ETHUSD"), Map.of());
        service.always((request, response) -> (request.uri().contains("pubticker")
                        ? FakeService.status(429, "", "Retry-After", "600")
                        : gemini)
                .send(request, response));

        failure(gemini(List.of("BTCUSD", "ETHUSD")), KNOWN, new ArrayList<>());

        assertThat(asked()).containsExactly("/v1/pricefeed", "/v1/pubticker/btcusd");
    }

    @Test
    void tellsWhyAWantedPairCannotBeExplained() {
        Reply gemini = gemini(feed("BTCUSD", "ETHUSD"), Map.of());
        service.always((request, response) ->
                (request.uri().contains("details") ? FakeService.status(403, "") : gemini).send(request, response));
        List<Batch> published = new ArrayList<>();

        String failure = failure(gemini(List.of("ETHUSD")), "BTCUSD=BTC/USD", published);

        assertThat(failure).startsWith("ethusd: ").endsWith(" answered 403");
        assertThat(prices(published)).extracting(ObservedPrice::sourceAssetId).containsExactly("BTC");
    }

    @Test
    void leavesOutAPairWhoseNameIsNone() {
        service.always(gemini(feed("BTC USD", "BTCUSD"), Map.of()));

        assertThat(prices(all())).hasSize(1);
        assertThat(asked()).containsExactly("/v1/pricefeed");
    }

    @Test
    void asksForAllOfTheWantedPairsInTheFirstPoll() {
        List<String> names =
                IntStream.range(100, 140).mapToObj(id -> "C" + id + "USD").toList();
        Map<String, String> details = names.stream()
                .collect(Collectors.toMap(
                        name -> name.toLowerCase(Locale.ROOT),
                        name -> details(name.substring(0, 4), "USD", "open", "spot")));
        service.always(gemini(feed(names.toArray(String[]::new)), details));

        assertThat(prices(batches(gemini(names).poll(null, "", new Calls())))).hasSize(40);
    }

    @Test
    void asksForFewNewPairsInOnePollAndForTheWantedOnesFirst() {
        String[] names =
                IntStream.range(100, 200).mapToObj(id -> "C" + id + "USD").toArray(String[]::new);
        Map<String, String> details = Arrays.stream(names)
                .collect(Collectors.toMap(
                        name -> name.toLowerCase(Locale.ROOT),
                        name -> details(name.substring(0, 4), "USD", "open", "spot")));
        service.always(gemini(feed(names), details));

        List<Batch> batches = batches(gemini(List.of("C199USD")).poll(null, "", new Calls()));

        assertThat(asked()).hasSize(33).element(1).isEqualTo("/v1/symbols/details/c199usd");
        assertThat(prices(batches)).hasSize(31);
    }

    @Test
    void namesAPairThatGeminiDoesNotHaveAfterAllOthersArePublished() {
        service.always(
                gemini(feed("BTCUSD", "ETHUSD", "ZECUSD"), Map.of("zecusd", details("ZEC", "USD", "closed", "spot"))));
        List<Batch> published = new ArrayList<>();

        String failure = failure(gemini(List.of("BTCUSD", "DOGEUSD", "ZECUSD")), KNOWN, published);

        assertThat(failure)
                .isEqualTo(
                        "GEMINI_SYMBOLS names dogeusd, zecusd, which the exchange does not have, has closed or does not explain");
        assertThat(prices(published)).extracting(ObservedPrice::sourceAssetId).containsExactly("ETH", "BTC");
    }

    @Test
    void goesOnWithTheTickersWhereItWasInterrupted() {
        service.always(gemini(feed("BTCUSD"), Map.of()));

        List<Batch> batches = batches(gemini(List.of("BTCUSD")), "pubticker", new Calls());

        assertThat(prices(batches)).hasSize(1);
        assertThat(asked()).containsExactly("/v1/pubticker/btcusd");
    }

    @Override
    protected List<Recorded> recordings() {
        Way feed = new Way(this::readFeed, Way::elements, Map.of(Figure.PRICE, "/price"), List.of("/percentChange24h"));
        String noRecords = "answered with something else than records";
        return List.of(
                Recorded.published("gemini/pricefeed_docs_example.json", feed, 5),
                Recorded.published("gemini/pubticker_BTCUSD_2017-10-03.json", ticker("BTCUSD", "BTC", "USD"), 1),
                Recorded.published("gemini/pubticker_btcusdt_2024-03-13.json", ticker("BTCUSDT", "BTC", "USDT"), 1),
                Recorded.published("gemini/pubticker_usdcusd_2024-04-11.json", ticker("USDCUSD", "USDC", "USD"), 1),
                Recorded.refused("gemini/legacy_ticker_shape_2014.json", ticker("BTCUSD", "BTC", "USD"), 1),
                Recorded.refused("gemini/v2_ticker_btcusd_docs_example.json", ticker("BTCUSD", "BTC", "USD"), 1),
                Recorded.refused("gemini/symbols_2017-10-03.json", feed, 3),
                Recorded.refused("gemini/symbols_2021-06-24_71.json", feed, 71),
                Recorded.refused("gemini/trades_2017-10-03.json", feed, 50),
                Recorded.unreadable("gemini/book_2017-10-03.json", feed, noRecords));
    }

    private List<Batch> readFeed(String answer) {
        service.always(FakeService.json(answer));
        String memory = "BTCUSD=BTC/USD ETHUSD=ETH/USD BCHUSD=BCH/USD LTCUSD=LTC/USD ZECUSD=ZEC/USD";
        return batches(gemini(List.of()).poll(null, memory, new Calls()));
    }

    private Way ticker(String pair, String base, String quote) {
        return new Way(
                answer -> readTicker(answer, pair, base, quote),
                Way::itself,
                Map.of(
                        Figure.PRICE, "/last",
                        Figure.BID, "/bid",
                        Figure.ASK, "/ask",
                        Figure.VOLUME_24H, "/volume/" + quote),
                List.of("/volume/" + base, "/volume/timestamp"));
    }

    private List<Batch> readTicker(String answer, String pair, String base, String quote) {
        String recording = answer.strip();
        service.always(
                (request, response) -> FakeService.json(request.uri().contains("pubticker") ? recording : feed(pair))
                        .send(request, response));
        List<Batch> batches = batches(gemini(List.of(pair)), null, new Calls());
        assertThat(prices(batches)).allSatisfy(price -> {
            assertThat(price.payload()).isEqualTo(recording);
            assertThat(price.sourceAssetId()).isEqualTo(base);
            assertThat(price.quote()).isEqualTo(quote);
            assertThat(price.observedAt().toEpochMilli())
                    .isEqualTo(
                            Recordings.tree(recording).at("/volume/timestamp").asLong());
            assertThat(price.observedAtAssumed()).isFalse();
        });
        assertThat(refusals(batches))
                .flatExtracting(Refusal::reasons)
                .extracting(Refusal.Reason::code)
                .isSubsetOf("price_missing");
        return batches;
    }

    @Test
    void isWrittenInLessThan200Lines() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<String> lines = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                lines.addAll(Files.readAllLines(file));
            }
            assertThat(lines).filteredOn(line -> !line.isBlank()).hasSizeLessThan(200);
        }
    }

    private static String failure(PolledSource source, String memory, List<Batch> published) {
        return source.poll(null, memory, new Calls())
                .doOnNext(published::add)
                .then(Mono.just("nothing failed"))
                .onErrorResume(failed -> Mono.just(String.valueOf(failed.getMessage())))
                .blockOptional(PATIENCE)
                .orElseThrow();
    }

    private static Reply gemini(String feed, Map<String, String> details) {
        return (request, response) -> {
            String uri = request.uri();
            String pair = uri.substring(uri.lastIndexOf('/') + 1);
            Reply reply = uri.equals("/v1/pricefeed")
                    ? FakeService.json(feed)
                    : uri.contains("pubticker")
                            ? FakeService.json(TICKER)
                            : details.containsKey(pair)
                                    ? FakeService.json(details.get(pair))
                                    : FakeService.status(
                                            400,
                                            "{\"result\":\"error\",\"reason\":\"InvalidSymbol\",\"message\":\"no such symbol\"}");
            return reply.send(request, response);
        };
    }

    private static String feed(String... pairs) {
        return Arrays.stream(pairs)
                .map(pair -> "{\"pair\":\"%s\",\"price\":\"1.50\",\"percentChange24h\":\"-0.10\"}".formatted(pair))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String details(String base, String quote, String status, String type) {
        return "{\"symbol\":\"%s%s\",\"base_currency\":\"%s\",\"quote_currency\":\"%s\",\"tick_size\":1E-8,\"status\":\"%s\",\"product_type\":\"%s\"}"
                .formatted(base, quote, base, quote, status, type);
    }

    private GeminiSource gemini(List<String> symbols) {
        return gemini(service.url(), ONCE, symbols);
    }

    private GeminiSource gemini(URI url, HttpSettings http, List<String> symbols) {
        GeminiSettings settings = new GeminiSettings(true, url, symbols, null, null, null);
        return new GeminiSource(settings, client(settings.service(), http));
    }
}
