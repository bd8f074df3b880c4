package io.pricewire.ingestor.gemini;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.CallBudget;
import io.pricewire.ingestor.Calls;
import io.pricewire.ingestor.Figure;
import io.pricewire.ingestor.PolledSource;
import io.pricewire.ingestor.SourceException;
import io.pricewire.ingestor.SourceException.Kind;
import io.pricewire.ingestor.gemini.Pairs.Pair;
import io.pricewire.ingestor.http.JsonRecord;
import io.pricewire.ingestor.http.JsonRecords;
import io.pricewire.ingestor.http.PriceReading;
import io.pricewire.ingestor.http.Readings;
import io.pricewire.ingestor.http.RecordContext;
import io.pricewire.ingestor.http.ServiceClient;
import io.pricewire.ingestor.http.ServiceRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Gemini's {@code /v1/pricefeed}, which has every pair, and {@code /v1/pubticker} of the pairs whose bid and ask are wanted;
 * each is a batch. What it remembers is {@link Pairs}.
 */
record GeminiSource(GeminiSettings settings, ServiceClient gemini) implements PolledSource {

    /** Asked for in one poll; there are hundreds, and the first poll is not to take minutes. */
    private static final int MOST_NEW_PAIRS = 30;

    private static final String FEED = "pricefeed";
    private static final String TICKER = "pubticker";
    private static final String END = "end";

    @Override
    public String name() {
        return "gemini";
    }

    @Override
    public Duration interval() {
        return settings.interval();
    }

    @Override
    public CallBudget budget() {
        return settings.service().budget();
    }

    @Override
    public Flux<Batch> poll(@Nullable String position, Calls calls) {
        return poll(position, "", calls);
    }

    @Override
    public Flux<Batch> poll(@Nullable String position, String memory, Calls calls) {
        Pairs known = Pairs.of(memory);
        if (position == null) {
            return gemini.get(ServiceRequest.to("/v1/pricefeed"), JsonRecords::read, calls)
                    .flatMapMany(feed -> all(feed, known, calls));
        }
        List<String> wanted = settings.symbols().stream().filter(known::has).toList();
        return position.equals(TICKER) ? tickers(wanted, known, calls) : Flux.empty();
    }

    @Override
    public Batch reread(String text, String context) {
        return Readings.again(GeminiSource::read, text, context);
    }

    private Flux<Batch> all(JsonRecords feed, Pairs known, Calls calls) {
        List<String> names = feed.records().stream()
                .flatMap(json -> Stream.ofNullable(json.at("pair")))
                .toList();
        return learn(names, feed.receivedAt(), known, calls).flatMapMany(pairs -> {
            List<String> wanted = settings.symbols().stream()
                    .filter(symbol -> names.contains(symbol) && pairs.has(symbol))
                    .toList();
            return Flux.concat(Mono.just(read(feed, pairs, known)), tickers(wanted, pairs, calls), nameAllBut(wanted));
        });
    }

    /** Those that are wanted come first, and then others each time, so that some which tell nothing hold up none. */
    private Mono<Pairs> learn(List<String> names, Instant time, Pairs known, Calls calls) {
        List<String> unknown = new ArrayList<>(names);
        unknown.removeIf(known::has);
        Collections.rotate(unknown, (int) time.getEpochSecond());
        return Flux.fromIterable(unknown)
                .sort(Comparator.<String, Boolean>comparing(settings.symbols()::contains)
                        .reversed())
                .take(MOST_NEW_PAIRS)
                .concatMap(name -> learn(name, calls))
                .reduce(known, (pairs, learnt) -> pairs.with(learnt.getKey(), learnt.getValue()));
    }

    /** What a pair is that is not closed. What Gemini cannot explain has no price, and is asked for again. */
    private Mono<Map.Entry<String, Pair>> learn(String name, Calls calls) {
        return gemini.get(ServiceRequest.to("/v1/symbols/details/" + lower(name)), JsonRecords::oneOf, calls)
                .map(answer -> answer.records().getFirst())
                .filter(details -> !details.textAt("status").equals("closed"))
                .map(details -> Map.entry(name, pair(name, details)))
                .filter(learnt -> learnt.getValue().isWhole())
                .onErrorComplete(failure -> failure instanceof SourceException said
                        && said.kind() != Kind.UNAVAILABLE
                        && said.kind() != Kind.RATE_LIMITED);
    }

    /** What is no spot market has a price of its own, which is not that of its base. */
    private static Pair pair(String name, JsonRecord details) {
        boolean isSpot = List.of("", "spot").contains(details.textAt("product_type"));
        String asset = isSpot ? details.textAt("base_currency") : name;
        return new Pair(
                asset.toUpperCase(Locale.ROOT), details.textAt("quote_currency").toUpperCase(Locale.ROOT));
    }

    private Batch read(JsonRecords feed, Pairs pairs, Pairs known) {
        Readings readings = new Readings(GeminiSource::read);
        feed.records().stream()
                .filter(json -> json.at("pair") == null || pairs.has(json.textAt("pair")))
                .filter(json -> !settings.symbols().contains(json.textAt("pair")))
                .forEach(json -> readings.add(json, context(FEED, pairs.get(json.textAt("pair")), feed)));
        Batch batch = readings.toBatch(settings.symbols().isEmpty() ? END : TICKER, 1, 2);
        return pairs.equals(known) ? batch : batch.describing(pairs.assets()).remembering(pairs.toText());
    }

    private Flux<Batch> tickers(List<String> wanted, Pairs pairs, Calls calls) {
        if (wanted.isEmpty()) {
            return Flux.empty();
        }
        Readings readings = new Readings(GeminiSource::read);
        return Flux.fromIterable(wanted)
                .concatMap(name -> gemini.get(
                                ServiceRequest.to("/v1/pubticker/" + lower(name)), JsonRecords::oneOf, calls)
                        .doOnNext(ticker -> readings.add(ticker.records(), context(TICKER, pairs.get(name), ticker))))
                .then(Mono.fromCallable(() -> readings.toBatch(END, 2, 2)))
                .flux();
    }

    /** Whoever configured a pair that Gemini does not have is told, when all others are published. */
    private Flux<Batch> nameAllBut(List<String> found) {
        List<String> missing = settings.symbols().stream()
                .filter(symbol -> !found.contains(symbol))
                .map(GeminiSource::lower)
                .toList();
        String reason = "GEMINI_SYMBOLS names %s, which Gemini does not have or has closed"
                .formatted(String.join(", ", missing));
        return missing.isEmpty() ? Flux.empty() : Flux.error(new SourceException(Kind.NOT_ALLOWED, reason));
    }

    private static RecordContext context(String kind, Pair pair, JsonRecords answer) {
        return new RecordContext(kind, pair.asset(), List.of(pair.quote()), answer.answeredAt());
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static PriceReading read(JsonRecord json, RecordContext context, String quote) {
        PriceReading reading = PriceReading.about(context.asset(), "gemini", json, quote, context.receivedAt())
                .symbol(context.asset());
        return context.kind().equals(TICKER)
                ? reading.price("last")
                        .figure(Figure.BID, "bid")
                        .figure(Figure.ASK, "ask")
                        .figure(Figure.VOLUME_24H, "volume." + quote)
                        .observedAtMilliseconds("volume.timestamp")
                : reading.price("price").figure(Figure.CHANGE_24H_PCT, "percentChange24h");
    }
}
