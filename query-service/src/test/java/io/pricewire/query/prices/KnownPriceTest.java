package io.pricewire.query.prices;

import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.proto.v1.Price;
import io.pricewire.query.json.DecimalJson;
import io.pricewire.query.json.Numbers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class KnownPriceTest {

    private static final Instant NOW = Prices.TIME.plusSeconds(10);

    @Test
    void isWrittenAsTheContractShowsIt() {
        Price.Builder price = Prices.of("bitcoin", "64123.12");
        price.getFiguresBuilder()
                .setMarketCap(Prices.decimal("1264033512345.0"))
                .setVolume24H(Prices.decimal("25000000000.5"))
                .setRank(1);

        assertThat(json(price, Numbers.NUMBER, NOW))
                .isEqualTo("{\"asset_id\":\"bitcoin\",\"symbol\":\"BITCOIN\",\"name\":\"The bitcoin\","
                        + "\"source\":\"coingecko\",\"source_asset_id\":\"bitcoin\",\"quote\":\"USD\","
                        + "\"price\":64123.12,\"market_cap\":1264033512345.0,\"volume_24h\":25000000000.5,"
                        + "\"bid\":null,\"ask\":null,\"high_24h\":null,\"low_24h\":null,\"change_24h_pct\":null,"
                        + "\"rank\":1,\"circulating_supply\":null,\"observed_at\":\"2026-11-21T07:00:00Z\","
                        + "\"ingested_at\":\"2026-11-21T07:00:01.123Z\",\"stale\":false,\"origin\":\"live\","
                        + "\"interval\":\"tick\",\"observed_at_assumed\":false,\"total_supply\":null,"
                        + "\"max_supply\":null,\"event_id\":\"" + price.getEventId() + "\"}");
    }

    @Test
    void keepsEveryDigitInPlainNotation() {
        assertThat(json(Prices.of("tiny", "0.0000000000012"), Numbers.NUMBER, NOW))
                .contains("\"price\":0.0000000000012,");
        assertThat(json(Prices.of("huge", "981847205393966080.10"), Numbers.NUMBER, NOW))
                .contains("\"price\":981847205393966080.10,");
    }

    @Test
    void writesTheSameDigitsAsStringsWhereThatIsAskedFor() {
        assertThat(json(Prices.of("tiny", "0.0000000000012"), Numbers.STRING, NOW))
                .contains("\"price\":\"0.0000000000012\",");
    }

    @Test
    void isNotStaleForAsLongAsItsIngestorSaid() {
        assertThat(json(Prices.of("a", "1"), Numbers.NUMBER, Prices.TIME.plusSeconds(60)))
                .contains("\"stale\":false");
    }

    @Test
    void isStaleAfterThat() {
        KnownPrice price = new KnownPrice(Prices.of("a", "1").build(), Prices.TIME, new DecimalJson());
        price.json(Numbers.NUMBER, NOW);

        byte[] later = price.json(Numbers.NUMBER, Prices.TIME.plusSeconds(60).plusNanos(1));

        assertThat(new String(later, StandardCharsets.UTF_8)).contains("\"stale\":true");
    }

    @Test
    void isWrittenOnceForEveryone() {
        KnownPrice price = new KnownPrice(Prices.of("a", "1").build(), Prices.TIME, new DecimalJson());

        assertThat(price.json(Numbers.NUMBER, NOW)).isSameAs(price.json(Numbers.NUMBER, NOW.plusSeconds(1)));
    }

    private static String json(Price.Builder price, Numbers form, Instant now) {
        return new String(
                new KnownPrice(price.build(), Prices.TIME, new DecimalJson()).json(form, now), StandardCharsets.UTF_8);
    }
}
