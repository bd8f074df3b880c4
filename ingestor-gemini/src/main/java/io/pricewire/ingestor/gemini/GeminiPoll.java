package io.pricewire.ingestor.gemini;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.Calls;
import io.pricewire.ingestor.SourceException;
import io.pricewire.ingestor.SourceException.Kind;
import io.pricewire.ingestor.gemini.Pairs.Pair;
import io.pricewire.ingestor.http.JsonRecord;
import io.pricewire.ingestor.http.JsonRecords;
import io.pricewire.ingestor.http.Readings;
import io.pricewire.ingestor.http.RecordContext;
import io.pricewire.ingestor.http.ServiceClient;
import io.pricewire.ingestor.http.ServiceRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One poll: the prices of the pairs that are known, those of the pairs of which Gemini now tells what they are, and one
 * ticker after the other. One thing that fails holds up none of the others, unless Gemini asks to be left alone; the first
 * failure is told when all else is published.
 */
final class GeminiPoll {

    private static final Logger log = LoggerFactory.getLogger(GeminiPoll.class);

    /** Asked for in one poll besides the wanted ones; there are hundreds, and the first poll is not to take minutes. */
    private static final int MOST_NEW_PAIRS = 30;

    private final List<String> wanted;
    private final ServiceClient gemini;
    private final Calls calls;
    private final Set<String> closed = new HashSet<>();
    private Pairs pairs;
    private int unexplained;
    private @Nullable SourceException failure;

    GeminiPoll(List<String> wanted, Pairs known, ServiceClient gemini, Calls calls) {
        this.wanted = wanted;
        this.pairs = known;
        this.gemini = gemini;
        this.calls = calls;
    }

    Flux<Batch> all() {
        return gemini.get(ServiceRequest.to("/v1/pricefeed"), JsonRecords::read, calls)
                .flatMapMany(this::all);
    }

    /** What comes after the prices of the feed. */
    Flux<Batch> rest() {
        return Flux.concat(tickers(wanted), Flux.defer(this::tellFailure));
    }

    private Flux<Batch> all(JsonRecords feed) {
        List<String> names = feed.records().stream()
                .flatMap(json -> Stream.ofNullable(json.at("pair")))
                .filter(Pairs::isName)
                .toList();
        Pairs known = pairs;
        return Flux.concat(
                Mono.fromCallable(() -> read(feed, json -> json.at("pair") == null || known.has(json.textAt("pair")))),
                learn(names, feed.receivedAt()).then(Mono.defer(() -> news(feed, known))),
                Flux.defer(() -> tickers(wanted.stream().filter(names::contains).toList())),
                Flux.defer(this::tellFailure),
                Flux.defer(() -> nameMissing(names)));
    }

    /** Others come first each time, so that some with which Gemini fails hold up none. */
    private Mono<Void> learn(List<String> names, Instant time) {
        List<String> others = new ArrayList<>(names.stream()
                .filter(name -> !wanted.contains(name) && pairs.isToBeAsked(name, time))
                .toList());
        Collections.rotate(others, (int) time.getEpochSecond());
        Stream<String> wantedFirst = Stream.concat(
                wanted.stream().filter(name -> names.contains(name) && !pairs.has(name)),
                others.stream().limit(MOST_NEW_PAIRS));
        return Flux.fromStream(() -> wantedFirst)
                .concatMap(name -> learn(name, time))
                .takeWhile(isToGoOn -> isToGoOn)
                .then(Mono.fromRunnable(() -> {
                    if (unexplained > 0) {
                        log.info(
                                "pairs could not be explained, and are asked about again tomorrow pairs={}",
                                unexplained);
                    }
                }));
    }

    /** Returns whether others may be asked about. */
    private Mono<Boolean> learn(String name, Instant time) {
        return gemini.get(ServiceRequest.to("/v1/symbols/details/" + lower(name)), JsonRecords::oneOf, calls)
                .map(answer -> {
                    learn(name, answer.records().getFirst(), time);
                    return true;
                })
                .onErrorResume(SourceException.class, said -> Mono.just(isPassedOver(name, said, time)));
    }

    private void learn(String name, JsonRecord details, Instant time) {
        Pair pair = pair(name, details);
        if (details.textAt("status").equals("closed")) {
            closed.add(name);
            leaveOut(name, time);
        } else if (pair.isWhole()) {
            pairs = pairs.with(name, pair);
        } else {
            unexplained(name, new SourceException(Kind.UNREADABLE, "Gemini does not say of what it is made"), time);
        }
    }

    /** What Gemini refuses to say of one pair says nothing of others. */
    private boolean isPassedOver(String name, SourceException said, Instant time) {
        if (isLeftAlone(said) || said.kind() == Kind.UNAVAILABLE) {
            fail(said);
            return false;
        }
        unexplained(name, said, time);
        return true;
    }

    private void unexplained(String name, SourceException said, Instant time) {
        unexplained++;
        leaveOut(name, time);
        if (wanted.contains(name)) {
            fail(about(name, said));
        }
    }

    /** A wanted one is asked about in each poll, so that it is told as long as it is so. */
    private void leaveOut(String name, Instant time) {
        if (!wanted.contains(name)) {
            pairs = pairs.without(name, time);
        }
    }

    /** What is no spot market has a price of its own, which is not that of its base. */
    private static Pair pair(String name, JsonRecord details) {
        boolean isSpot = List.of("", "spot").contains(details.textAt("product_type"));
        String asset = isSpot ? details.textAt("base_currency") : name;
        return new Pair(
                asset.toUpperCase(Locale.ROOT), details.textAt("quote_currency").toUpperCase(Locale.ROOT));
    }

    /** What was learnt, also where something failed meanwhile. */
    private Mono<Batch> news(JsonRecords feed, Pairs known) {
        if (pairs.equals(known)) {
            return Mono.empty();
        }
        Batch batch = read(feed, json -> pairs.has(json.textAt("pair")) && !known.has(json.textAt("pair")))
                .remembering(pairs.toText());
        return Mono.just(pairs.hasMoreThan(known) ? batch.describing(pairs.assets()) : batch);
    }

    private Batch read(JsonRecords feed, Predicate<JsonRecord> isRead) {
        Readings readings = new Readings(GeminiSource::read);
        feed.records().stream()
                .filter(isRead)
                .filter(json -> !wanted.contains(json.textAt("pair")))
                .forEach(json -> readings.add(json, context(GeminiSource.FEED, pairs.get(json.textAt("pair")), feed)));
        return readings.toBatch(wanted.isEmpty() ? GeminiSource.END : GeminiSource.TICKER, 1, 1L + wanted.size());
    }

    private Flux<Batch> tickers(List<String> names) {
        List<String> known = names.stream().filter(pairs::has).toList();
        return Flux.range(0, known.size()).concatMap(index -> ticker(known.get(index), index, known.size()));
    }

    private Mono<Batch> ticker(String name, int index, int count) {
        return Mono.defer(() -> failure != null && isLeftAlone(failure)
                ? Mono.empty()
                : gemini.get(ServiceRequest.to("/v1/pubticker/" + lower(name)), JsonRecords::oneOf, calls)
                        .map(ticker -> new Readings(GeminiSource::read)
                                .add(ticker.records(), context(GeminiSource.TICKER, pairs.get(name), ticker))
                                .toBatch(
                                        index == count - 1 ? GeminiSource.END : GeminiSource.TICKER,
                                        2L + index,
                                        1L + count))
                        .onErrorResume(SourceException.class, said -> {
                            fail(about(name, said));
                            return Mono.empty();
                        }));
    }

    /** One that asks to be left alone counts most. */
    private void fail(SourceException said) {
        if (failure == null || (isLeftAlone(said) && !isLeftAlone(failure))) {
            failure = said;
        }
    }

    private static boolean isLeftAlone(SourceException said) {
        return said.retryAfter() != null || said.kind() == Kind.RATE_LIMITED;
    }

    private Flux<Batch> tellFailure() {
        return failure == null ? Flux.empty() : Flux.error(failure);
    }

    private Flux<Batch> nameMissing(List<String> names) {
        List<String> missing = wanted.stream()
                .filter(name -> !names.contains(name) || closed.contains(name))
                .map(GeminiPoll::lower)
                .toList();
        String reason = "GEMINI_SYMBOLS names %s, which Gemini does not have or has closed"
                .formatted(String.join(", ", missing));
        return missing.isEmpty() ? Flux.empty() : Flux.error(new SourceException(Kind.NOT_ALLOWED, reason));
    }

    private static SourceException about(String name, SourceException said) {
        return new SourceException(
                said.kind(), "%s: %s".formatted(lower(name), said.getMessage()), said.retryAfter(), said);
    }

    private static RecordContext context(String kind, Pair pair, JsonRecords answer) {
        return new RecordContext(kind, pair.asset(), List.of(pair.quote()), answer.answeredAt());
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
