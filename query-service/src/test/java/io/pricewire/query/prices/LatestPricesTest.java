package io.pricewire.query.prices;

import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.proto.v1.Price;
import io.pricewire.query.json.DecimalJson;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatestPricesTest {

    private final LatestPrices latest = new LatestPrices(new DecimalJson());

    @Test
    void keepsTheAssetThatWasPublishedLastWhateverComesFirst() {
        latest.put(Prices.of("a", "1").setAssetId("decided").build(), Prices.TIME.plusMillis(1));
        latest.put(Prices.of("a", "1").build(), Prices.TIME);

        assertThat(latest.all()).extracting(KnownPrice::assetId).containsExactly("decided");
    }

    @Test
    void hasAllOfThemUnsortedToo() {
        latest.put(Prices.of("a", "1").build(), Prices.TIME);
        latest.put(Prices.of("b", "1").build(), Prices.TIME);

        assertThat(latest.unsorted()).containsExactlyInAnyOrderElementsOf(latest.all());
    }

    @Test
    void keepsNewerPriceWhenOlderArrivesLate() {
        latest.put(at(1, "new"), Prices.TIME);
        latest.put(at(0, "old"), Prices.TIME);

        assertThat(names()).containsExactly("new");
    }

    @Test
    void takesTheLaterFetchedOfTwoOfTheSameTime() {
        latest.put(fetched(2, "later"), Prices.TIME);
        latest.put(fetched(1, "earlier"), Prices.TIME);

        assertThat(names()).containsExactly("later");
    }

    @Test
    void takesAPriceThatIsAsNew() {
        latest.put(at(0, "first"), Prices.TIME);
        latest.put(at(0, "corrected name"), Prices.TIME);

        assertThat(names()).containsExactly("corrected name");
    }

    @Test
    void keepsOnePriceForEachQuoteAndSource() {
        latest.put(Prices.of("a", "1").build(), Prices.TIME);
        latest.put(Prices.of("a", "1").setQuote("EUR").build(), Prices.TIME);
        latest.put(Prices.of("a", "1").setSource("coinpaprika").build(), Prices.TIME);

        assertThat(latest.all()).hasSize(3);
    }

    @Test
    void changesNothingOfWhatSomeoneHolds() {
        latest.put(Prices.of("a", "1").build(), Prices.TIME);
        List<KnownPrice> before = latest.all();

        latest.put(Prices.of("b", "1").build(), Prices.TIME);

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
