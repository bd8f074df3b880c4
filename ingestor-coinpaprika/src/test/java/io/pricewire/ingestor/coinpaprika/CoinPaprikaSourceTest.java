package io.pricewire.ingestor.coinpaprika;

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
import io.pricewire.ingestor.http.HttpSettings;
import io.pricewire.ingestor.testing.FakeService;
import io.pricewire.ingestor.testing.PolledSourceContract;
import io.pricewire.ingestor.testing.Recorded;
import io.pricewire.ingestor.testing.Recorded.Way;
import io.pricewire.ingestor.testing.Recordings;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CoinPaprikaSourceTest extends PolledSourceContract {

    private static final Map<Figure, String> PLACES = Map.of(
            Figure.PRICE, "/quotes/USD/price",
            Figure.MARKET_CAP, "/quotes/USD/market_cap",
            Figure.VOLUME_24H, "/quotes/USD/volume_24h",
            Figure.CHANGE_24H_PCT, "/quotes/USD/percent_change_24h",
            Figure.ALL_TIME_HIGH, "/quotes/USD/ath_price",
            Figure.CIRCULATING_SUPPLY, "/circulating_supply",
            Figure.TOTAL_SUPPLY, "/total_supply",
            Figure.MAX_SUPPLY, "/max_supply",
            Figure.RANK, "/rank");

    private static final Map<Figure, String> PLACES_IN_A_BAR = Map.of(
            Figure.PRICE, "/close",
            Figure.OPEN, "/open",
            Figure.HIGH, "/high",
            Figure.LOW, "/low",
            Figure.VOLUME_QUOTE, "/volume",
            Figure.MARKET_CAP, "/market_cap");

    private static final List<String> OTHERS = List.of(
            "/beta_value", "/quotes/USD/(percent_(change|from)_.*|volume_24h_change_24h|market_cap_change_24h)");

    @Override
    protected PolledSource source(URI url, HttpSettings settings) {
        return source(url, settings, "all", List.of("USD"));
    }

    @Override
    protected String answer() {
        return """
                [{"id":"btc-bitcoin","name":"пример","symbol":"BTC","rank":1,"total_supply":19072219,"max_supply":0,
                  "beta_value":0.95,"last_updated":"2022-06-20T09:49:01Z","quotes":{"USD":{"price":20681.83977297302,
                  "volume_24h":1E-8,"market_cap":394449094519,"percent_change_24h":-5.10,"ath_price":null}}}]
                """;
    }

    @Override
    protected String answerWithoutPrice() {
        return answer().replace("\"price\":20681.83977297302", "\"price\":null");
    }

    @Test
    void takesEveryNumberFromItsDigits() {
        ObservedPrice price = prices(all()).getFirst();

        assertThat(price.source()).isEqualTo("coinpaprika");
        assertThat(price.sourceAssetId()).isEqualTo("btc-bitcoin");
        assertThat(price.symbol()).isEqualTo("BTC");
        assertThat(price.observedAt()).isEqualTo("2022-06-20T09:49:01Z");
        assertThat(price.observedAtAssumed()).isFalse();
        assertThat(price.payload())
                .isEqualTo(answer().strip().substring(1, answer().strip().length() - 1));
        assertThat(price.figures())
                .containsOnly(
                        Map.entry(Figure.PRICE, new BigDecimal("20681.83977297302")),
                        Map.entry(Figure.VOLUME_24H, new BigDecimal("1E-8")),
                        Map.entry(Figure.MARKET_CAP, new BigDecimal("394449094519")),
                        Map.entry(Figure.CHANGE_24H_PCT, new BigDecimal("-5.10")),
                        Map.entry(Figure.RANK, BigDecimal.ONE),
                        Map.entry(Figure.TOTAL_SUPPLY, new BigDecimal("19072219")),
                        Map.entry(Figure.MAX_SUPPLY, BigDecimal.ZERO));
    }

    @Test
    void asksForThreeCurrenciesInEachCall() {
        service.then(
                FakeService.json(
                        "[{\"id\":\"a\",\"quotes\":{\"USD\":{\"price\":1},\"BTC\":{\"price\":2},\"EUR\":{\"price\":3}}}]"),
                FakeService.json("[{\"id\":\"a\",\"quotes\":{\"PLN\":{\"price\":4}}}]"));

        List<Batch> batches =
                batches(source(service.url(), ONCE, "all", List.of("USD", "BTC", "EUR", "PLN")), null, new Calls());

        assertThat(prices(batches)).extracting(ObservedPrice::quote).containsExactly("USD", "BTC", "EUR", "PLN");
        assertThat(batches).extracting(Batch::position).containsExactly("3", "4");
        assertThat(asked()).containsExactly("/tickers?quotes=USD%2CBTC%2CEUR", "/tickers?quotes=PLN");
    }

    @Test
    void goesOnAtTheCallThatWasInterrupted() {
        service.always(FakeService.json("[]"));

        batches(source(service.url(), ONCE, "all", List.of("USD", "BTC", "EUR", "PLN")), "3", new Calls());

        assertThat(asked()).containsExactly("/tickers?quotes=PLN");
    }

    @Test
    void refusesARecordOnceWhateverItHasNoPriceIn() {
        service.always(FakeService.json(
                "[{\"id\":\"a\",\"rank\":0,\"quotes\":{\"USD\":{\"price\":1},\"BTC\":{\"price\":null}}}]"));

        List<Batch> batches =
                batches(source(service.url(), ONCE, "all", List.of("USD", "BTC", "EUR")), null, new Calls());

        assertThat(prices(batches)).singleElement().satisfies(price -> {
            assertThat(price.quote()).isEqualTo("USD");
            assertThat(price.figures()).containsOnlyKeys(Figure.PRICE);
            assertThat(price.observedAt()).isEqualTo(NOW);
            assertThat(price.observedAtAssumed()).isTrue();
        });
        assertThat(batches)
                .flatExtracting(Batch::refused)
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.reasons())
                        .containsExactly(
                                new Refusal.Reason("price_missing", "the record has no price in BTC"),
                                new Refusal.Reason("price_missing", "the record has no price in EUR")));
    }

    @Test
    void takesOnlyTheCoinsThatAreAskedFor() {
        service.always(FakeService.json("""
                [{"id":"a","rank":2.0,"quotes":{"USD":{"price":1}}},{"id":"b","rank":3,"quotes":{"USD":{"price":1}}},
                 {"id":"c","rank":0,"quotes":{"USD":{"price":1}}},{"id":"d","quotes":{"USD":{"price":1}}}]
                """));

        assertThat(ids("top:2")).containsExactly("a");
        assertThat(ids("b,d")).containsExactly("b", "d");
    }

    @Override
    protected String memory() {
        return "2026-11-22T07:00:00Z";
    }

    @Override
    protected List<Recorded> recordings() {
        Way tickers = new Way(this::tickers, Way::elements, PLACES, OTHERS);
        Way ticker = new Way(answer -> tickers("[" + answer.strip() + "]"), Way::itself, PLACES, OTHERS);
        Way list = new Way(this::list, Way::elements, Map.of(), List.of());
        Way ticks = new Way(
                answer -> history(answer, Duration.ofDays(3)),
                Way::elements,
                Map.of(Figure.PRICE, "/price", Figure.VOLUME_24H, "/volume_24h", Figure.MARKET_CAP, "/market_cap"),
                List.of());
        Way bars = new Way(answer -> history(answer, Duration.ofDays(31)), Way::elements, PLACES_IN_A_BAR, List.of());
        String noRecords = "answered with something else than records";
        return List.of(
                Recorded.published("coinpaprika/tickers_2019-09-06_usd_2541.json", tickers, 2_541),
                Recorded.published("coinpaprika/ticker_btc_2022-01-30.json", ticker, 1),
                Recorded.published("coinpaprika/ticker_btc_2022-06-20.json", ticker, 1),
                Recorded.published("coinpaprika/tutorial_ticker_btc.json", ticker, 1),
                new Recorded("coinpaprika/coins_2019-09-06_3839.json", list, 3_839 - 1_288, 0, 1_288, ""),
                Recorded.published("coinpaprika/tutorial_coins_10.json", list, 10),
                Recorded.published("coinpaprika/tickers_btc_historical_5m_2019-01_1000.json", ticks, 1_000),
                Recorded.published("coinpaprika/ohlcv_historical_2019.json", bars, 31),
                new Recorded("coinpaprika/ohlcv_eth_2022-01-30_91.json", bars, 90, 1, 0, ""),
                new Recorded("coinpaprika/ohlcv_eth_2022-04-19_91.json", bars, 90, 1, 0, ""),
                Recorded.unreadable("coinpaprika/coin_detail_2019.json", tickers, "answered with an error: string"),
                Recorded.unreadable("coinpaprika/global_2019.json", tickers, noRecords),
                Recorded.unreadable("coinpaprika/search_btc_2019.json", tickers, noRecords));
    }

    private List<Batch> tickers(String answer) {
        service.always(FakeService.json(answer));
        List<Batch> batches = all();
        assertThat(prices(batches)).allSatisfy(price -> {
            assertThat(price.observedAtAssumed()).isFalse();
            assertThat(answer).contains(price.payload());
        });
        return batches;
    }

    private List<Batch> list(String answer) {
        service.then(FakeService.json("[]"), FakeService.json(answer));
        return batches(source(service.url(), ONCE).poll(null, "", new Calls()));
    }

    private List<Batch> history(String answer, Duration length) {
        service.always(FakeService.json(answer));
        List<Batch> batches = batches(source(service.url(), ONCE)
                .backfill(new Past(List.of("eth-ethereum"), NOW.minus(length), NOW), null, new Calls()));
        assertThat(prices(batches)).allSatisfy(price -> {
            assertThat(price.sourceAssetId()).isEqualTo("eth-ethereum");
            assertThat(price.observedAtAssumed()).isFalse();
            assertThat(answer).contains(price.payload());
        });
        return batches;
    }

    @Test
    void readsAPriceAtATimeOfThePast() {
        ObservedPrice price = prices(history(
                        "[{\"timestamp\":\"2019-01-01T00:05:00Z\",\"price\":3745.720,\"volume_24h\":3351373669,\"market_cap\":65384108036}]",
                        Duration.ofDays(17)))
                .getFirst();

        assertThat(price.interval()).isEqualTo(Interval.TICK);
        assertThat(price.observedAt()).isEqualTo("2019-01-01T00:05:00Z");
        assertThat(price.quote()).isEqualTo("USD");
        assertThat(price.figures())
                .containsOnly(
                        Map.entry(Figure.PRICE, new BigDecimal("3745.720")),
                        Map.entry(Figure.VOLUME_24H, new BigDecimal("3351373669")),
                        Map.entry(Figure.MARKET_CAP, new BigDecimal("65384108036")));
        assertThat(asked())
                .containsExactly(
                        "/tickers/eth-ethereum/historical?limit=5000&interval=5m&quote=usd&start=1793775600&end=1795244400");
    }

    @Test
    void readsABarOfThePastAndRefusesOneThatIsNotOver() {
        String bar = "{\"time_open\":\"2022-04-18T00:00:00Z\",\"time_close\":\"2022-04-18T23:59:59Z\",\"open\":3060.88,"
                + "\"high\":\"3121.85\",\"low\":3032.2,\"close\":3109.21,\"volume\":22163615270,\"market_cap\":0}";
        String half = bar.replace("23:59:59", "15:44:00");

        List<Batch> batches = history("[%s,%s]".formatted(bar, half), Duration.ofDays(18));

        assertThat(prices(batches)).singleElement().satisfies(price -> {
            assertThat(price.interval()).isEqualTo(Interval.DAY);
            assertThat(price.observedAt()).isEqualTo("2022-04-18T23:59:59Z");
            assertThat(price.figures())
                    .containsEntry(Figure.PRICE, new BigDecimal("3109.21"))
                    .containsEntry(Figure.OPEN, new BigDecimal("3060.88"))
                    .containsEntry(Figure.VOLUME_QUOTE, new BigDecimal("22163615270"));
        });
        assertThat(refusals(batches)).singleElement().satisfies(refusal -> {
            assertThat(refusal.text()).isEqualTo(half);
            assertThat(refusal.reasons())
                    .containsExactly(new Refusal.Reason(
                            "bar_not_whole",
                            "the bar is from 2022-04-18T00:00:00Z to 2022-04-18T15:44:00Z; it takes one of 1d"));
            assertThat(source(service.url(), ONCE)
                            .reread(half.replace("15:44:00", "23:59:59"), refusal.context())
                            .observed())
                    .hasSize(1);
        });
        assertThat(asked())
                .as("to the end of yesterday")
                .containsExactly(
                        "/coins/eth-ethereum/ohlcv/historical?limit=366&quote=usd&start=1793689200&end=1795219200");
    }

    @Test
    void refusesARecordOfThePastThatTellsNoTime() {
        assertThat(refusals(history("[{\"price\":1}]", Duration.ofDays(1))))
                .flatExtracting(Refusal::reasons)
                .extracting(Refusal.Reason::code)
                .containsExactly("time_missing");
    }

    @Test
    void asksForOnePriceADayWithoutAKeyAndOnlyInTheCurrenciesThatThePastIsToldIn() {
        service.always(FakeService.json("[]"));
        Past past = new Past(List.of("a-a", "b-b"), NOW.minus(Duration.ofDays(90)), NOW);

        batches(source(service.url(), ONCE, "", "all", List.of("EUR", "BTC")).backfill(past, null, new Calls()));

        assertThat(asked())
                .containsExactly(
                        "/tickers/a-a/historical?limit=5000&interval=1d&quote=btc&start=1787468400&end=1795244400",
                        "/tickers/b-b/historical?limit=5000&interval=1d&quote=btc&start=1787468400&end=1795244400");
        assertThatThrownBy(() -> batches(
                        source(service.url(), ONCE, KEY, "all", List.of("EUR")).backfill(past, null, new Calls())))
                .hasMessage("CoinPaprika tells of the past in USD and BTC only, and COINPAPRIKA_QUOTES has neither");
    }

    @Test
    void describesTheActiveOnesOfARecordedListOnceADay() throws IOException {
        service.then(
                FakeService.json("[]"),
                FakeService.json(Recordings.read("coinpaprika/coins_2019-09-06_3839.json")),
                FakeService.json("[]"));
        PolledSource source = source(service.url(), ONCE);

        List<Batch> first = batches(source.poll(null, "", new Calls()));
        List<Batch> second =
                batches(source.poll(null, String.valueOf(first.getLast().memory()), new Calls()));

        assertThat(first.getLast().described())
                .hasSize(3_839 - 1_288)
                .contains(new DescribedAsset("coinpaprika", "btc-bitcoin", "BTC", "Bitcoin", Map.of(), List.of()));
        assertThat(second).hasSize(1);
        assertThat(asked()).containsExactly("/tickers?quotes=USD", "/coins", "/tickers?quotes=USD");
    }

    @Test
    void followsTheRedirectionThatDropsATrailingSlash() throws IOException {
        service.then(
                FakeService.status(
                        301, Recordings.read("nasty/coinpaprika_301_trailing_slash.html"), "Location", "/tickers"),
                FakeService.json(answer()));

        assertThat(prices(all())).hasSize(1);
    }

    private List<String> ids(String coins) {
        return prices(batches(source(service.url(), ONCE, coins, List.of("USD")), null, new Calls())).stream()
                .map(ObservedPrice::sourceAssetId)
                .toList();
    }

    private PolledSource source(URI url, HttpSettings http, String coins, List<String> quotes) {
        return source(url, http, KEY, coins, quotes);
    }

    private PolledSource source(URI url, HttpSettings http, String key, String coins, List<String> quotes) {
        CoinPaprikaSettings settings = new CoinPaprikaSettings(true, url, key, "", coins, quotes, null, null, null);
        return new CoinPaprikaSource(settings, client(settings.service(), http));
    }
}
