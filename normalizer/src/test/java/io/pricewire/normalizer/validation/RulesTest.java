package io.pricewire.normalizer.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.pricewire.normalizer.Observed;
import io.pricewire.normalizer.observation.Candidate;
import io.pricewire.normalizer.observation.Reason;
import io.pricewire.proto.v1.Origin;
import io.pricewire.proto.v1.PriceObserved;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** For each rule what just passes and what just fails. */
class RulesTest {

    private static final Instant NOW = Observed.TIME;

    private final Rules rules = new Rules(
            new ValidationSettings(Duration.ofMinutes(1), BigDecimal.valueOf(1_000)), Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void acceptsAnOrdinaryObservation() {
        assertThat(broken(observed -> {})).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.00000000000000000000000000000000000001", "99999999999999999999999999999999999999"})
    void acceptsEveryPositivePriceWithinTheBounds(String price) {
        assertThat(broken(observed -> observed.getFiguresBuilder().setPrice(Observed.decimal(price))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.00", "-1"})
    void rejectsAPriceThatIsNotPositive(String price) {
        assertThat(broken(observed -> observed.getFiguresBuilder().setPrice(Observed.decimal(price))))
                .containsExactly("price_not_positive");
    }

    @Test
    void rejectsAHighBelowTheLow() {
        assertThat(broken(bar("5", "5", "5", "5"))).isEmpty();
        assertThat(broken(observed -> observed.getFiguresBuilder()
                        .setHigh24H(Observed.decimal("1.9"))
                        .setLow24H(Observed.decimal("2"))))
                .containsExactly("high_below_low");
    }

    @Test
    void rejectsABarThatDoesNotHoldItsFirstOrLastPrice() {
        assertThat(broken(bar("1", "2", "1", "2"))).isEmpty();
        assertThat(broken(bar("1", "2", "1.1", "1.5"))).containsExactly("price_outside_bar");
        assertThat(broken(bar("1.5", "2", "1", "2.1"))).containsExactly("price_outside_bar");
    }

    @Test
    void rejectsABidAboveTheAsk() {
        assertThat(broken(book("2", "2"))).isEmpty();
        assertThat(broken(book("2.0000001", "2"))).containsExactly("bid_above_ask");
    }

    @Test
    void rejectsALossOfMoreThanEverything() {
        assertThat(broken(observed -> observed.getFiguresBuilder().setChange24HPct(Observed.decimal("-100"))))
                .isEmpty();
        assertThat(broken(observed -> observed.getFiguresBuilder().setChange24HPct(Observed.decimal("-100.01"))))
                .containsExactly("change_impossible");
    }

    @Test
    void rejectsAMarketCapInAnotherUnit() {
        assertThat(broken(capital("2", "10", "20000"))).isEmpty();
        assertThat(broken(capital("2", "10", "20000.1"))).containsExactly("units_implausible");
        assertThat(broken(capital("2", "10", "0.02"))).isEmpty();
        assertThat(broken(capital("2", "10", "0.0199"))).containsExactly("units_implausible");
    }

    @Test
    void rejectsAnObservationThatIsTooLargeToBePublishedInARejection() {
        int rest = Observed.bitcoin()
                        .setPayload(payload(Rules.LARGEST_OBSERVATION / 2))
                        .build()
                        .getSerializedSize()
                - Rules.LARGEST_OBSERVATION / 2;
        int most = Rules.LARGEST_OBSERVATION - rest;

        assertThat(broken(observed -> observed.setPayload(payload(most)))).isEmpty();
        assertThat(broken(observed -> observed.setPayload(payload(most + 1)))).containsExactly("observation_too_large");
    }

    private static ByteString payload(int size) {
        return ByteString.copyFrom(new byte[size]);
    }

    @Test
    void namesAllFiveRulesThatARecordBreaks() {
        assertThat(broken(observed -> {
                    observed.setQuote("usd")
                            .setInterval("minute")
                            .setObservedAt(Observed.timestamp(NOW.plusSeconds(61)));
                    observed.getFiguresBuilder()
                            .setPrice(Observed.decimal("-1"))
                            .setVolume24H(Observed.decimal("-1"));
                }))
                .containsExactlyInAnyOrder(
                        "quote_malformed",
                        "interval_unknown",
                        "timestamp_in_future",
                        "price_not_positive",
                        "amount_negative");
    }

    private static Consumer<PriceObserved.Builder> bar(String open, String high, String low, String close) {
        return observed -> observed.setInterval("1d")
                .getFiguresBuilder()
                .setOpen(Observed.decimal(open))
                .setHigh(Observed.decimal(high))
                .setLow(Observed.decimal(low))
                .setPrice(Observed.decimal(close));
    }

    private static Consumer<PriceObserved.Builder> book(String bid, String ask) {
        return observed ->
                observed.getFiguresBuilder().setBid(Observed.decimal(bid)).setAsk(Observed.decimal(ask));
    }

    private static Consumer<PriceObserved.Builder> capital(String price, String supply, String marketCap) {
        return observed -> observed.getFiguresBuilder()
                .setPrice(Observed.decimal(price))
                .setCirculatingSupply(Observed.decimal(supply))
                .setMarketCap(Observed.decimal(marketCap));
    }

    @Test
    void rejectsAFetchInTheFuture() {
        Instant latest = NOW.plusSeconds(60);
        assertThat(broken(observed -> observed.setIngestedAt(Observed.timestamp(latest))))
                .isEmpty();
        assertThat(broken(observed -> observed.setIngestedAt(Observed.timestamp(latest.plusMillis(1)))))
                .containsExactly("timestamp_in_future");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 3_660L * 86_400 + 1, Long.MAX_VALUE})
    void rejectsATimeUntilStaleThatNobodyMeans(long seconds) {
        assertThat(broken(observed -> observed.setStaleAfter(
                        com.google.protobuf.Duration.newBuilder().setSeconds(seconds))))
                .containsExactly("stale_after_out_of_range");
    }

    @Test
    void rejectsABidThatIsNotPositive() {
        assertThat(broken(observed -> observed.getFiguresBuilder().setBid(Observed.decimal("0"))))
                .containsExactly("price_not_positive");
    }

    @Test
    void rejectsWhatHasNoPrice() {
        assertThat(broken(observed -> observed.getFiguresBuilder().clearPrice()))
                .containsExactly("price_missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1e5", "+1", "1.", ".5", "1,5", "100000000000000000000000000000000000000", "NaN"})
    void rejectsDigitsThatAreNotPlain(String digits) {
        assertThat(broken(observed -> observed.getFiguresBuilder().setAsk(Observed.decimal(digits))))
                .containsExactly("decimal_malformed");
    }

    @Test
    void acceptsAVolumeOf0() {
        assertThat(broken(observed -> observed.getFiguresBuilder().setVolume24H(Observed.decimal("0"))))
                .isEmpty();
    }

    @Test
    void rejectsANegativeVolume() {
        assertThat(broken(observed -> observed.getFiguresBuilder().setVolume24H(Observed.decimal("-0.1"))))
                .containsExactly("amount_negative");
    }

    @Test
    void acceptsANegativeChange() {
        assertThat(broken(observed -> observed.getFiguresBuilder().setChange24HPct(Observed.decimal("-12.5"))))
                .isEmpty();
    }

    @Test
    void acceptsTheFirstDayOfBitcoin() {
        assertThat(broken(at("2009-01-03T00:00:00Z"))).isEmpty();
    }

    @Test
    void rejectsATimeBeforeTheFirstDayOfBitcoin() {
        assertThat(broken(at("2009-01-02T23:59:59.999999Z"))).containsExactly("timestamp_too_early");
    }

    @Test
    void acceptsATimeThatIsAMinuteAhead() {
        assertThat(broken(at(NOW.plusSeconds(60).toString()))).isEmpty();
    }

    @Test
    void rejectsATimeThatIsMoreThanAMinuteAhead() {
        assertThat(broken(at(NOW.plusSeconds(60).plusMillis(1).toString()))).containsExactly("timestamp_in_future");
    }

    @Test
    void rejectsATimeThatNoCalendarHas() {
        assertThat(broken(observed -> observed.getObservedAtBuilder().setSeconds(Long.MAX_VALUE)))
                .containsExactly("observed_at_missing");
    }

    @Test
    void rejectsWhatHasNoTimes() {
        assertThat(broken(observed -> observed.clearObservedAt().clearIngestedAt()))
                .containsExactly("observed_at_missing", "ingested_at_missing");
    }

    @Test
    void rejectsAFetchThatIsSaidToBeAheadHoweverLongAgoItWasRead() {
        assertThat(broken(observed -> observed.setReadAt(observed.getIngestedAt())
                        .setIngestedAt(Observed.timestamp(NOW.plusSeconds(61)))))
                .containsExactly("timestamp_in_future");
    }

    @Test
    void rejectsAReadingAtATimeThatNoCalendarHas() {
        assertThat(broken(observed -> observed.getReadAtBuilder().setSeconds(Long.MAX_VALUE)))
                .containsExactly("read_at_missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tick", "1m", "15m", "4h", "1d", "1w"})
    void acceptsIntervalsThatAreKnown(String interval) {
        assertThat(broken(observed -> observed.setInterval(interval))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0m", "100m", "1y", "day"})
    void rejectsIntervalsThatAreNot(String interval) {
        assertThat(broken(observed -> observed.setInterval(interval))).containsExactly("interval_unknown");
    }

    @Test
    void rejectsAKeyThatIsIncomplete() {
        assertThat(broken(
                        observed -> observed.setSource("").setSourceAssetId(" ").setQuote("")))
                .containsExactly("source_missing", "quote_missing", "source_asset_id_missing");
    }

    @Test
    void rejectsNamesThatNoSourceAndNoCurrencyHas() {
        assertThat(broken(observed -> observed.setSource("Coin Gecko").setQuote("usd")))
                .containsExactly("source_malformed", "quote_malformed");
    }

    @Test
    void acceptsANameOf200Characters() {
        assertThat(broken(observed -> observed.setName("x".repeat(200)))).isEmpty();
    }

    @Test
    void rejectsANameOf201Characters() {
        assertThat(broken(observed -> observed.setName("x".repeat(201)))).containsExactly("text_too_long");
    }

    @Test
    void rejectsWhatPostgresCannotKeep() {
        assertThat(broken(observed -> observed.setName("Bit\0coin"))).containsExactly("text_malformed");
    }

    @Test
    void rejectsARunThatIsNoUuidAndAnOriginThatIsNotSaid() {
        assertThat(broken(observed -> observed.setRunId("run 1").setOrigin(Origin.ORIGIN_UNSPECIFIED)))
                .containsExactly("run_id_malformed", "origin_unknown");
    }

    @Test
    void namesEveryRuleThatIsBroken() {
        assertThat(broken(observed -> {
                    observed.setQuote("").setInterval("").setRunId("").clearObservedAt();
                    observed.getFiguresBuilder().setPrice(Observed.decimal("-1"));
                }))
                .containsExactlyInAnyOrder(
                        "quote_missing",
                        "interval_unknown",
                        "run_id_malformed",
                        "observed_at_missing",
                        "price_not_positive");
    }

    @Test
    void takesAMarketCapOrASupplyOf0ForUnknown() {
        PriceObserved.Builder observed = Observed.bitcoin();
        observed.getFiguresBuilder().setMarketCap(Observed.decimal("0.0")).setMaxSupply(Observed.decimal("0"));

        Candidate candidate = Candidate.of(Observed.event("test", observed));

        assertThat(rules.broken(candidate)).isEmpty();
        assertThat(candidate.toObservation().known().hasMarketCap()).isFalse();
        assertThat(candidate.toObservation().known().hasMaxSupply()).isFalse();
    }

    private static Consumer<PriceObserved.Builder> at(String time) {
        return observed -> observed.setObservedAt(Observed.timestamp(Instant.parse(time)));
    }

    private List<String> broken(Consumer<PriceObserved.Builder> change) {
        PriceObserved.Builder observed = Observed.bitcoin();
        change.accept(observed);
        return rules.broken(Candidate.of(Observed.event("test", observed))).stream()
                .map(Reason::code)
                .toList();
    }
}
