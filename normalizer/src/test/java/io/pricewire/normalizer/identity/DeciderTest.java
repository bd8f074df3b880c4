package io.pricewire.normalizer.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeciderTest {

    private static final Instant NOW = Instant.parse("2026-11-21T07:00:00Z");

    private final Directory directory = new Directory(List.of());
    private final Decider decider =
            new Decider(new IdentitySettings(new BigDecimal("0.1"), new BigDecimal("10")), CuratedAssets.load());

    @Test
    void takesWhatNobodyElseKnowsForAnAssetOfItsOwn() {
        Alias alias = decide(of("coingecko", "obscure", "OBS", "Obscure Coin"));

        assertThat(alias.assetId()).isEqualTo("coingecko:obscure");
        assertThat(alias.method()).isEqualTo(Method.OWN);
        assertThat(alias.isAmbiguous()).isFalse();
    }

    @Test
    void knowsTheMostTradedAssetsAtBothAggregators() {
        assertThat(decide(of("coingecko", "binancecoin", "BNB", "BNB")).assetId())
                .isEqualTo("bnb");
        Alias other = decide(of("coinpaprika", "bnb-binance-coin", "BNB", "Binance Coin"));

        assertThat(other.assetId()).isEqualTo("bnb");
        assertThat(other.method()).isEqualTo(Method.CURATED);
    }

    @Test
    void mergesEqualNameAndSymbolAndSaysThatPricesWereNotCompared() {
        decide(of("coingecko", "obscure", "OBS", "Obscure Coin"));

        Alias alias = decide(of("coinpaprika", "obs-obscure-coin", "OBS", "Obscure  coin"));

        assertThat(alias.assetId()).isEqualTo("coingecko:obscure");
        assertThat(alias.method()).isEqualTo(Method.NAME_AND_SYMBOL);
        assertThat(alias.evidence()).containsEntry("price", "price_not_compared");
    }

    @Test
    void mergesWherePricesOfTheSameHourAgreeAndNotWhereTheyDiffer() {
        decide(priced("coingecko", "a", "AAA", "Triple A", "1.00"));
        assertThat(decide(priced("coinpaprika", "aaa-a", "AAA", "Triple A", "1.10"))
                        .evidence())
                .containsEntry("price", "agrees");

        decide(priced("coingecko", "b", "BBB", "Triple B", "1.00"));
        Alias differing = decide(priced("coinpaprika", "bbb-b", "BBB", "Triple B", "1.11"));
        assertThat(differing.assetId()).isEqualTo("coinpaprika:bbb-b");
        assertThat(differing.isAmbiguous()).isTrue();
        assertThat(differing.evidence()).containsEntry("reason", "prices_differ");
    }

    @Test
    void mergesNothingByASymbolAlone() {
        decide(of("coingecko", "uniswap", "UNI", "Uniswap"));

        Alias alias = decide(of("coinpaprika", "uni-universe", "UNI", "Universe"));

        assertThat(alias.assetId()).isEqualTo("coinpaprika:uni-universe");
        assertThat(alias.isAmbiguous()).isFalse();
    }

    @Test
    void takesAMergeBackWhenASecondOfThatNameAndSymbolComesUp() {
        decide(of("coingecko", "twin", "TWN", "Twin"));
        decide(of("coinpaprika", "twn-twin", "TWN", "Twin"));

        Map<String, Alias> changed = decideAll(List.of(of("coinpaprika", "twn-twin-2", "TWN", "Twin")));

        assertThat(changed.keySet()).containsExactlyInAnyOrder("twn-twin", "twn-twin-2");
        assertThat(changed.values()).allSatisfy(alias -> {
            assertThat(alias.assetId()).isEqualTo("coinpaprika:" + alias.key().sourceAssetId());
            assertThat(alias.isAmbiguous()).isTrue();
        });
    }

    @Test
    void knowsTheIdThatAFileHasFromAnAggregator() {
        decide(of("coinpaprika", "obs-obscure-coin", "OBS", "Obscure Coin"));

        Alias alias = decide(of("csv-generic", "obs-obscure-coin", "OBS", "Something"));
        assertThat(alias.assetId()).isEqualTo("coinpaprika:obs-obscure-coin");
        assertThat(alias.method()).isEqualTo(Method.KNOWN_ID);

        assertThat(decide(of("csv-generic", "btc-bitcoin", "BTC", "Bitcoin")).assetId())
                .isEqualTo("bitcoin");
    }

    @Test
    void distrustsAnIdWhoseSymbolIsAnother() {
        decide(of("coinpaprika", "obs-obscure-coin", "OBS", "Obscure Coin"));

        assertThat(decide(of("csv-generic", "obs-obscure-coin", "XYZ", "Something"))
                        .assetId())
                .isEqualTo("csv-generic:obs-obscure-coin");
    }

    @Test
    void mergesWhatHasTheSameContract() {
        decide(with(of("coingecko", "old-name", "OLD", "Old Name"), Set.of("ethereum/0xabc")));

        Alias alias = decide(with(of("coinpaprika", "new-new-name", "NEW", "New Name"), Set.of("ethereum/0xabc")));

        assertThat(alias.assetId()).isEqualTo("coingecko:old-name");
        assertThat(alias.method()).isEqualTo(Method.CONTRACT);
    }

    @Test
    void readsASymbolAloneAsTheAssetThatDominatesIt() {
        assertThat(decide(of("gemini", "BTC", "BTC", "")).assetId()).isEqualTo("bitcoin");

        decide(capped("large", "DOM", "1000"));
        decide(capped("small", "DOM", "100"));
        Alias dominated = decide(of("gemini", "DOM", "DOM", ""));
        assertThat(dominated.assetId()).isEqualTo("coingecko:large");
        assertThat(dominated.method()).isEqualTo(Method.DOMINANT_SYMBOL);
    }

    @Test
    void leavesASymbolAloneAmbiguousThatNoAssetDominates() {
        decide(capped("one", "AMB", "1000"));
        decide(capped("two", "AMB", "101"));

        Alias alias = decide(of("gemini", "AMB", "AMB", ""));

        assertThat(alias.assetId()).isEqualTo("gemini:AMB");
        assertThat(alias.isAmbiguous()).isTrue();
        assertThat(alias.evidence()).containsEntry("reason", "no_asset_dominates");
    }

    /** A list that was made by hand from what both aggregators showed: what it says is what has to be found. */
    @Test
    void findsTheHandCheckedPairsAndNoneOfTheLookAlikes() {
        List<String[]> pairs = rows("pairs.csv");
        List<String[]> lookAlikes = rows("look-alikes.csv");
        assertThat(pairs).hasSizeGreaterThanOrEqualTo(300);
        assertThat(lookAlikes).hasSizeGreaterThanOrEqualTo(100);
        Collection<Described> all = new LinkedHashSet<>();
        for (String[] row : pairs) {
            all.add(of("coingecko", row[0], row[2], row[3]));
            all.add(of("coinpaprika", row[1], row[2], row[4]));
        }
        for (String[] row : lookAlikes) {
            all.add(of("coingecko", row[0], row[2], row[3]));
            all.add(of("coinpaprika", row[1], row[2], row[4]));
        }

        Map<SourceAsset, Alias> decided =
                decider.decide(all, directory, NOW).stream().collect(Collectors.toMap(Alias::key, Function.identity()));

        List<String> missed = differing(pairs, decided);
        List<String> confused = new ArrayList<>(
                lookAlikes.stream().map(row -> row[0] + " " + row[1]).toList());
        confused.removeAll(differing(lookAlikes, decided));
        System.out.printf(
                "identity: %d of %d pairs found, %d of %d look-alikes confused%n",
                pairs.size() - missed.size(), pairs.size(), confused.size(), lookAlikes.size());
        assertThat(confused).as("look-alikes that were merged").isEmpty();
        assertThat(missed).as("pairs that were not found").isEmpty();
    }

    private static List<String> differing(List<String[]> rows, Map<SourceAsset, Alias> decided) {
        return rows.stream()
                .filter(row -> !assetOf("coingecko", row[0], decided).equals(assetOf("coinpaprika", row[1], decided)))
                .map(row -> row[0] + " " + row[1])
                .toList();
    }

    private static String assetOf(String source, String id, Map<SourceAsset, Alias> decided) {
        return decided.get(new SourceAsset(source, id)).assetId();
    }

    private static List<String[]> rows(String resource) {
        try (java.io.BufferedReader lines = new java.io.BufferedReader(new java.io.InputStreamReader(
                DeciderTest.class.getResourceAsStream(resource), java.nio.charset.StandardCharsets.UTF_8))) {
            return lines.lines().skip(1).map(line -> line.split(",", -1)).toList();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Alias decide(Described described) {
        return decideAll(List.of(described)).get(described.key().sourceAssetId());
    }

    private Map<String, Alias> decideAll(List<Described> described) {
        return decider.decide(described, directory, NOW).stream()
                .collect(Collectors.toMap(alias -> alias.key().sourceAssetId(), Function.identity()));
    }

    private static Described of(String source, String id, String symbol, String name) {
        return described(source, id, symbol, name, null, null, Set.of());
    }

    private static Described priced(String source, String id, String symbol, String name, String price) {
        return described(source, id, symbol, name, new BigDecimal(price), null, Set.of());
    }

    private static Described capped(String id, String symbol, String marketCap) {
        return described("coingecko", id, symbol, "Named " + id, null, new BigDecimal(marketCap), Set.of());
    }

    private static Described with(Described described, Set<String> contracts) {
        return described(
                described.key().source(),
                described.key().sourceAssetId(),
                described.symbol(),
                described.name(),
                null,
                null,
                contracts);
    }

    private static Described described(
            String source,
            String id,
            String symbol,
            String name,
            @Nullable BigDecimal price,
            @Nullable BigDecimal marketCap,
            Set<String> contracts) {
        return new Described(
                new SourceAsset(source, id),
                symbol,
                name,
                "USD",
                price,
                marketCap,
                price == null ? null : NOW,
                contracts);
    }
}
