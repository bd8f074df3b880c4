package io.pricewire.ingestor.coinpaprika;

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
import io.pricewire.ingestor.testing.PolledSourceContract;
import io.pricewire.ingestor.testing.Recordings;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(
            strings = {"tickers_2019-09-06_usd_2541.json", "ticker_btc_2022-01-30.json", "ticker_btc_2022-06-20.json"})
    void readsRecordingsDigitByDigit(String file) throws IOException {
        String recorded = Recordings.read("coinpaprika/" + file).strip();
        String recording = recorded.startsWith("[") ? recorded : "[" + recorded + "]";
        service.always(FakeService.json(recording));

        assertReadsDigitByDigit(file, recording, PLACES);
    }

    @Test
    void tellsTheReasonOfTheRecordedFailures() throws IOException {
        service.then(
                FakeService.status(402, Recordings.read("nasty/coinpaprika_402.json")),
                FakeService.status(429, Recordings.read("nasty/coinpaprika_429_from_spec.json")));

        assertThat(failure()).contains("answered 402: Getting historical OHLCV data before");
        assertThat(failure()).contains("answered 429: ");
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

    @Test
    void findsNothingInAnEmptyAnswer() throws IOException {
        service.always(FakeService.json(Recordings.read("nasty/coinpaprika_empty_array.json")));

        assertThat(prices(all())).isEmpty();
    }

    private List<String> ids(String coins) {
        return prices(batches(source(service.url(), ONCE, coins, List.of("USD")), null, new Calls())).stream()
                .map(ObservedPrice::sourceAssetId)
                .toList();
    }

    private static PolledSource source(URI url, HttpSettings http, String coins, List<String> quotes) {
        CoinPaprikaSettings settings = new CoinPaprikaSettings(true, url, KEY, "", coins, quotes, null, null);
        return new CoinPaprikaSource(settings, client(settings.service(), http));
    }
}
