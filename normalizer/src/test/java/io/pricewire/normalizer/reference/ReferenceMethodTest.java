package io.pricewire.normalizer.reference;

import static io.pricewire.normalizer.reference.Quotations.STALE_AT;
import static io.pricewire.normalizer.reference.Quotations.TIME;
import static io.pricewire.normalizer.reference.Quotations.quotation;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Cases that were computed by hand. */
class ReferenceMethodTest {

    private static final Instant NOW = TIME.plusSeconds(30);
    private static final Instant OLD = TIME.minus(Duration.ofHours(2));

    private final ReferenceMethod method = new ReferenceMethod(Quotations.settings(Map.of()));

    @Test
    void takesTheOnlyPriceAsItIsAndCallsItDegraded() {
        Reference reference = compute(quotation("a", "64123.120", "10"));

        assertThat(reference.price()).isEqualTo("64123.120");
        assertThat(reference.status()).isEqualTo(Status.DEGRADED);
        assertThat(reference.dispersion()).isEqualTo("0.000000");
        assertThat(weights(reference)).containsExactly("a 1.000000");
    }

    @Test
    void meetsHalfWayBetweenTwoWhateverTheirVolumes() {
        Reference reference = compute(quotation("a", "100", "1"), quotation("b", "101.01", "1000000"));

        assertThat(reference.price()).isEqualTo("100.505");
        assertThat(reference.status()).isEqualTo(Status.OK);
        // 1.01 / 100.505
        assertThat(reference.dispersion()).isEqualTo("0.010049");
        assertThat(weights(reference)).containsExactly("a 0.500000", "b 0.500000");
    }

    @Test
    void callsTwoThatDoNotAgreeDivergent() {
        // The middle is 102.5, of which 5 % is 5.125.
        assertThat(compute(quotation("a", "100", "1"), quotation("b", "105", "1"))
                        .status())
                .isEqualTo(Status.OK);
        // The middle is 102.6, of which 5 % is 5.13.
        Reference apart = compute(quotation("a", "100", "1"), quotation("b", "105.2", "1"));
        assertThat(apart.status()).isEqualTo(Status.DIVERGENT);
        assertThat(apart.price()).isEqualTo("102.6");
        assertThat(apart.excluded()).isEmpty();
    }

    @Test
    void callsTwoAtTheVeryLimitAgreeing() {
        // The middle is 100, the range 5.
        assertThat(compute(quotation("a", "97.5", "1"), quotation("b", "102.5", "1"))
                        .status())
                .isEqualTo(Status.OK);
        assertThat(compute(quotation("a", "97.5", "1"), quotation("b", "102.5000001", "1"))
                        .status())
                .isEqualTo(Status.DIVERGENT);
    }

    @Test
    void takesTheMedianOfThreeByTheirVolumes() {
        // Of 100, the cap cuts nothing: 30, 35, 35. Half is reached within the second.
        Reference reference =
                compute(quotation("c", "102", "35"), quotation("a", "100", "30"), quotation("b", "101", "35"));

        assertThat(reference.price()).isEqualTo("101");
        assertThat(reference.status()).isEqualTo(Status.OK);
        assertThat(reference.dispersion()).isEqualTo("0.019802");
        assertThat(weights(reference)).containsExactly("a 0.300000", "b 0.350000", "c 0.350000");
    }

    @Test
    void cutsAWeightThatWouldDecideAlone() {
        // 900 is cut to w = 0.4 (w + 100), so 66 2/3: shares 0.4, 0.36, 0.24. The lowest does not reach half.
        Reference reference =
                compute(quotation("a", "100", "900"), quotation("b", "101", "60"), quotation("c", "102", "40"));

        assertThat(reference.price()).isEqualTo("101");
        assertThat(weights(reference)).containsExactly("a 0.400000", "b 0.360000", "c 0.240000");
    }

    @Test
    void cutsASecondWeightThatIsTooLargeOnceTheFirstIsCut() {
        // With only a cut, b has 90 of 90 + 10 + 66.7; both are cut to w = 0.4 (2 w + 10) = 20: shares 0.4, 0.4, 0.2.
        Reference reference =
                compute(quotation("a", "100", "900"), quotation("b", "101", "90"), quotation("c", "102", "10"));

        assertThat(weights(reference)).containsExactly("a 0.400000", "b 0.400000", "c 0.200000");
        assertThat(reference.price()).isEqualTo("101");
    }

    @Test
    void weighsAnUnknownVolumeAndAZeroAsTheSmallestThatIsKnown() {
        Reference reference =
                compute(quotation("a", "100", null), quotation("b", "101", "0"), quotation("c", "102", "3"));

        assertThat(weights(reference)).containsExactly("a 0.333333", "b 0.333333", "c 0.333333");
        assertThat(reference.price()).isEqualTo("101");
        // 2, 2, 2, 3 of 9: half is reached within the third.
        assertThat(compute(
                                quotation("a", "100", null),
                                quotation("b", "101", "0"),
                                quotation("c", "102", "2"),
                                quotation("d", "103", "3"))
                        .price())
                .isEqualTo("102");
    }

    @Test
    void weighsAllTheSameWhereNoVolumeIsKnown() {
        Reference reference =
                compute(quotation("a", "100", null), quotation("b", "101", "0"), quotation("c", "103", null));

        assertThat(reference.price()).isEqualTo("101");
        assertThat(weights(reference)).containsExactly("a 0.333333", "b 0.333333", "c 0.333333");
    }

    @Test
    void takesTheMiddleOfTheLowerAndTheUpperMedianWhereWeightsAreEqual() {
        Reference reference = compute(
                quotation("a", "100", "1"),
                quotation("b", "101", "1"),
                quotation("c", "102", "1"),
                quotation("d", "103", "1"));

        assertThat(reference.price()).isEqualTo("101.5");
    }

    @Test
    void excludesTheOneOfThreeThatDeviatesFromTwoThatAgree() {
        Reference reference =
                compute(quotation("a", "100", "1"), quotation("b", "102", "1"), quotation("c", "150", "1000"));

        assertThat(reference.price()).isEqualTo("101");
        assertThat(reference.status()).isEqualTo(Status.DEGRADED);
        assertThat(reasons(reference)).containsExactly("c outlier_of_three");
        assertThat(reference.dispersion()).isEqualTo("0.019802");
    }

    @Test
    void excludesALowOneOfThreeAsAHighOne() {
        assertThat(reasons(compute(quotation("a", "50", "1"), quotation("b", "100", "1"), quotation("c", "102", "1"))))
                .containsExactly("a outlier_of_three");
    }

    @Test
    void excludesNoneOfThreeWhereAChainAgrees() {
        // 100 and 104 agree, 104 and 108 do, 100 and 108 do not: nobody knows which is wrong.
        Reference reference =
                compute(quotation("a", "100", "1"), quotation("b", "104", "1"), quotation("c", "108", "1"));

        assertThat(reference.excluded()).isEmpty();
        assertThat(reference.price()).isEqualTo("104");
        assertThat(reference.status()).isEqualTo(Status.DIVERGENT);
    }

    @Test
    void excludesNoneOfThreeWhereNoTwoAgree() {
        Reference reference =
                compute(quotation("a", "100", "1"), quotation("b", "150", "1"), quotation("c", "200", "1"));

        assertThat(reference.excluded()).isEmpty();
        assertThat(reference.price()).isEqualTo("150");
        assertThat(reference.status()).isEqualTo(Status.DIVERGENT);
    }

    @Test
    void excludesOneOfFourOutsideOfTheFences() {
        // Quartiles 100.75 and 126.5 (102 + 0.25 * 98): the upper fence is 126.5 + 1.5 * 25.75 = 165.125.
        Reference reference = compute(
                quotation("a", "100", "1"),
                quotation("b", "101", "1"),
                quotation("c", "102", "1"),
                quotation("d", "200", "1"));

        assertThat(reasons(reference)).containsExactly("d outlier_iqr");
        assertThat(reference.price()).isEqualTo("101");
        assertThat(reference.status()).isEqualTo(Status.DEGRADED);
    }

    @Test
    void excludesOneOfFiveThoughTheOthersAreEqual() {
        // The range of the quartiles is 0; what agrees with the median stays in all the same.
        assertThat(reasons(compute(
                        quotation("a", "100", "1"),
                        quotation("b", "100", "1"),
                        quotation("c", "100", "1"),
                        quotation("d", "100", "1"),
                        quotation("e", "100.01", "1"))))
                .isEmpty();
        assertThat(reasons(compute(
                        quotation("a", "100", "1"),
                        quotation("b", "100", "1"),
                        quotation("c", "100", "1"),
                        quotation("d", "100", "1"),
                        quotation("e", "90", "1"))))
                .containsExactly("e outlier_iqr");
    }

    @Test
    void excludesOneOnEachSideOfSix() {
        // Sorted 10 99 100 101 102 500: quartiles 99.25 and 101.75, fences 95.5 and 105.5.
        Reference reference = compute(
                quotation("a", "10", "1"),
                quotation("b", "99", "1"),
                quotation("c", "100", "1"),
                quotation("d", "101", "1"),
                quotation("e", "102", "1"),
                quotation("f", "500", "1"));

        assertThat(reasons(reference)).containsExactly("a outlier_iqr", "f outlier_iqr");
        assertThat(reference.price()).isEqualTo("100.5");
    }

    @Test
    void callsFourOfWhichTwoAndTwoAgreeDivergent() {
        Reference reference = compute(
                quotation("a", "100", "1"),
                quotation("b", "101", "1"),
                quotation("c", "200", "1"),
                quotation("d", "201", "1"));

        assertThat(reference.excluded()).isEmpty();
        assertThat(reference.price()).isEqualTo("150.5");
        assertThat(reference.status()).isEqualTo(Status.DIVERGENT);
    }

    @Test
    void excludesWhatIsStaleByItsOwnWord() {
        Reference reference = compute(quotation("a", "100", "1"), quotation("b", "1", "1", OLD, OLD.plusSeconds(60)));

        assertThat(reasons(reference)).containsExactly("b stale");
        assertThat(reference.price()).isEqualTo("100");
        assertThat(reference.status()).isEqualTo(Status.DEGRADED);
        assertThat(reference.freshUntil()).isEqualTo(STALE_AT);
    }

    @Test
    void callsAPriceFreshUpToTheLastInstantThatItsSourceVouchesFor() {
        Quotation only = quotation("a", "100", "1");

        assertThat(method.compute(List.of(only), STALE_AT).orElseThrow().status())
                .isEqualTo(Status.DEGRADED);
        assertThat(method.compute(List.of(only), STALE_AT.plusNanos(1_000))
                        .orElseThrow()
                        .status())
                .isEqualTo(Status.STALE);
    }

    @Test
    void keepsThePriceOfTheLastThatWereFreshWhenAllAreStale() {
        Reference reference = compute(
                quotation("a", "100", "1", OLD, OLD.plusSeconds(120)),
                quotation("b", "102", "1", OLD, OLD.plusSeconds(120)),
                quotation("c", "300", "9", OLD, OLD.plusSeconds(60)));

        assertThat(reference.status()).isEqualTo(Status.STALE);
        assertThat(reference.price()).isEqualTo("101");
        assertThat(reasons(reference)).containsExactly("c stale");
        assertThat(reference.freshUntil()).isNull();
    }

    @Test
    void excludesReplaysOfThePast() {
        Quotation replay = new Quotation("b", "b", "e", BigDecimal.TEN, null, TIME, STALE_AT, true);

        assertThat(reasons(compute(quotation("a", "100", "1"), replay))).containsExactly("b replayed");
        assertThat(method.compute(List.of(replay), NOW)).isEmpty();
        assertThat(method.compute(List.of(), NOW)).isEmpty();
    }

    @Test
    void countsASourceOnceThoughItHasTheAssetUnderTwoIds() {
        Quotation newer = new Quotation(
                "a", "second", "e", new BigDecimal("101"), null, TIME.plusSeconds(1), STALE_AT.plusSeconds(1), false);

        Reference reference = compute(quotation("a", "100", "1"), newer);

        assertThat(reference.price()).isEqualTo("101");
        assertThat(reasons(reference)).containsExactly("a same_source");
        assertThat(reference.status()).isEqualTo(Status.DEGRADED);
    }

    @Test
    void needsOnlyAsManySourcesAsItIsToldAreEnough() {
        ReferenceMethod content = new ReferenceMethod(Quotations.settings(Map.of("enough-sources", "1")));

        assertThat(content.compute(List.of(quotation("a", "100", "1")), NOW)
                        .orElseThrow()
                        .status())
                .isEqualTo(Status.OK);
    }

    @Test
    void keepsEveryDigitOfPricesOfAnySize() {
        assertThat(compute(
                                quotation("a", "0.00000000000000000000000000000000000001", null),
                                quotation("b", "0.00000000000000000000000000000000000002", null))
                        .price())
                .as("half of the last place that a decimal has goes to the even digit")
                .isEqualByComparingTo("0.00000000000000000000000000000000000002");
        assertThat(compute(
                                quotation("a", "99999999999999999999999999999999999999.1", null),
                                quotation("b", "99999999999999999999999999999999999999.3", null))
                        .price())
                .isEqualTo("99999999999999999999999999999999999999.2");
    }

    private Reference compute(Quotation... known) {
        return method.compute(Arrays.asList(known), NOW).orElseThrow();
    }

    private static List<String> weights(Reference reference) {
        return reference.used().stream()
                .map(used -> used.quotation().source() + " " + used.weight().toPlainString())
                .toList();
    }

    private static List<String> reasons(Reference reference) {
        return reference.excluded().stream()
                .map(excluded ->
                        excluded.quotation().source() + " " + excluded.reason().code())
                .toList();
    }
}
