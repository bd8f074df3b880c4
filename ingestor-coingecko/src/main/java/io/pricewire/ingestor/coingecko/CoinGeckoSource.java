package io.pricewire.ingestor.coingecko;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.Calls;
import io.pricewire.ingestor.PolledSource;
import io.pricewire.ingestor.http.Readings;
import io.pricewire.ingestor.http.ServiceClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** CoinGecko's {@code /coins/markets}: each page is a batch. */
final class CoinGeckoSource implements PolledSource {

    private final CoinGeckoSettings settings;
    private final ServiceClient coinGecko;

    CoinGeckoSource(CoinGeckoSettings settings, ServiceClient coinGecko) {
        this.settings = settings;
        this.coinGecko = coinGecko;
    }

    @Override
    public String name() {
        return "coingecko";
    }

    @Override
    public Duration interval() {
        return settings.interval();
    }

    @Override
    public Flux<Batch> poll(@Nullable String position, Calls calls) {
        return Flux.defer(() -> new Sweep(settings, coinGecko, calls).from(position));
    }

    @Override
    public Batch reread(String text, String context) {
        return Readings.again(Sweep::read, text, context);
    }
}
