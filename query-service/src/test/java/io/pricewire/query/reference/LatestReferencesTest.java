package io.pricewire.query.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pricewire.query.json.DecimalJson;
import io.pricewire.query.json.Numbers;
import io.pricewire.query.prices.Prices;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatestReferencesTest {

    private final LatestReferences latest = new LatestReferences(new DecimalJson());

    @Test
    void showsEverythingThatWasPublished() {
        latest.put(References.of("a", "0.000000000012").build());

        assertThat(json()).containsExactly(References.json("a", "0.000000000012"));
    }

    @Test
    void showsThatAPriceIsStaleFromWhenOnNoSourceVouchesForIt() {
        KnownReference price = latest.put(References.of("a", "1").build());

        assertThat(text(price, References.STALE_AT)).isEqualTo(References.json("a", "1"));
        assertThat(text(price, References.STALE_AT.plusNanos(1)))
                .isEqualTo(References.json("a", "1", "stale", References.STALE_AT));
    }

    @Test
    void isWrittenOnceForEveryoneForAsLongAsItsStatusIsTheSame() {
        KnownReference price = latest.put(References.of("a", "1").build());

        assertThat(price.json(Numbers.NUMBER, Prices.TIME)).isSameAs(price.json(Numbers.NUMBER, References.STALE_AT));
    }

    @Test
    void keepsWhatCameLastWhateverWasStored() {
        latest.put(ReferenceMessage.view(References.of("a", "3").build()));
        latest.put(References.of("a", "2").build());

        assertThat(json()).containsExactly(References.json("a", "2"));
    }

    @Test
    void keepsOnePriceForEachAssetAndQuoteInTheirOrder() {
        latest.put(References.of("b", "1").build());
        latest.put(References.of("a", "1").build());
        latest.put(References.of("a", "1").setQuote("EUR").build());
        latest.put(References.of("b", "2").build());

        assertThat(latest.all())
                .extracting(price -> price.assetId() + price.quote())
                .containsExactly("aEUR", "aUSD", "bUSD");
    }

    @Test
    void changesNothingOfWhatSomeoneHolds() {
        latest.put(References.of("a", "1").build());
        List<KnownReference> before = latest.all();

        latest.put(References.of("b", "1").build());

        assertThat(before).hasSize(1);
    }

    @Test
    void refusesAPriceThatIsNone() {
        assertThatThrownBy(() -> latest.put(References.of("a", "1e9").build()))
                .isInstanceOf(NumberFormatException.class);
        assertThat(latest.all()).isEmpty();
    }

    private List<String> json() {
        return latest.all().stream().map(price -> text(price, Prices.TIME)).toList();
    }

    private static String text(KnownReference price, Instant now) {
        return new String(price.json(Numbers.NUMBER, now), StandardCharsets.UTF_8);
    }
}
