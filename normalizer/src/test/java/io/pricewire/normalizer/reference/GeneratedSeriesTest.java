package io.pricewire.normalizer.reference;

import static io.pricewire.normalizer.reference.Quotations.TIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.normalizer.reference.Reference.Used;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds of every reference price, on thousands that are made up. */
class GeneratedSeriesTest {

    private static final int CASES = 4_000;
    private static final Instant NOW = TIME.plusSeconds(30);
    private static final BigDecimal CAP = new BigDecimal("0.4");

    private final Random chance = new Random(20_261_121);
    private final ReferenceMethod method = new ReferenceMethod(Quotations.settings(Map.of()));

    @Test
    void liesWithinThePricesUsed() {
        forAll(known -> {
            Reference reference = compute(known);
            List<BigDecimal> used = prices(reference);
            assertThat(reference.price()).isBetween(Collections.min(used), Collections.max(used));
        });
    }

    @Test
    void isTheSameInWhateverOrderTheSourcesAreRead() {
        forAll(known -> {
            List<Quotation> shuffled = new ArrayList<>(known);
            Collections.shuffle(shuffled, chance);
            assertThat(compute(shuffled)).isEqualTo(compute(known));
        });
    }

    @Test
    void usesOrExcludesEverySourceOnce() {
        forAll(known -> {
            Reference reference = compute(known);
            List<Quotation> accounted = new ArrayList<>(
                    reference.used().stream().map(Used::quotation).toList());
            reference.excluded().forEach(excluded -> accounted.add(excluded.quotation()));
            assertThat(accounted).containsExactlyInAnyOrderElementsOf(known);
        });
    }

    @Test
    void scalesWithThePricesAndDoesNotCareForTheUnitOfVolumes() {
        forAll(known -> {
            BigDecimal factor = new BigDecimal(BigInteger.ONE.add(BigInteger.valueOf(chance.nextInt(1_000))), 5);
            List<Quotation> scaled = known.stream()
                    .map(each -> with(
                            each,
                            each.price().multiply(factor),
                            each.volume24h() == null ? null : each.volume24h().multiply(BigDecimal.TWO)))
                    .toList();
            Reference reference = compute(scaled);
            assertThat(reference.price())
                    .isEqualByComparingTo(compute(known).price().multiply(factor));
            assertThat(reference.status()).isEqualTo(compute(known).status());
            assertThat(reference.dispersion()).isEqualTo(compute(known).dispersion());
        });
    }

    @Test
    void letsNoSourceDecideAloneWhereThereAreThreeOrMore() {
        forAll(known -> {
            Reference reference = compute(known);
            if (reference.used().size() >= 3) {
                assertThat(reference.used())
                        .allSatisfy(used -> assertThat(used.weight()).isLessThanOrEqualTo(CAP));
                Quotation lowest = Collections.min(
                        reference.used().stream().map(Used::quotation).toList(), Quotation.BY_PRICE);
                List<Quotation> bought = known.stream()
                        .map(each -> each.equals(lowest) ? with(each, each.price(), new BigDecimal("1e30")) : each)
                        .toList();
                assertThat(compute(bought).price())
                        .as("the lowest price, with all the volume of the world")
                        .isGreaterThanOrEqualTo(secondLowest(reference));
            }
        });
    }

    @Test
    void isMovedByNoSourceBeyondTheOthersWhereFourOrMoreAgree() {
        for (int i = 0; i < CASES; i++) {
            List<Quotation> known = near(4 + chance.nextInt(3));
            List<BigDecimal> honest =
                    known.stream().skip(1).map(Quotation::price).toList();
            List<Quotation> attacked = new ArrayList<>(known);
            attacked.set(
                    0,
                    with(
                            known.getFirst(),
                            known.getFirst().price().multiply(BigDecimal.valueOf(1_000)),
                            BigDecimal.TEN));
            assertThat(compute(attacked).price()).isBetween(Collections.min(honest), Collections.max(honest));
        }
    }

    private void forAll(Consumer<List<Quotation>> property) {
        for (int i = 0; i < CASES; i++) {
            property.accept(chance.nextBoolean() ? near(1 + chance.nextInt(6)) : anywhere(1 + chance.nextInt(6)));
        }
    }

    private List<Quotation> near(int count) {
        return series(count, () -> BigDecimal.valueOf(1_000_000L + chance.nextInt(30_000), 4));
    }

    private List<Quotation> anywhere(int count) {
        return series(count, () -> new BigDecimal(new BigInteger(60, chance).add(BigInteger.ONE), chance.nextInt(20)));
    }

    private List<Quotation> series(int count, Supplier<BigDecimal> price) {
        return IntStream.range(0, count)
                .mapToObj(number -> with(Quotations.quotation("s" + number, "1", null), price.get(), volume()))
                .toList();
    }

    private @Nullable BigDecimal volume() {
        return switch (chance.nextInt(5)) {
            case 0 -> null;
            case 1 -> BigDecimal.ZERO;
            default -> new BigDecimal(new BigInteger(50, chance), chance.nextInt(6));
        };
    }

    private Reference compute(List<Quotation> known) {
        return method.compute(known, NOW).orElseThrow();
    }

    private static List<BigDecimal> prices(Reference reference) {
        return reference.used().stream().map(used -> used.quotation().price()).toList();
    }

    private static BigDecimal secondLowest(Reference reference) {
        return prices(reference).stream().sorted().skip(1).findFirst().orElseThrow();
    }

    private static Quotation with(Quotation quotation, BigDecimal price, @Nullable BigDecimal volume) {
        return new Quotation(
                quotation.source(),
                quotation.sourceAssetId(),
                quotation.eventId(),
                price,
                volume,
                quotation.observedAt(),
                quotation.staleAt(),
                quotation.isReplay());
    }
}
