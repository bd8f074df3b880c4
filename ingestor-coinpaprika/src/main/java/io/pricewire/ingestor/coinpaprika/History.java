package io.pricewire.ingestor.coinpaprika;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.Calls;
import io.pricewire.ingestor.Figure;
import io.pricewire.ingestor.Interval;
import io.pricewire.ingestor.Past;
import io.pricewire.ingestor.SourceException;
import io.pricewire.ingestor.http.JsonRecord;
import io.pricewire.ingestor.http.JsonRecords;
import io.pricewire.ingestor.http.PriceReading;
import io.pricewire.ingestor.http.Readings;
import io.pricewire.ingestor.http.RecordContext;
import io.pricewire.ingestor.http.ServiceClient;
import io.pricewire.ingestor.http.ServiceRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What CoinPaprika tells of the past, in two shapes: {@code /tickers/{id}/historical}, prices at times, and
 * {@code /coins/{id}/ohlcv/historical}, bars of days. Without a key it tells a price of each day only; with one a price
 * every 5 minutes, for which it is asked where one answer has them all, and else for bars.
 */
record History(CoinPaprikaSettings settings, ServiceClient coinPaprika) {

    static final String TICKS = "tickers/historical";
    static final String BARS = "ohlcv/historical";

    private static final int MOST_TICKS = 5_000;
    private static final int MOST_BARS = 366;
    private static final Duration DAY = Duration.ofDays(1);

    /** As long as {@value #MOST_TICKS} times 5 minutes, and in whole days. */
    private static final Duration LONGEST_IN_TICKS = Duration.ofDays(17);

    /** It tells of the past in no others. */
    private static final List<String> QUOTES = List.of("USD", "BTC");

    Flux<Batch> read(Past past, @Nullable String position, Calls calls) {
        List<Piece> pieces = settings.quotes().stream()
                .filter(QUOTES::contains)
                .flatMap(quote -> pieces(past, quote).stream())
                .toList();
        return pieces.isEmpty()
                ? Flux.error(new SourceException(
                        SourceException.Kind.NOT_ALLOWED,
                        "CoinPaprika tells of the past in USD and BTC only, and COINPAPRIKA_QUOTES has neither"))
                : Readings.ofEach(pieces, position, piece -> ask(piece, calls));
    }

    private List<Piece> pieces(Past past, String quote) {
        if (settings.isFree()) {
            return pieces(past, DAY.multipliedBy(MOST_TICKS), quote, TICKS, "1d");
        }
        if (past.length().compareTo(LONGEST_IN_TICKS) <= 0) {
            return pieces(past, LONGEST_IN_TICKS, quote, TICKS, "5m");
        }
        Instant before = past.before().truncatedTo(ChronoUnit.DAYS);
        return pieces(new Past(past.assets(), past.from(), before), DAY.multipliedBy(MOST_BARS), quote, BARS, "");
    }

    private static List<Piece> pieces(Past past, Duration longest, String quote, String kind, String interval) {
        return past.pieces(longest).stream()
                .map(piece -> new Piece(piece, piece.assets().getFirst(), quote, kind, interval))
                .toList();
    }

    private Mono<Readings> ask(Piece piece, Calls calls) {
        return coinPaprika
                .get(piece.request(), JsonRecords::read, calls)
                .map(answer -> new Readings(CoinPaprikaSource::read)
                        .add(answer.records(), answer.context(piece.kind(), piece.asset(), piece.quote())));
    }

    /** A price at a time, or a bar. */
    static PriceReading read(JsonRecord json, RecordContext context, String quote) {
        PriceReading reading = PriceReading.about(context.asset(), CoinPaprikaSource.NAME, json, quote, context.time());
        return context.kind().equals(BARS)
                ? reading.bar(Interval.DAY, "time_open", "time_close")
                        .price("close")
                        .figure(Figure.OPEN, "open")
                        .figure(Figure.HIGH, "high")
                        .figure(Figure.LOW, "low")
                        .figure(Figure.VOLUME_QUOTE, "volume")
                        .figure(Figure.MARKET_CAP, "market_cap")
                : reading.observedAt("timestamp")
                        .timed()
                        .price("price")
                        .figure(Figure.VOLUME_24H, "volume_24h")
                        .figure(Figure.MARKET_CAP, "market_cap");
    }

    /**
     * What one call asks for.
     *
     * @param interval of prices; empty for bars
     */
    private record Piece(Past past, String asset, String quote, String kind, String interval) {

        ServiceRequest request() {
            ServiceRequest request = kind.equals(BARS)
                    ? ServiceRequest.toNames("coins", asset, "ohlcv", "historical")
                            .with("limit", MOST_BARS)
                    : ServiceRequest.toNames("tickers", asset, "historical")
                            .with("limit", MOST_TICKS)
                            .with("interval", interval);
            return request.with("quote", quote.toLowerCase(Locale.ROOT))
                    .with("start", past.from().getEpochSecond())
                    .with("end", past.before().getEpochSecond());
        }
    }
}
