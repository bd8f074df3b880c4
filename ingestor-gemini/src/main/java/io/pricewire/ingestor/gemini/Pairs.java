package io.pricewire.ingestor.gemini;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.pricewire.ingestor.DescribedAsset;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Of what pairs are made, as far as Gemini was asked; and until when it is not asked again about those that it has closed or
 * cannot explain. As text: {@code BTCUSD=BTC/USD} for each of the ones, {@code ZECUSD=-2026-11-22} of the others. Immutable.
 */
record Pairs(Map<String, Pair> byName, Map<String, LocalDate> leftOut) {

    private static final Pattern ENTRY =
            Pattern.compile("([A-Z0-9]+)=(?:([A-Z0-9]+)/([A-Z0-9]+)|-(\\d{4}-\\d{2}-\\d{2}))(?= |$)");
    private static final Pattern NAME = Pattern.compile("[A-Z0-9]+");

    static Pairs of(String text) {
        Map<String, Pair> byName = new TreeMap<>();
        Map<String, LocalDate> leftOut = new TreeMap<>();
        ENTRY.matcher(text).results().forEach(entry -> {
            if (entry.group(4) == null) {
                byName.put(entry.group(1), new Pair(entry.group(2), entry.group(3)));
            } else {
                leftOut.put(entry.group(1), LocalDate.parse(entry.group(4)));
            }
        });
        return new Pairs(byName, leftOut);
    }

    /** Whether it can be asked about and kept. */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    boolean has(String name) {
        return byName.containsKey(name);
    }

    /** Whether it is not known, and is not left out at this time. */
    boolean isToBeAsked(String name, Instant time) {
        LocalDate until = leftOut.get(name);
        return !has(name) && (until == null || !until.isAfter(day(time)));
    }

    boolean hasMoreThan(Pairs other) {
        return !byName.equals(other.byName);
    }

    /** What is known of a pair that it {@link #has}. */
    Pair get(String name) {
        return byName.getOrDefault(name, Pair.UNKNOWN);
    }

    Pairs with(String name, Pair pair) {
        Map<String, Pair> more = new TreeMap<>(byName);
        more.put(name, pair);
        Map<String, LocalDate> others = new TreeMap<>(leftOut);
        others.remove(name);
        return new Pairs(more, others);
    }

    /** Leaves a pair out until the next day of UTC. */
    Pairs without(String name, Instant time) {
        Map<String, LocalDate> more = new TreeMap<>(leftOut);
        more.put(name, day(time).plusDays(1));
        return new Pairs(byName, more);
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
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
        Stream<String> known = byName.entrySet().stream()
                .map(pair -> "%s=%s/%s"
                        .formatted(
                                pair.getKey(),
                                pair.getValue().asset(),
                                pair.getValue().quote()));
        Stream<String> others =
                leftOut.entrySet().stream().map(pair -> "%s=-%s".formatted(pair.getKey(), pair.getValue()));
        return Stream.concat(known, others).collect(joining(" "));
    }

    /** A price of one in the other. */
    record Pair(String asset, String quote) {

        /** That of a record which does not say what it is about. */
        static final Pair UNKNOWN = new Pair("", "USD");

        boolean isWhole() {
            return isName(asset) && isName(quote);
        }
    }
}
