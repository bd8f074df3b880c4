package io.pricewire.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.query.prices.Prices;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.threeten.extra.MutableClock;
import tools.jackson.databind.JsonNode;

/** Reference prices as clients see them. */
class ReferencePricesTest {

    private static final String PATH = "/api/v1/prices/reference";
    private static final Instant FRESH = Instant.parse("2026-11-21T07:10:00Z");
    private static final Instant LAST_MOMENT = Instant.parse("2026-11-21T07:18:00Z");

    private static final MutableClock CLOCK = MutableClock.of(FRESH, ZoneOffset.UTC);
    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = new RunningService(new OnClock(CLOCK));
        service.execute(Rows.ASSETS + Rows.REFERENCES);
        service.publish(Prices.of("bitcoin", "64123.120"));
        service.awaitPrices(1);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void setTheClock() {
        CLOCK.setInstant(FRESH);
    }

    @Test
    void showsEveryDigitAndEverySourceWithItsShareOrTheReasonWhyNot() throws Exception {
        String body = service.get(PATH + "?asset=bitcoin&quote=usd").body();

        assertThat(body)
                .startsWith(
                        "{\"data\":[{\"asset_id\":\"bitcoin\",\"symbol\":\"BTC\",\"name\":\"Bitcoin\",\"quote\":\"USD\","
                                + "\"price\":64123.120,\"status\":\"ok\",\"dispersion\":0.000016,\"unconfirmed\":false,"
                                + "\"observed_at\":\"2026-11-21T07:00:00Z\",\"computed_at\":\"2026-11-21T07:00:02Z\",\"used\":["
                                + "{\"source\":\"coingecko\",\"source_asset_id\":\"bitcoin\",\"event_id\":\"e1\",\"price\":64122.620,"
                                + "\"volume_24h\":25000000000.50,\"observed_at\":\"2026-11-21T07:00:00Z\","
                                + "\"stale_at\":\"2026-11-21T07:18:00Z\",\"weight\":0.500000},")
                .contains("\"price\":0.0000000000012,\"volume_24h\":0,\"observed_at\":\"2013-04-29T23:59:59Z\","
                        + "\"stale_at\":\"2013-04-30T23:59:59Z\",\"reason\":\"stale\"}]}]")
                .endsWith("\"page\":1,\"page_size\":100,\"total\":1,\"next\":null}");
    }

    @Test
    void writesDecimalsAsStringsWhereThatIsAskedFor() throws Exception {
        assertThat(service.get(PATH + "?asset=bitcoin&quote=USD&numbers=string").body())
                .contains("\"price\":\"64123.120\"")
                .contains("\"weight\":\"0.500000\"");
    }

    @ParameterizedTest
    @CsvSource({
        "asset=batcoin,batcoin USD",
        "symbol=btc,batcoin USD;bitcoin EUR;bitcoin USD",
        "quote=eur,bitcoin EUR",
        "'status=ok,stale',batcoin USD;bitcoin USD",
        "status=divergent&symbol=BTC,"
    })
    void findsReferencePrices(String query, String expected) throws Exception {
        assertThat(String.join(";", keys(service.json(PATH + "?" + query).get("data"))))
                .isEqualTo(expected == null ? "" : expected);
    }

    @ParameterizedTest
    @CsvSource({
        "symbol,batcoin USD;bitcoin EUR;bitcoin USD;ethereum USD",
        "-symbol,ethereum USD;batcoin USD;bitcoin EUR;bitcoin USD",
        "price,batcoin USD;ethereum USD;bitcoin EUR;bitcoin USD",
        "-price,bitcoin USD;bitcoin EUR;ethereum USD;batcoin USD",
        "dispersion,bitcoin EUR;bitcoin USD;ethereum USD;batcoin USD",
        "-dispersion,ethereum USD;bitcoin USD;bitcoin EUR;batcoin USD",
        "observed_at,batcoin USD;bitcoin EUR;bitcoin USD;ethereum USD",
        "-observed_at,ethereum USD;bitcoin EUR;bitcoin USD;batcoin USD"
    })
    void sortsAndNeitherRepeatsNorSkipsWhicheverWayItIsPaged(String sort, String expected) throws Exception {
        List<String> keys = List.of(expected.split(";"));

        assertThat(keys(service.json(PATH + "?sort=" + sort).get("data"))).isEqualTo(keys);
        assertThat(service.byCursor(PATH + "?sort=" + sort, 1).stream()
                        .map(ReferencePricesTest::key)
                        .toList())
                .isEqualTo(keys);
        assertThat(keys(service.json(PATH + "?page=2&page_size=3&sort=" + sort).get("data")))
                .containsExactly(keys.get(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"status=fine", "sort=name", "source=coingecko", "cursor=nonsense"})
    void refusesWhatItDoesNotKnow(String query) throws Exception {
        assertThat(service.get(PATH + "?" + query).statusCode()).isEqualTo(400);
    }

    @Test
    void refusesACursorOfAnotherOrder() throws Exception {
        String next = service.json(PATH + "?sort=price&page_size=1&cursor=")
                .get("next")
                .asString();

        HttpResponse<String> response = service.get(PATH + "?sort=-price&cursor=" + next);

        assertThat(response.statusCode()).isEqualTo(400);
    }

    @Test
    void showsTheReferencePriceOfAnAssetInDollars() throws Exception {
        JsonNode expected =
                service.json(PATH + "?asset=bitcoin&quote=USD").get("data").get(0);

        assertThat(service.json("/api/v1/assets/bitcoin").get("reference_price"))
                .isEqualTo(expected);
        assertThat(service.json("/api/v1/symbols/btc").get("data").get(1).get("reference_price"))
                .isEqualTo(expected);
    }

    @Test
    void answersStaleFromWhenOnNoSourceUsedVouchesForItsPriceThoughNothingWasComputedSince() throws Exception {
        CLOCK.setInstant(LAST_MOMENT);
        HttpResponse<String> last = service.get(PATH + "?symbol=BTC&quote=USD,EUR&sort=-price");
        CLOCK.setInstant(LAST_MOMENT.plusMillis(1));
        HttpResponse<String> after =
                service.get(PATH + "?symbol=BTC&quote=USD,EUR&sort=-price", "If-None-Match", tag(last));

        assertThat(RunningService.json(last).get("data").findValuesAsString("status"))
                .containsExactly("ok", "degraded", "stale");
        assertThat(after.statusCode()).isEqualTo(200);
        assertThat(tag(after)).isNotEqualTo(tag(last));
        assertThat(RunningService.json(after).get("data").findValuesAsString("status"))
                .containsExactly("stale", "stale", "stale");
        assertThat(service.json("/api/v1/assets/bitcoin")
                        .at("/reference_price/status")
                        .asString())
                .isEqualTo("stale");
        assertThat(service.json("/api/v1/assets/ethereum")
                        .at("/reference_price/status")
                        .asString())
                .as("one of its sources does still")
                .isEqualTo("divergent");
    }

    @ParameterizedTest
    @CsvSource({
        "0,stale,batcoin USD",
        "0,ok,bitcoin USD",
        "1,stale,batcoin USD;bitcoin EUR;bitcoin USD",
        "1,'ok,degraded',",
        "1,divergent,ethereum USD"
    })
    void filtersPagesAndCountsByTheStatusThatItAnswers(long millisLater, String status, String expected)
            throws Exception {
        CLOCK.setInstant(LAST_MOMENT.plusMillis(millisLater));
        List<String> keys = expected == null ? List.of() : List.of(expected.split(";"));

        JsonNode page = service.json(PATH + "?status=" + status);

        assertThat(keys(page.get("data"))).isEqualTo(keys);
        assertThat(page.get("total").asInt()).isEqualTo(keys.size());
        assertThat(service.byCursor(PATH + "?status=" + status, 1)).hasSize(keys.size());
    }

    private static String tag(HttpResponse<?> response) {
        return response.headers().firstValue("ETag").orElseThrow();
    }

    private static List<String> keys(JsonNode rows) {
        return rows.valueStream().map(ReferencePricesTest::key).toList();
    }

    private static String key(JsonNode row) {
        return row.get("asset_id").asString() + " " + row.get("quote").asString();
    }

    /** Gives the parts of a service another clock. */
    private record OnClock(Clock clock) implements BeanPostProcessor {

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            return bean instanceof Clock ? clock : bean;
        }
    }
}
