package io.pricewire.query.prices;

import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.proto.v1.Price;
import io.pricewire.query.json.DecimalJson;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatestPricesTest {

    private final LatestPrices latest = new LatestPrices(new DecimalJson());

    @Test
    void keepsNewerPriceWhenOlderArrivesLate() {
        latest.put(at(1, "new"));
        latest.put(at(0, "old"));

        assertThat(names()).containsExactly("new");
    }

    @Test
    void takesTheLaterFetchedOfTwoOfTheSameTime() {
        latest.put(fetched(2, "later"));
        latest.put(fetched(1, "earlier"));

        assertThat(names()).containsExactly("later");
    }

    @Test
    void takesAPriceThatIsAsNew() {
        latest.put(at(0, "first"));
        latest.put(at(0, "corrected name"));

        assertThat(names()).containsExactly("corrected name");
    }

    @Test
    void keepsOnePriceForEachQuoteAndSource() {
        latest.put(Prices.of("a", "1").build());
        latest.put(Prices.of("a", "1").setQuote("EUR").build());
        latest.put(Prices.of("a", "1").setSource("coinpaprika").build());

        assertThat(latest.all()).hasSize(3);
    }

    @Test
    void changesNothingOfWhatSomeoneHolds() {
        latest.put(Prices.of("a", "1").build());
        List<KnownPrice> before = latest.all();

        latest.put(Prices.of("b", "1").build());

        assertThat(before).hasSize(1);
        assertThat(latest.all()).hasSize(2);
    }

    private static Price at(int second, String name) {
        return Prices.of("a", "1")
                .setName(name)
                .setObservedAt(Prices.timestamp(Prices.TIME.plusSeconds(second)))
                .build();
    }

    private static Price fetched(int second, String name) {
        return Prices.of("a", "1")
                .setName(name)
                .setIngestedAt(Prices.timestamp(Prices.TIME.plusSeconds(second)))
                .build();
    }

    private List<String> names() {
        return latest.all().stream().map(KnownPrice::name).toList();
    }
}
