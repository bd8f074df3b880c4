package io.pricewire.ingestor.gemini;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.CallBudget;
import io.pricewire.ingestor.Calls;
import io.pricewire.ingestor.Figure;
import io.pricewire.ingestor.PolledSource;
import io.pricewire.ingestor.http.JsonRecord;
import io.pricewire.ingestor.http.PriceReading;
import io.pricewire.ingestor.http.Readings;
import io.pricewire.ingestor.http.RecordContext;
import io.pricewire.ingestor.http.ServiceClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Gemini's {@code /v1/pricefeed}, which has every pair, and {@code /v1/pubticker} of the pairs whose bid and ask are wanted,
 * each a batch: {@link GeminiPoll}. What it remembers is {@link Pairs}.
 */
record GeminiSource(GeminiSettings settings, ServiceClient gemini) implements PolledSource {

    static final String FEED = "pricefeed";
    static final String TICKER = "pubticker";
    static final String END = "end";

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
        return Flux.defer(() -> {
            GeminiPoll poll = new GeminiPoll(settings.symbols(), Pairs.of(memory), gemini, calls);
            return position == null ? poll.all() : position.equals(TICKER) ? poll.rest() : Flux.empty();
        });
    }

    @Override
    public Batch reread(String text, String context) {
        return Readings.again(GeminiSource::read, text, context);
    }

    static PriceReading read(JsonRecord json, RecordContext context, String quote) {
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
