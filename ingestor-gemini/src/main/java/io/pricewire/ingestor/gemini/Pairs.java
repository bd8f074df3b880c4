package io.pricewire.ingestor.gemini;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.pricewire.ingestor.DescribedAsset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Of what pairs are made, as far as Gemini was asked. As text: {@code BTCUSD=BTC/USD} for each. Immutable. */
record Pairs(Map<String, Pair> byName) {

    private static final Pattern ENTRY = Pattern.compile("(\\w+)=(\\w+)/(\\w+)");

    static Pairs of(String text) {
        Map<String, Pair> byName = new TreeMap<>();
        ENTRY.matcher(text)
                .results()
                .forEach(entry -> byName.put(entry.group(1), new Pair(entry.group(2), entry.group(3))));
        return new Pairs(byName);
    }

    boolean has(String name) {
        return byName.containsKey(name);
    }

    /** What is known of a pair that it {@link #has}. */
    Pair get(String name) {
        return byName.getOrDefault(name, Pair.UNKNOWN);
    }

    Pairs with(String name, Pair pair) {
        Map<String, Pair> more = new TreeMap<>(byName);
        more.put(name, pair);
        return new Pairs(more);
    }

    /** Each asset, with the currencies in which it has a price. */
    List<DescribedAsset> assets() {
        Map<String, List<String>> quotes =
                byName.values().stream().collect(groupingBy(Pair::asset, TreeMap::new, mapping(Pair::quote, toList())));
        return quotes.entrySet().stream()
                .map(asset ->
                        new DescribedAsset("gemini", asset.getKey(), asset.getKey(), "", Map.of(), asset.getValue()))
                .toList();
    }

    String toText() {
        return byName.entrySet().stream()
                .map(pair -> "%s=%s/%s"
                        .formatted(
                                pair.getKey(),
                                pair.getValue().asset(),
                                pair.getValue().quote()))
                .collect(joining(" "));
    }

    /** A price of one in the other. */
    record Pair(String asset, String quote) {

        /** That of a record which does not say what it is about. */
        static final Pair UNKNOWN = new Pair("", "USD");

        boolean isWhole() {
            return !asset.isEmpty() && !quote.isEmpty();
        }
    }
}
