package io.pricewire.ingestor.gemini;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.Calls;
import io.pricewire.ingestor.Figure;
import io.pricewire.ingestor.http.Attempts;
import io.pricewire.ingestor.http.JsonRecord;
import io.pricewire.ingestor.http.JsonRecords;
import io.pricewire.ingestor.http.Pair;
import io.pricewire.ingestor.http.Pairs;
import io.pricewire.ingestor.http.PriceReading;
import io.pricewire.ingestor.http.Readings;
import io.pricewire.ingestor.http.RecordContext;
import io.pricewire.ingestor.http.ServiceClient;
import io.pricewire.ingestor.http.WebSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Gemini's {@code /v1/pricefeed}, which has every pair, and {@code /v1/pubticker} of the pairs whose bid and ask are wanted,
 * each a batch. What it remembers is of what the pairs are made.
 */
final class GeminiSource extends WebSource {

    private static final String NAME = "gemini";
    private static final String TICKER = "pubticker";
    private static final String END = "end";

    private final List<String> wanted;

    GeminiSource(GeminiSettings settings, ServiceClient gemini) {
        super(NAME, settings.interval(), gemini, GeminiSource::read);
        this.wanted = settings.symbols();
    }

    @Override
    public Flux<Batch> poll(@Nullable String position, String memory, Calls calls) {
        return Flux.defer(() -> {
            Attempts gemini = new Attempts(service(), calls);
            Pairs known = Pairs.of(memory);
            return switch (position) {
                case null -> gemini.records("/v1/pricefeed").flatMapMany(feed -> all(feed, known, gemini));
                case TICKER -> tickers(wanted, known, gemini);
                default -> Flux.empty();
            };
        });
    }

    private Flux<Batch> all(JsonRecords feed, Pairs known, Attempts gemini) {
        List<String> names =
                feed.records().stream().map(json -> json.textAt("pair")).toList();
        return known.learn(names, wanted, feed.receivedAt(), name -> pair(name, gemini), gemini)
                .flatMapMany(pairs -> Flux.concat(
                        Mono.fromCallable(() -> read(feed, pairs, known)),
                        tickers(wanted.stream().filter(names::contains).toList(), pairs, gemini),
                        pairs.requireAll(wanted, names, "GEMINI_SYMBOLS")));
    }

    /** A pair's name does not tell where its base ends. What is no spot market has a price that is not that of its base. */
    private static Mono<Pair> pair(String name, Attempts gemini) {
        return gemini.record("/v1/symbols/details/" + lower(name))
                .map(answer -> answer.records().getFirst())
                .filter(details -> !details.textAt("status").equals("closed"))
                .map(details -> new Pair(
                        isSpot(details) ? details.textAt("base_currency") : name, details.textAt("quote_currency")));
    }

    private static boolean isSpot(JsonRecord details) {
        return List.of("", "spot").contains(details.textAt("product_type"));
    }

    private Batch read(JsonRecords feed, Pairs pairs, Pairs known) {
        Readings readings = readings();
        feed.records().stream()
                .filter(json -> json.at("pair") == null || pairs.has(json.textAt("pair")))
                .filter(json -> !wanted.contains(json.textAt("pair")))
                .forEach(json -> readings.add(json, feed.context("", pairs.get(json.textAt("pair")))));
        Batch batch = readings.toBatch(wanted.isEmpty() ? END : TICKER, 1, 1L + wanted.size());
        return pairs.equals(known)
                ? batch
                : batch.describing(pairs.assets(NAME)).remembering(pairs.toText());
    }

    private Flux<Batch> tickers(List<String> names, Pairs pairs, Attempts gemini) {
        List<String> known = names.stream().filter(pairs::has).toList();
        return gemini.each(
                known,
                1,
                TICKER,
                END,
                name -> gemini.record("/v1/pubticker/" + lower(name))
                        .map(ticker -> readings().add(ticker.records(), ticker.context(TICKER, pairs.get(name)))));
    }

    /** The feed's {@code percentChange24h} is not read: it is documented as percent, and others find a fraction there. */
    private static PriceReading read(JsonRecord json, RecordContext context, String quote) {
        PriceReading reading = PriceReading.about(context.asset(), NAME, json, quote, context.time())
                .symbol(context.asset());
        return context.kind().equals(TICKER)
                ? reading.price("last")
                        .figure(Figure.BID, "bid")
                        .figure(Figure.ASK, "ask")
                        .figure(Figure.VOLUME_24H, "volume." + quote)
                        .observedAtMilliseconds("volume.timestamp")
                : reading.price("price");
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
