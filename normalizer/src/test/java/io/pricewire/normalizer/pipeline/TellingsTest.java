package io.pricewire.normalizer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.normalizer.Observed;
import io.pricewire.proto.v1.Price;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TellingsTest {

    private final Tellings tellings = new Tellings();
    private Instant now = Observed.TIME;

    @Test
    void waitsUntilWhatWasToldHasArrived() {
        tellings.told(List.of(price("1")), now);

        assertThat(tellings.arrived(now.plusSeconds(59))).isEmpty();
        assertThat(tellings.arrived(now.plusSeconds(60))).hasSize(1);
    }

    @Test
    void tellsASecondTimeInAnyCase() {
        tellings.told(List.of(price("1")), now);

        assertThat(look("1")).isEqualTo("1");
        assertThat(look("1")).isEmpty();
        assertThat(isOver()).isTrue();
    }

    @Test
    void tellsWhatHasOutrunTheSecondTelling() {
        tellings.told(List.of(price("1")), now);
        look("1");

        assertThat(look("2")).as("is looked at once more").isEmpty();
        assertThat(look("2")).isEqualTo("2");
        assertThat(look("2")).isEmpty();
        assertThat(isOver()).isTrue();
    }

    @Test
    void leavesAKeyAloneOfWhichSomethingNewerWasPublishedSince() {
        tellings.told(List.of(price("1")), now);
        look("1");

        assertThat(look("2")).isEmpty();
        assertThat(look("3")).isEmpty();
        assertThat(isOver()).isTrue();
    }

    @Test
    void tellsAPriceThatHasAnotherAssetByNow() {
        tellings.told(List.of(price("1")), now);
        look("1");
        Price moved = price("1").toBuilder().setAssetId("another").build();

        look(moved);
        assertThat(look(moved)).isEqualTo("1");
    }

    @Test
    void endsForAKeyThatIsAlwaysOutrun() {
        tellings.told(List.of(price("0")), now);
        int looks = 0;
        while (!isOver()) {
            look(String.valueOf(++looks / 2));
            assertThat(looks).isLessThan(20);
        }
    }

    private String look(String newest) {
        return look(price(newest));
    }

    private String look(Price newest) {
        now = now.plusSeconds(60);
        assertThat(tellings.arrived(now)).hasSize(1);
        List<Price> again = tellings.toTellAgain(List.of(newest), now);
        tellings.toldAgain(again, now);
        return again.isEmpty() ? "" : again.getFirst().getEventId();
    }

    private boolean isOver() {
        return tellings.arrived(now.plusSeconds(1_000)).isEmpty();
    }

    private static Price price(String eventId) {
        return Price.newBuilder()
                .setEventId(eventId)
                .setSource("coingecko")
                .setSourceAssetId("bitcoin")
                .setQuote("USD")
                .setAssetId("bitcoin")
                .build();
    }
}
