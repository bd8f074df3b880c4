package io.pricewire.ingestor.coingecko;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.Calls;
import io.pricewire.ingestor.Figure;
import io.pricewire.ingestor.Past;
import io.pricewire.ingestor.http.JsonRecord;
import io.pricewire.ingestor.http.JsonRecords;
import io.pricewire.ingestor.http.PriceReading;
import io.pricewire.ingestor.http.Readings;
import io.pricewire.ingestor.http.RecordContext;
import io.pricewire.ingestor.http.ServiceClient;
import io.pricewire.ingestor.http.ServiceRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What CoinGecko tells of the past: {@code /coins/{id}/market_chart/range}, of as many days as it tells the prices of each
 * hour. How far back that goes depends on the plan; CoinGecko says so where it is too far.
 */
record Chart(List<String> quotes, ServiceClient coinGecko) {

    static final String KIND = "market_chart";

    /** Of more than these it tells one price a day. */
    private static final Duration LONGEST_IN_HOURS = Duration.ofDays(90);

    Flux<Batch> read(Past past, @Nullable String position, Calls calls) {
        List<Piece> pieces = quotes.stream()
                .flatMap(quote -> past.pieces(LONGEST_IN_HOURS).stream().map(stretch -> new Piece(stretch, quote)))
                .toList();
        return Readings.ofEach(pieces, position, piece -> ask(piece, calls));
    }

    private Mono<Readings> ask(Piece piece, Calls calls) {
        return coinGecko
                .get(piece.request(), JsonRecords::ofSeries, calls)
                .map(answer -> new Readings(Sweep::read)
                        .add(answer.records(), answer.context(KIND, piece.asset(), piece.quote())));
    }

    static PriceReading read(JsonRecord json, RecordContext context, String quote) {
        return PriceReading.about(context.asset(), CoinGeckoSource.NAME, json, quote, context.time())
                .observedAtMilliseconds("time")
                .timed()
                .price("prices")
                .figure(Figure.MARKET_CAP, "market_caps")
                .figure(Figure.VOLUME_24H, "total_volumes");
    }

    /** What one call asks for. */
    private record Piece(Past past, String quote) {

        String asset() {
            return past.assets().getFirst();
        }

        /** It takes seconds, and tells milliseconds. */
        ServiceRequest request() {
            return ServiceRequest.toNames("coins", asset(), "market_chart", "range")
                    .with("vs_currency", quote.toLowerCase(Locale.ROOT))
                    .with("from", past.from().getEpochSecond())
                    .with("to", past.before().getEpochSecond())
                    .with("precision", "full");
        }
    }
}
