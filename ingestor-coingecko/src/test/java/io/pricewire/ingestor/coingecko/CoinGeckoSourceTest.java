package io.pricewire.ingestor.coingecko;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.Calls;
import io.pricewire.ingestor.DescribedAsset;
import io.pricewire.ingestor.Figure;
import io.pricewire.ingestor.Interval;
import io.pricewire.ingestor.ObservedPrice;
import io.pricewire.ingestor.Past;
import io.pricewire.ingestor.PolledSource;
import io.pricewire.ingestor.Refusal;
import io.pricewire.ingestor.SourceException;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class CoinGeckoSourceTest extends PolledSourceContract {

    private static final Map<Figure, String> PLACES = Map.ofEntries(
            Map.entry(Figure.PRICE, "/current_price"),
            Map.entry(Figure.MARKET_CAP, "/market_cap"),
            Map.entry(Figure.FULLY_DILUTED_VALUATION, "/fully_diluted_valuation"),
            Map.entry(Figure.VOLUME_24H, "/total_volume"),
            Map.entry(Figure.HIGH_24H, "/high_24h"),
            Map.entry(Figure.LOW_24H, "/low_24h"),
            Map.entry(Figure.CHANGE_24H_PCT, "/price_change_percentage_24h"),
            Map.entry(Figure.RANK, "/market_cap_rank"),
            Map.entry(Figure.CIRCULATING_SUPPLY, "/circulating_supply"),
            Map.entry(Figure.TOTAL_SUPPLY, "/total_supply"),
            Map.entry(Figure.MAX_SUPPLY, "/max_supply"),
            Map.entry(Figure.ALL_TIME_HIGH, "/ath"),
            Map.entry(Figure.ALL_TIME_LOW, "/atl"));

    private static final Map<Figure, String> PLACES_IN_A_CHART =
            Map.of(Figure.PRICE, "/prices", Figure.MARKET_CAP, "/market_caps", Figure.VOLUME_24H, "/total_volumes");

    /** That the list of all coins is not asked for. */
    private static final String TOMORROW = "2026-11-22T07:00:00Z";

    private static final List<String> OTHERS = List.of(
            "/roi/.*",
            "/(price|market_cap)_change_24h",
            "/market_cap_change_percentage_24h",
            "/price_change_percentage_.*_in_currency",
            "/at[hl]_change_percentage");

    @Override
    protected PolledSource source(URI url, HttpSettings settings) {
        return source(url, settings, "all", List.of("USD"));
    }

    @Override
    protected String answer() {
        return "[" + coin("test", "1") + "]";
    }

    @Override
    protected String answerWithoutPrice() {
        return "[" + coin("test", "null") + "]";
    }

    @Test
    void takesEveryNumberFromItsDigits() {
        service.always(FakeService.json("""
                [{"id":"bitcoin","symbol":"btc","name":"Bitcoin","image":"https://x/y.png","current_price":8.69e-05,
                  "market_cap":123456789012345678,"market_cap_rank":1,"fully_diluted_valuation":null,
                  "total_volume":0.12345678901234567,"high_24h":"1.50","low_24h":1E-8,"price_change_24h":-1,
                  "price_change_percentage_24h":-0.1,"circulating_supply":20030493.0,"total_supply":0,"max_supply":null,
                  "ath":1.10,"ath_date":"2021-04-17T23:27:54.660Z","atl":1.81e-18,"roi":{"times":1},
                  "last_updated":"2026-05-18T12:49:21.599Z"}]
                """));

        ObservedPrice price = prices(all()).getFirst();

        assertThat(price)
                .usingRecursiveComparison()
                .ignoringFields("figures", "payload")
                .isEqualTo(new ObservedPrice(
                        "coingecko",
                        "bitcoin",
                        "btc",
                        "Bitcoin",
                        "USD",
                        Interval.TICK,
                        Instant.parse("2026-05-18T12:49:21.599Z"),
                        false,
                        Map.of(),
                        "",
                        "application/json"));
        assertThat(price.payload())
                .startsWith("{\"id\":\"bitcoin\"")
                .endsWith("\"last_updated\":\"2026-05-18T12:49:21.599Z\"}");
        assertThat(price.figures())
                .containsOnly(
                        Map.entry(Figure.PRICE, new BigDecimal("0.0000869")),
                        Map.entry(Figure.MARKET_CAP, new BigDecimal("123456789012345678")),
                        Map.entry(Figure.VOLUME_24H, new BigDecimal("0.12345678901234567")),
                        Map.entry(Figure.HIGH_24H, new BigDecimal("1.50")),
                        Map.entry(Figure.LOW_24H, new BigDecimal("1E-8")),
                        Map.entry(Figure.CHANGE_24H_PCT, new BigDecimal("-0.1")),
                        Map.entry(Figure.RANK, BigDecimal.ONE),
                        Map.entry(Figure.CIRCULATING_SUPPLY, new BigDecimal("20030493.0")),
                        Map.entry(Figure.TOTAL_SUPPLY, BigDecimal.ZERO),
                        Map.entry(Figure.ALL_TIME_HIGH, new BigDecimal("1.10")),
                        Map.entry(Figure.ALL_TIME_LOW, new BigDecimal("1.81E-18")));
    }

    @Test
    void readsPageAfterPageInAnOrderThatDoesNotChange() {
        service.then(page(1, 250), page(251, 250), page(501, 7));

        List<Batch> batches = all();

        assertThat(prices(batches)).hasSize(507);
        assertThat(batches).extracting(Batch::position).containsExactly("USD:2", "USD:3", "end");
        assertThat(asked())
                .containsExactly(
                        "/coins/markets?vs_currency=usd&order=id_asc&per_page=250&page=1&precision=full",
                        "/coins/markets?vs_currency=usd&order=id_asc&per_page=250&page=2&precision=full",
                        "/coins/markets?vs_currency=usd&order=id_asc&per_page=250&page=3&precision=full");
    }

    @Test
    void endsAtAnEmptyPage() {
        service.then(page(1, 250), FakeService.json("[]"));

        assertThat(prices(all())).hasSize(250);
        assertThat(asked()).hasSize(2);
    }

    @Test
    void takesACoinOnceThatComesTwiceBecausePagesShift() {
        service.then(page(1, 250), page(250, 10));

        assertThat(prices(all()))
                .extracting(ObservedPrice::sourceAssetId)
                .doesNotHaveDuplicates()
                .hasSize(259);
    }

    @Test
    void endsWhereTheServiceGivesTheSamePageForEver() {
        service.always(page(1, 250));

        assertThat(prices(all())).hasSize(250);
        assertThat(asked()).hasSize(2);
    }

    @Test
    void readsOneSweepForEachCurrency() {
        service.then(page(1, 250), page(251, 1), page(1, 2));

        List<Batch> batches = batches(source(service.url(), ONCE, "all", List.of("USD", "EUR")), null, new Calls());

        assertThat(batches).extracting(Batch::position).containsExactly("USD:2", "EUR:1", "end");
        assertThat(prices(batches)).extracting(ObservedPrice::quote).endsWith("USD", "EUR", "EUR");
        assertThat(asked().getLast()).contains("vs_currency=eur").contains("&page=1&");
    }

    @Test
    void goesOnAtThePageWhereItWasInterrupted() {
        service.then(page(501, 3), page(1, 1));

        List<Batch> batches = batches(source(service.url(), ONCE, "all", List.of("USD", "EUR")), "USD:3", new Calls());

        assertThat(asked().getFirst()).contains("vs_currency=usd").contains("&page=3&");
        assertThat(batches).extracting(Batch::position).containsExactly("EUR:1", "end");
    }

    @Test
    void beginsAnewWhereTheCurrencyOfAPositionIsNotAskedForAnyMore() {
        batches(source(service.url(), ONCE), "JPY:3", new Calls());

        assertThat(asked().getFirst()).contains("vs_currency=usd").contains("&page=1&");
    }

    @Test
    void asksForACoinByItsIdThatMovedToAPageThatWasReadAlready() {
        PolledSource source = source(service.url(), ONCE);
        service.then(page(1, 250), page(251, 7));
        assertThat(prices(batches(source, null, new Calls()))).hasSize(257);
        // Coin 1 went away when the first page had been read, so that 251 is on the first now.
        service.then(page(1, 250), page(252, 6), page(251, 1));

        List<Batch> second = batches(source, null, new Calls());

        assertThat(prices(second))
                .hasSize(257)
                .extracting(ObservedPrice::sourceAssetId)
                .endsWith("coin-251");
        assertThat(second).extracting(Batch::position).containsExactly("USD:2", "end", "end");
        assertThat(asked().getLast())
                .isEqualTo(
                        "/coins/markets?vs_currency=usd&ids=coin-251&order=id_asc&per_page=250&page=1&precision=full");
    }

    @Test
    void publishesTheLastPageAlsoWhenACoinThatMovedCannotBeHad() {
        PolledSource source = source(service.url(), ONCE);
        service.then(page(1, 3));
        batches(source, null, new Calls());
        service.then(page(1, 2), FakeService.status(500, "{}"), page(1, 2));
        List<Batch> published = new ArrayList<>();

        assertThatThrownBy(
                        () -> batches(source.poll(null, memory(), new Calls()).doOnNext(published::add)))
                .isInstanceOf(SourceException.class);
        batches(source, null, new Calls());

        assertThat(prices(published)).hasSize(2);
        assertThat(asked()).as("the coin is asked for in one sweep only").hasSize(4);
    }

    @Test
    void asksNoMoreForACoinThatIsGone() {
        PolledSource source = source(service.url(), ONCE);
        service.then(page(1, 3));
        batches(source, null, new Calls());
        service.then(page(1, 2), FakeService.json("[]"), page(1, 2));

        assertThat(prices(batches(source, null, new Calls()))).hasSize(2);
        assertThat(prices(batches(source, null, new Calls()))).hasSize(2);
        assertThat(asked()).hasSize(4);
    }

    @Test
    void missesNothingInASweepThatWentOnInTheMiddle() {
        PolledSource source = source(service.url(), ONCE);
        service.then(page(1, 250), page(251, 7), page(251, 7));
        batches(source, null, new Calls());

        batches(source, "USD:2", new Calls());

        assertThat(asked()).hasSize(3);
    }

    @Test
    void describesAllCoinsAndTheirContractsOnceADay() {
        service.then(FakeService.json(answer()), FakeService.json("""
                [{"id":"usd-coin","symbol":"usdc","name":"USDC","platforms":{"ethereum":"0xA0b8","solana":"EPjF","":"","tron":null}},
                 {"id":"bitcoin","symbol":"btc","name":"Bitcoin","platforms":{}},{"id":""}]"""));
        PolledSource source = source(service.url(), ONCE);

        List<Batch> first = batches(source.poll(null, "", new Calls()));
        List<Batch> second =
                batches(source.poll(null, String.valueOf(first.getLast().memory()), new Calls()));
        List<Batch> nextDay = batches(source.poll(null, "2026-11-21T07:00:00Z", new Calls()));

        assertThat(first.getLast().described())
                .containsExactly(
                        new DescribedAsset(
                                "coingecko",
                                "usd-coin",
                                "usdc",
                                "USDC",
                                Map.of("ethereum", "0xA0b8", "solana", "EPjF"),
                                List.of()),
                        new DescribedAsset("coingecko", "bitcoin", "btc", "Bitcoin", Map.of(), List.of()));
        assertThat(first.getLast().memory()).isEqualTo("2026-11-22T07:00:00Z");
        assertThat(second).hasSize(1);
        assertThat(nextDay).hasSize(2);
        assertThat(asked())
                .filteredOn(uri -> uri.startsWith("/coins/list"))
                .containsOnly("/coins/list?include_platform=true")
                .hasSize(2);
    }

    @Test
    void asksAnHourLaterForAListThatCannotBeHad() {
        service.then(FakeService.json(answer()), FakeService.status(401, "{\"error\":\"not on your plan\"}"));

        List<Batch> batches = batches(source(service.url(), ONCE).poll(null, "", new Calls()));

        assertThat(prices(batches)).hasSize(1);
        assertThat(batches.getLast().memory()).isEqualTo("2026-11-21T08:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(ints = {402, 429})
    void failsWhenTheServiceThatIsAskedForTheListAsksToBeLeftAlone(int status) {
        service.then(FakeService.json(answer()), FakeService.status(status, "{}", "Retry-After", "600"));
        List<Batch> published = new ArrayList<>();

        assertThatThrownBy(() -> batches(
                        source(service.url(), ONCE).poll(null, "", new Calls()).doOnNext(published::add)))
                .isInstanceOfSatisfying(
                        SourceException.class,
                        failure -> assertThat(failure.retryAfter()).isNotNull());
        assertThat(prices(published)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\":{\"error_code\":10010,\"error_message\":\"change your root URL\"}}",
                "{\"error\":{\"status\":{\"error_code\":10011,\"error_message\":\"change your root URL\"}}}",
                "{\"error\":\"change your root URL\"}"
            })
    void tellsInAnyOfItsShapesThatAKeyIsOnTheWrongHost(String error) {
        service.always(FakeService.status(400, error));

        assertThat(failure()).endsWith("answered 400: change your root URL");
    }

    @Test
    void asksForTheGreatestAndNoMore() {
        service.then(page(1, 250), page(251, 250));

        List<Batch> batches = batches(source(service.url(), ONCE, "top:300", List.of("USD")), null, new Calls());

        assertThat(prices(batches)).hasSize(300);
        assertThat(asked()).hasSize(2).allSatisfy(uri -> assertThat(uri).contains("order=market_cap_desc"));
    }

    @Test
    void asksForCoinsByTheirIds() {
        List<String> ids =
                IntStream.rangeClosed(1, 101).mapToObj(id -> "coin-" + id).toList();
        service.then(page(1, 100), page(101, 1));

        List<Batch> batches =
                batches(source(service.url(), ONCE, String.join(",", ids), List.of("USD")), null, new Calls());

        assertThat(prices(batches)).hasSize(101);
        assertThat(asked()).hasSize(2);
        assertThat(asked().getLast()).contains("ids=coin-101&").contains("&page=1&");
    }

    @Test
    void takesTheTimeOfTheAnswerWhereARecordTellsNone() {
        service.always(FakeService.json("[{\"id\":\"a\",\"current_price\":1,\"last_updated\":null}]"));

        ObservedPrice price = prices(all()).getFirst();

        assertThat(price.observedAt()).isEqualTo(NOW);
        assertThat(price.observedAtAssumed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"id\":\"a\",\"current_price\":null}|price_missing",
                "{\"id\":\"a\"}|price_missing",
                "{\"id\":null,\"current_price\":1}|asset_missing",
                "{\"id\":\"a\",\"current_price\":1e40}|not_a_number",
                "{\"id\":\"a\",\"current_price\":true}|not_a_number",
                "{\"id\":\"a\",\"current_price\":1,\"market_cap_rank\":1.5}|not_a_number"
            })
    void refusesARecordThatIsNoPriceWithItsText(String text, String code) {
        service.always(FakeService.json("[" + text + "," + coin("b", "2") + "]"));

        List<Batch> batches = all();

        assertThat(prices(batches)).extracting(ObservedPrice::sourceAssetId).containsExactly("b");
        assertThat(batches).flatExtracting(Batch::refused).singleElement().satisfies(refusal -> {
            assertThat(refusal.text()).isEqualTo(text);
            assertThat(refusal.reasons()).extracting(Refusal.Reason::code).containsExactly(code);
        });
    }

    @Test
    void refusesWhatIsNoRecord() {
        service.always(FakeService.json("[null,[1],\"x\"]"));

        assertThat(all())
                .flatExtracting(Batch::refused)
                .extracting(Refusal::text)
                .containsExactly("null", "[1]", "\"x\"");
    }

    @Override
    protected String memory() {
        return TOMORROW;
    }

    @Override
    protected List<Recorded> recordings() {
        Way dollars = new Way(answer -> markets(answer, "USD"), Way::elements, PLACES, OTHERS);
        Way ether = new Way(answer -> markets(answer, "ETH"), Way::elements, PLACES, OTHERS);
        Way ringgit = new Way(answer -> markets(answer, "MYR"), Way::elements, PLACES, OTHERS);
        Way pages = new Way(this::pages, CoinGeckoSourceTest::recordsOfPages, PLACES, OTHERS);
        Way list = new Way(this::list, Way::elements, Map.of(), List.of());
        Way chart = new Way(this::chart, CoinGeckoSourceTest::points, PLACES_IN_A_CHART, List.of("/time"));
        String noRecords = "answered with something else than records";
        return List.of(
                Recorded.published("coingecko/markets_2022-02-23_p1_250.json", dollars, 250),
                Recorded.published("coingecko/markets_2022-02-23_last_page_1.json", dollars, 1),
                Recorded.published("coingecko/markets_2022-02-23_empty_page.json", dollars, 0),
                Recorded.published("coingecko/markets_2022-01-18_category_nft_50.json", dollars, 50),
                Recorded.published("coingecko/markets_2022-06-13_top20.json", dollars, 20),
                Recorded.published("coingecko/markets_2022-01-06_57.json", dollars, 57),
                Recorded.published("coingecko/markets_2022-01-29_top20.json", dollars, 20),
                Recorded.published("coingecko/markets_2023-01-02_5_pretty.json", dollars, 5),
                Recorded.published("coingecko/markets_2023-01-08_100.json", dollars, 100),
                Recorded.published("coingecko/markets_vs_myr_1.json", ringgit, 1),
                Recorded.published("coingecko/markets_vs_eth_2.json", ether, 2),
                Recorded.published("coingecko/markets_2022-01-11_paged_by_url.json", pages, 15),
                Recorded.published("coingecko/coins_list_2022-07-25.json", list, 13_317),
                Recorded.published("coingecko/coins_list_alexa_12868.json", list, 12_868),
                Recorded.published("coingecko/market_chart_bitcoin_2022-01-31.json", chart, 368),
                Recorded.published("coingecko/market_chart_daily_ruby.json", chart, 91),
                Recorded.published("coingecko/market_chart_hourly_ruby.json", chart, 722),
                Recorded.published("coingecko/market_chart_minutely_ruby.json", chart, 288),
                Recorded.published("coingecko/market_chart_pepe_max.json", chart, 123),
                Recorded.refused("coingecko/ohlc_bitcoin_365_2022-07-25.json", dollars, 96),
                Recorded.unreadable("coingecko/coin_detail_bitcoin_2022-01-30.json", dollars, noRecords));
    }

    private List<Batch> markets(String answer, String quote) {
        service.then(FakeService.json(answer));
        service.always(FakeService.json("[]"));
        List<Batch> batches = batches(source(service.url(), ONCE, "all", List.of(quote)), null, new Calls());
        assertThat(prices(batches)).allSatisfy(price -> {
            assertThat(price.quote()).isEqualTo(quote);
            assertThat(price.observedAtAssumed()).isFalse();
            assertThat(answer).contains(price.payload());
        });
        return batches;
    }

    /** Several answers in one file, by the addresses where they were had: those that are pages of prices. */
    private List<Batch> pages(String answers) {
        return Recordings.tree(answers).properties().stream()
                .filter(answer -> answer.getKey().contains("/coins/markets?"))
                .flatMap(answer -> markets(answer.getValue().toString(), "USD").stream())
                .toList();
    }

    private static Stream<JsonNode> recordsOfPages(JsonNode answers) {
        return answers.properties().stream()
                .filter(answer -> answer.getKey().contains("/coins/markets?"))
                .flatMap(answer -> Way.elements(answer.getValue()));
    }

    private List<Batch> list(String answer) {
        service.then(FakeService.json("[]"), FakeService.json(answer));
        return batches(source(service.url(), ONCE).poll(null, "", new Calls()));
    }

    private List<Batch> chart(String answer) {
        service.always(FakeService.json(answer));
        Past past = new Past(List.of("pepe"), NOW.minus(Duration.ofDays(90)), NOW);
        return batches(source(service.url(), ONCE).backfill(past, null, new Calls()));
    }

    /** The points of a chart, put together one by one. */
    private static Stream<JsonNode> points(JsonNode chart) {
        return IntStream.range(0, chart.path("prices").size()).mapToObj(index -> {
            ObjectNode point = JsonMapper.shared().createObjectNode();
            point.set("time", chart.at("/prices/%d/0".formatted(index)));
            chart.properties().forEach(series -> {
                assertThat(series.getValue().at("/%d/0".formatted(index))).isEqualTo(point.get("time"));
                point.set(series.getKey(), series.getValue().at("/%d/1".formatted(index)));
            });
            return point;
        });
    }

    @Test
    void readsThePastInStretchesOfWhichItTellsThePricesOfEachHour() {
        service.always(
                FakeService.json(
                        "{\"prices\":[[1681776000000,1.90122e-7]],\"market_caps\":[[1681776000000,null]],\"total_volumes\":[]}"));
        Past past = new Past(
                List.of("pepe", "a b"), Instant.parse("2023-01-01T00:00:00Z"), Instant.parse("2023-05-01T00:00:00Z"));
        PolledSource source = source(service.url(), ONCE, "all", List.of("USD", "EUR"));

        List<Batch> batches = batches(source.backfill(past, "2", new Calls()));

        assertThat(asked().getFirst())
                .isEqualTo(
                        "/coins/a%20b/market_chart/range?vs_currency=usd&from=1672531200&to=1680307200&precision=full");
        assertThat(asked()).hasSize(6).last().asString().contains("vs_currency=eur&from=1680307200&to=1682899200");
        assertThat(batches).extracting(Batch::position).containsExactly("3", "4", "5", "6", "7", "8");
        ObservedPrice price = prices(batches).getLast();
        assertThat(price.sourceAssetId()).isEqualTo("a b");
        assertThat(price.quote()).isEqualTo("EUR");
        assertThat(price.observedAt()).isEqualTo("2023-04-18T00:00:00Z");
        assertThat(price.figures()).containsOnly(Map.entry(Figure.PRICE, new BigDecimal("1.90122E-7")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"prices\":[[1681776000000]]}",
                "{\"prices\":[[1681776000000,1,2]]}",
                "{\"prices\":[1]}",
                "{\"prices\":[[\"x\",1]]}",
                "{\"prices\":[[1681776000000,1]]",
                "[]"
            })
    void readsNoChartThatIsNone(String answer) {
        service.always(FakeService.json(answer));

        assertThatThrownBy(() -> chart(answer)).isInstanceOf(SourceException.class);
    }

    @Test
    void tellsHowLongTheRecordedServiceAsksToBeLeftAlone() throws IOException {
        service.always(FakeService.status(429, Recordings.read("nasty/coingecko_429.json"), "Retry-After", "119"));

        assertThat(failure())
                .contains("answered 429: You've exceeded the Rate Limit.")
                .contains("119 s");
    }

    private PolledSource source(URI url, HttpSettings http, String coins, List<String> quotes) {
        CoinGeckoSettings settings = new CoinGeckoSettings(true, url, KEY, Plan.DEMO, coins, quotes, null, null, null);
        return new CoinGeckoSource(settings, client(settings.service(), http));
    }

    private static Reply page(int first, int count) {
        return FakeService.json(IntStream.range(first, first + count)
                .mapToObj(id -> coin("coin-" + id, "1." + id))
                .collect(Collectors.joining(",", "[", "]")));
    }

    private static String coin(String id, String price) {
        return "{\"id\":\"%s\",\"symbol\":\"t\",\"name\":\"пример\",\"current_price\":%s,\"last_updated\":\"2026-11-21T06:59:00.000Z\"}"
                .formatted(id, price);
    }
}
