package io.pricewire.ingestor.http;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.pricewire.ingestor.DescribedAsset;
import io.pricewire.ingestor.SourceException;
import io.pricewire.ingestor.SourceException.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Of what an exchange's pairs are made, as far as it was asked, which it is once for each; and until when it is not asked
 * again about those of which it said nothing. A source remembers it as text: {@code BTCUSD=BTC/USD} for each of the ones,
 * {@code ZECUSD=-2026-11-22} of the others. Immutable, and bounded.
 *
 * @param byName of what each pair is made
 * @param leftOut until the beginning of which day each of the others is not asked about
 */
public record Pairs(Map<String, Pair> byName, Map<String, LocalDate> leftOut) {

    private static final Logger log = LoggerFactory.getLogger(Pairs.class);

    /** Asked for in one poll besides the wanted ones; there are hundreds, and the first poll is not to take minutes. */
    private static final int MOST_NEW = 30;

    /** No exchange has so many; what is remembered has to fit into one event. */
    private static final int MOST = 10_000;

    private static final Pattern ENTRY =
            Pattern.compile("([A-Z0-9]+)=(?:([A-Z0-9]+)/([A-Z0-9]+)|-(\\d{4}-\\d{2}-\\d{2}))(?= |$)");
    private static final Pattern NAME = Pattern.compile("[A-Z0-9]{1,40}");

    public Pairs {
        byName = Collections.unmodifiableMap(new TreeMap<>(byName));
        leftOut = Collections.unmodifiableMap(new TreeMap<>(leftOut));
    }

    /** What a text tells of them; what it does not tell is asked for again. */
    public static Pairs of(String text) {
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

    /**
     * Checks names of pairs that somebody has set: in upper case, each once.
     *
     * @param setting what it is called
     * @throws IllegalArgumentException where one of them is none
     */
    public static List<String> require(String setting, List<String> names) {
        List<String> all = names.stream()
                .map(name -> name.strip().toUpperCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
        if (!all.stream().allMatch(name -> name.matches("[A-Z0-9]{4,30}"))) {
            throw new IllegalArgumentException("%s is \"%s\"; it takes pairs with commas between them, as btcusd,ethusd"
                    .formatted(setting, String.join(",", names)));
        }
        return all;
    }

    /** Whether it can be asked about and kept. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    public boolean has(String name) {
        return byName.containsKey(name);
    }

    /** What is known of a pair that it {@link #has}. */
    public Pair get(String name) {
        return byName.getOrDefault(name, Pair.UNKNOWN);
    }

    /** Each asset, with the currencies in which it has a price. */
    public List<DescribedAsset> assets(String source) {
        Map<String, List<String>> quotes =
                byName.values().stream().collect(groupingBy(Pair::asset, TreeMap::new, mapping(Pair::quote, toList())));
        return quotes.entrySet().stream()
                .map(asset ->
                        new DescribedAsset(source, asset.getKey(), asset.getKey(), "", Map.of(), asset.getValue()))
                .toList();
    }

    /**
     * With what the exchange now says of those of these that are not known: first the wanted ones, and then some others, from
     * poll to poll. Of what it refuses to tell of one it is asked again on the next day, and what fails is one of the attempts;
     * a wanted one is asked about in each poll, so that it is told as long as it is so.
     *
     * @param names of all that there are
     * @param wanted those that have to be known
     * @param question asks about one; nothing where the exchange says nothing of it that can be used
     */
    public Mono<Pairs> learn(
            Collection<String> names,
            Collection<String> wanted,
            Instant time,
            Function<String, Mono<Pair>> question,
            Attempts attempts) {
        Stream<String> unknown = names.stream().filter(name -> wanted.contains(name) && !has(name));
        return Flux.fromStream(() -> Stream.concat(unknown, others(names, wanted, time)))
                .concatMap(name -> learn(name, wanted.contains(name), time, question.apply(name), attempts), 1)
                .onErrorResume(SourceException.class, said -> {
                    attempts.failed("pairs", said);
                    return Mono.empty();
                })
                .reduce(this, (pairs, news) -> news.apply(pairs))
                .doOnNext(this::logNews);
    }

    private static Mono<UnaryOperator<Pairs>> learn(
            String name, boolean isWanted, Instant time, Mono<Pair> answer, Attempts attempts) {
        return answer.filter(Pair::isWhole)
                .<UnaryOperator<Pairs>>map(pair -> pairs -> pairs.with(name, pair))
                .onErrorResume(SourceException.class, said -> {
                    if (!isOfOnePair(said)) {
                        return Mono.error(said);
                    }
                    if (isWanted) {
                        attempts.failed(name, said);
                    }
                    return Mono.empty();
                })
                .defaultIfEmpty(isWanted ? UnaryOperator.identity() : pairs -> pairs.without(name, time));
    }

    /** What an exchange refuses to say of one pair says nothing of others. */
    private static boolean isOfOnePair(SourceException said) {
        return said.retryAfter() == null && (said.kind() == Kind.NOT_ALLOWED || said.kind() == Kind.UNREADABLE);
    }

    /** Others come first each time, so that some with which the exchange fails hold up none. */
    private Stream<String> others(Collection<String> names, Collection<String> wanted, Instant time) {
        List<String> others = new ArrayList<>(names.stream()
                .filter(name -> !wanted.contains(name) && isToBeAsked(name, time))
                .toList());
        Collections.rotate(others, (int) time.getEpochSecond());
        return others.stream().limit(Math.max(0, Math.min(MOST_NEW, MOST - byName.size() - leftOut.size())));
    }

    /**
     * Names those that are not there.
     *
     * @param wanted by who set them
     * @param names of all that there are
     * @param setting that names them
     * @return a failure, where there are any
     */
    public <T> Flux<T> requireAll(Collection<String> wanted, Collection<String> names, String setting) {
        String missing = wanted.stream()
                .filter(name -> !names.contains(name) || !has(name))
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(joining(", "));
        String reason = "%s names %s, which the exchange does not have, has closed or does not explain"
                .formatted(setting, missing);
        return missing.isEmpty() ? Flux.empty() : Flux.error(new SourceException(Kind.NOT_ALLOWED, reason));
    }

    /** Whether it is not known, and is not left out at this time. */
    private boolean isToBeAsked(String name, Instant time) {
        LocalDate until = leftOut.get(name);
        return isName(name) && !has(name) && (until == null || !until.isAfter(day(time)));
    }

    private void logNews(Pairs pairs) {
        if (!pairs.equals(this)) {
            log.info("the exchange told of its pairs known={} left_out={}", pairs.byName.size(), pairs.leftOut.size());
        }
    }

    private Pairs with(String name, Pair pair) {
        Map<String, Pair> more = new TreeMap<>(byName);
        more.put(name, pair);
        Map<String, LocalDate> others = new TreeMap<>(leftOut);
        others.remove(name);
        return new Pairs(more, others);
    }

    /** Leaves a pair out until the next day of UTC. */
    private Pairs without(String name, Instant time) {
        Map<String, LocalDate> more = new TreeMap<>(leftOut);
        more.put(name, day(time).plusDays(1));
        return new Pairs(byName, more);
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    /** As a source remembers it. */
    public String toText() {
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
}
