package io.pricewire.query.prices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pricewire.proto.v1.Price;
import io.pricewire.query.json.DecimalJson;
import io.pricewire.query.parameter.Paging;
import io.pricewire.query.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

class PriceListingTest {

    private final LatestPrices latest = new LatestPrices(new DecimalJson());

    @Test
    void sortsByMarketCapWithTheLargestFirstAndUnknownOnesLast() {
        put(Prices.withMarketCap("small", "9"), Prices.of("unknown", "1"), Prices.withMarketCap("large", "10"));

        assertThat(assets(list("-market_cap", ""))).containsExactly("large", "small", "unknown");
        assertThat(assets(list("market_cap", ""))).containsExactly("small", "large", "unknown");
    }

    @Test
    void countsWhatMatches() {
        put(Prices.of("a", "1"), Prices.of("b", "1"), Prices.of("c", "1").setQuote("EUR"));

        assertThat(list("symbol", "quote=USD").total()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "asset=a,b|a b",
                "symbol=a,C|a c",
                "source=other|d",
                "quote=eur|c",
                "q=THE B|b",
                "min_market_cap=5|a",
                "updated_since=2026-11-21T07:00:02Z|b",
                "stale=true|d",
                "stale=false&quote=USD|a b",
                "q=nothing|''"
            })
    void filters(String query, String expected) {
        put(
                Prices.withMarketCap("a", "5"),
                Prices.withMarketCap("b", "4").setIngestedAt(Prices.timestamp(Prices.TIME.plusSeconds(2))),
                Prices.of("c", "1").setQuote("EUR"),
                Prices.of("d", "1").setSource("other").setObservedAt(Prices.timestamp(Prices.TIME.minusSeconds(3600))));

        assertThat(String.join(" ", assets(list("symbol", query)))).isEqualTo(expected);
    }

    @Test
    void cutsPages() {
        putMany(25);

        assertThat(assets(page("symbol", 3, 10))).hasSize(5);
        assertThat(assets(page("symbol", 4, 10))).isEmpty();
        assertThat(page("symbol", 4, 10).total()).isEqualTo(25);
    }

    @ParameterizedTest
    @MethodSource("io.pricewire.query.prices.PriceOrder#names")
    void neitherRepeatsNorSkipsAnythingWithACursor(String order) {
        putMany(25);

        List<String> seen = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            PriceListing part = after(order, cursor, 4);
            seen.addAll(assets(part));
            cursor = part.next();
        }

        assertThat(seen).isEqualTo(assets(page(order, 1, 1_000)));
    }

    @Test
    void neitherRepeatsNorSkipsARowThatDoesNotChangeWhileOthersComeAndGo() {
        put(Prices.withMarketCap("e", "1"), Prices.withMarketCap("c", "3"), Prices.withMarketCap("a", "5"));
        PriceListing first = after("-market_cap", "", 2);
        assertThat(assets(first)).containsExactly("a", "c");

        put(Prices.withMarketCap("b", "4"), Prices.withMarketCap("d", "2"));
        put(Prices.withMarketCap("c", "9").setObservedAt(Prices.timestamp(Prices.TIME.plusSeconds(1))));

        assertThat(assets(after("-market_cap", first.next(), 2))).containsExactly("d", "e");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "!", "W10", "WyItbWFya2V0X2NhcCIsIngiLCJhIiwiYiIsImMiXQ"})
    void refusesACursorThatItDidNotGive(String cursor) {
        assertThatThrownBy(() -> after("-market_cap", cursor, 2))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("cursor: it is not one that this list gave");
    }

    @Test
    void refusesACursorOfAnotherOrder() {
        putMany(5);
        String cursor = after("symbol", "", 2).next();

        assertThatThrownBy(() -> after("price", cursor, 2)).isInstanceOf(ProblemException.class);
    }

    private void putMany(int count) {
        for (int i = 0; i < count; i++) {
            Price.Builder price = Prices.of("asset-%02d".formatted(i), String.valueOf(1 + i % 7));
            if (i % 3 == 0) {
                price.getFiguresBuilder().setMarketCap(Prices.decimal(String.valueOf(i % 5)));
            }
            put(price);
        }
    }

    private void put(Price.Builder... prices) {
        for (Price.Builder price : prices) {
            latest.put(price.build(), Prices.TIME);
        }
    }

    private PriceListing list(String order, String query) {
        return listing(order, query, new Paging(null, 1, 1_000));
    }

    private PriceListing page(String order, int page, int size) {
        return listing(order, "", new Paging(null, page, size));
    }

    private PriceListing after(String order, String cursor, int size) {
        return listing(order, "", new Paging(cursor, 1, size));
    }

    private PriceListing listing(String name, String query, Paging paging) {
        PriceOrder<?> order = PriceOrder.named(name);
        PriceFilter filter = new PriceFilter(PriceFilter.PARAMETERS.read(parse(query)), Prices.TIME.plusSeconds(30));
        return PriceListing.of(latest.in(order), filter, order, paging);
    }

    private static MultiValueMap<String, String> parse(String query) {
        MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
        for (String parameter : query.split("&", -1)) {
            String[] parts = parameter.split("=", 2);
            if (parts.length == 2) {
                parameters.add(parts[0], parts[1]);
            }
        }
        return parameters;
    }

    private static List<String> assets(PriceListing listing) {
        return listing.prices().stream().map(KnownPrice::assetId).toList();
    }
}
