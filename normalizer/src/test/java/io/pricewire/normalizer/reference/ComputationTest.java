package io.pricewire.normalizer.reference;

import static io.pricewire.normalizer.reference.Quotations.STALE_AT;
import static io.pricewire.normalizer.reference.Quotations.TIME;
import static io.pricewire.normalizer.reference.Quotations.quotation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.pricewire.normalizer.reference.Known.Confirmed;
import io.pricewire.normalizer.reference.Known.Previous;
import io.pricewire.normalizer.reference.Known.Published;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is news, what is a jump, and when it is looked at again. */
class ComputationTest {

    private static final ReferenceKey KEY = new ReferenceKey("bitcoin", "USD");
    private static final Duration HEARTBEAT = Duration.ofMinutes(5);

    private final Computation computation = new Computation(Quotations.settings(Map.of()));

    @Test
    void publishesTheFirst() {
        assertThat(compute(TIME, null, quotation("a", "100", "1")).isNews()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1000,false", "1000.99,false", "1001,true", "999.01,false", "999,true"})
    void publishesADeviationOfOneInAThousandFromWhatWasPublished(String price, boolean isNews) {
        assertThat(compute(TIME.plusSeconds(10), published("1000", "degraded"), quotation("a", price, "1"))
                        .isNews())
                .isEqualTo(isNews);
    }

    @Test
    void publishesAnotherStatus() {
        assertThat(compute(
                                TIME.plusSeconds(10),
                                published("1000", "degraded"),
                                quotation("a", "1000", "1"),
                                quotation("b", "1000", "1"))
                        .isNews())
                .isTrue();
    }

    @Test
    void publishesAfterTheHeartbeatThoughNothingHasChanged() {
        Previous previous = published("1000", "degraded");
        Quotation same = quotation("a", "1000", "1");

        assertThat(compute(TIME.plus(HEARTBEAT).minus(1, ChronoUnit.MICROS), previous, same)
                        .isNews())
                .isFalse();
        assertThat(compute(TIME.plus(HEARTBEAT), previous, same).isNews()).isTrue();
    }

    @Test
    void publishesAStalePriceOnce() {
        Quotation old = quotation("a", "1000", "1");

        Computed computed = compute(STALE_AT.plus(HEARTBEAT).plusSeconds(60), published("1000", "stale"), old);

        assertThat(computed.reference().status()).isEqualTo(Status.STALE);
        assertThat(computed.isNews()).isFalse();
        assertThat(computed.dueAt()).isNull();
    }

    @Test
    void isDueWhenTheFirstSourceBecomesStaleOrAHeartbeatAfterItWasPublished() {
        Quotation soon = quotation("a", "1000", "1", TIME, TIME.plusSeconds(40));
        Quotation later = quotation("b", "1000", "1");

        assertThat(compute(TIME, null, soon, later).dueAt())
                .isEqualTo(TIME.plusSeconds(40).plus(1, ChronoUnit.MICROS));
        assertThat(compute(TIME.plusSeconds(20), published("1000", "degraded"), later)
                        .dueAt())
                .isEqualTo(TIME.plus(HEARTBEAT));
    }

    @Test
    void isDueAtOnceUntilItIsKnownToBePublished() {
        Computed news = compute(TIME, null, quotation("a", "1000", "1"));

        assertThat(news.dueUntilPublished()).isBefore(TIME);
    }

    @Test
    void flagsAJumpThatNoSecondSourceConfirms() {
        Previous previous = published("1000", "degraded");

        assertThat(compute(TIME.plusSeconds(10), previous, quotation("a", "1100", "1"))
                        .unconfirmed())
                .as("a tenth is the limit, and no jump")
                .isFalse();
        Computed jump = compute(TIME.plusSeconds(10), previous, quotation("a", "1100.01", "1"));
        assertThat(jump.unconfirmed()).isTrue();
        assertThat(jump.isNewJump()).isTrue();
        assertThat(jump.confirmed()).isEqualTo(previous.confirmed());
    }

    @Test
    void takesAJumpThatASecondSourceConfirmsForTrue() {
        Computed jump = compute(
                TIME.plusSeconds(10),
                published("1000", "ok"),
                quotation("a", "2000", "1"),
                quotation("b", "2010", "1"));

        assertThat(jump.unconfirmed()).isFalse();
        assertThat(jump.confirmed().price()).isEqualTo("2005");
    }

    @Test
    void excludesOneOfThreeThatJumpsBesideTwoThatAgreeAndFlagsNothing() {
        Computed computed = compute(
                TIME.plusSeconds(10),
                published("1000", "ok"),
                quotation("a", "2000", "1"),
                quotation("b", "1000", "1"),
                quotation("c", "1001", "1"));

        assertThat(computed.reference().price()).isEqualByComparingTo("1000.5");
        assertThat(computed.reference().status()).isEqualTo(Status.DEGRADED);
        assertThat(computed.reference().excluded())
                .extracting(excluded -> excluded.quotation().source(), Reference.Excluded::reason)
                .containsExactly(tuple("a", Exclusion.OUTLIER_OF_THREE));
        assertThat(computed.unconfirmed()).isFalse();
        assertThat(computed.isNewJump()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1040,1020,OK,false", "1200,1100,DIVERGENT,false", "1200.02,1100.01,DIVERGENT,true"})
    void meetsOneOfTwoThatJumpsHalfWayAndFlagsThatOnlyIfItIsAJumpItself(
            String jumped, String price, Status status, boolean unconfirmed) {
        Computed computed = compute(
                TIME.plusSeconds(10),
                published("1000", "ok"),
                quotation("a", jumped, "1000000"),
                quotation("b", "1000", "1"));

        assertThat(computed.reference().price()).isEqualByComparingTo(price);
        assertThat(computed.reference().status()).isEqualTo(status);
        assertThat(computed.reference().excluded()).isEmpty();
        assertThat(computed.unconfirmed()).isEqualTo(unconfirmed);
        assertThat(computed.isNewJump()).isEqualTo(unconfirmed);
    }

    @Test
    void flagsAJumpOfThreeOfWhichNoTwoAgree() {
        Computed computed = compute(
                TIME.plusSeconds(10),
                published("1000", "ok"),
                quotation("a", "1000", "1"),
                quotation("b", "1200", "1"),
                quotation("c", "1400", "1"));

        assertThat(computed.reference().price()).isEqualByComparingTo("1200");
        assertThat(computed.reference().status()).isEqualTo(Status.DIVERGENT);
        assertThat(computed.reference().excluded()).isEmpty();
        assertThat(computed.unconfirmed()).isTrue();
    }

    @Test
    void takesAJumpThatTwoOfThreeMakeForTrueAndExcludesTheOneThatDoesNot() {
        Computed computed = compute(
                TIME.plusSeconds(10),
                published("1000", "ok"),
                quotation("a", "2000", "1"),
                quotation("b", "2000", "1"),
                quotation("c", "1000", "1"));

        assertThat(computed.reference().price()).isEqualByComparingTo("2000");
        assertThat(computed.reference().status()).isEqualTo(Status.DEGRADED);
        assertThat(computed.unconfirmed()).isFalse();
        assertThat(computed.confirmed().price()).isEqualByComparingTo("2000");
    }

    @Test
    void flagsAJumpUntilItIsConfirmedOrForgotten() {
        Previous jumped = new Previous(
                new BigDecimal("2000"),
                true,
                TIME,
                TIME.plusSeconds(10),
                new Confirmed(new BigDecimal("1000"), TIME),
                new Published(new BigDecimal("2000"), "degraded", true, TIME.plusSeconds(10)),
                null);

        Computed still = compute(TIME.plusSeconds(60), jumped, quotation("a", "2000", "1"));
        assertThat(still.unconfirmed()).isTrue();
        assertThat(still.isNewJump()).as("it is counted once").isFalse();

        Computed confirmed =
                compute(TIME.plusSeconds(60), jumped, quotation("a", "2000", "1"), quotation("b", "2000", "1"));
        assertThat(confirmed.unconfirmed()).isFalse();
        assertThat(confirmed.isNews()).isTrue();

        Instant anHourLater = TIME.plus(Duration.ofHours(1));
        Quotation fresh = quotation("a", "2000", "1", TIME, anHourLater.plusSeconds(60));
        assertThat(compute(anHourLater, jumped, fresh).unconfirmed()).isTrue();
        assertThat(compute(anHourLater.plusSeconds(1), jumped, fresh).unconfirmed())
                .isFalse();
    }

    @Test
    void neverCallsAStalePriceAJump() {
        Quotation old = quotation("a", "5000", "1", TIME.minusSeconds(60), TIME);

        Computed computed = compute(TIME.plusSeconds(10), published("1000", "ok"), old);

        assertThat(computed.reference().status()).isEqualTo(Status.STALE);
        assertThat(computed.unconfirmed()).isFalse();
        assertThat(computed.confirmed().price()).isEqualTo("1000");
    }

    @Test
    void keepsThePriceAndCallsItStaleWhenNoSourceIsLeft() {
        Computed computed = compute(TIME.plusSeconds(10), published("1000", "ok"));

        assertThat(computed.reference().price()).isEqualTo("1000");
        assertThat(computed.reference().status()).isEqualTo(Status.STALE);
        assertThat(computed.reference().dispersion()).isNull();
        assertThat(computed.reference().used()).isEmpty();
        assertThat(computed.isNews()).isTrue();
    }

    @Test
    void makesNothingOfNothing() {
        assertThat(computation.compute(new Known(KEY, "BTC", "Bitcoin", List.of(), null), TIME))
                .isEmpty();
    }

    @Test
    void givesALaterComputationALaterTime() {
        Computed computed = compute(TIME.minusSeconds(3), published("1000", "degraded"), quotation("a", "1000", "1"));

        assertThat(computed.computedAt()).isEqualTo(TIME.plus(1, ChronoUnit.MICROS));
    }

    private Computed compute(Instant now, @Nullable Previous previous, Quotation... quotations) {
        return computation
                .compute(new Known(KEY, "BTC", "Bitcoin", Arrays.asList(quotations), previous), now)
                .orElseThrow();
    }

    private static Previous published(String price, String status) {
        BigDecimal number = new BigDecimal(price);
        return new Previous(
                number,
                false,
                TIME,
                TIME,
                new Confirmed(number, TIME),
                new Published(number, status, false, TIME),
                null);
    }
}
