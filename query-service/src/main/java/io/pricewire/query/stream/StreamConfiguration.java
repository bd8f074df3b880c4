package io.pricewire.query.stream;

import io.pricewire.eventstream.EventStream;
import io.pricewire.eventstream.StreamLifecycle;
import io.pricewire.query.json.DecimalJson;
import io.pricewire.query.prices.KnownPrice;
import io.pricewire.query.prices.LatestPrices;
import io.pricewire.query.reference.KnownReference;
import io.pricewire.query.reference.LatestReferences;
import io.pricewire.query.reference.StoredReferences;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** The feeds of prices and their clients. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StreamSettings.class)
public class StreamConfiguration {

    @Bean
    ClientLoops clientLoops(StreamSettings settings) {
        return new ClientLoops(Runtime.getRuntime().availableProcessors(), settings.heartbeat());
    }

    @Bean
    PriceFeed<KnownPrice> observedFeed(
            EventStream stream, LatestPrices latest, StreamSettings settings, ClientLoops loops, Clock clock) {
        return new PriceFeed<>(stream, new ObservedPrices(stream, latest), settings.ringSize(), loops, clock);
    }

    @Bean
    PriceFeed<KnownReference> referenceFeed(
            EventStream stream,
            DatabaseClient client,
            DecimalJson json,
            StreamSettings settings,
            ClientLoops loops,
            Clock clock) {
        ReferencePrices references = new ReferencePrices(new StoredReferences(client), new LatestReferences(json));
        return new PriceFeed<>(stream, references, settings.ringSize(), loops, clock);
    }

    /** Stops before the server does, which waits for requests to end: streams do not end by themselves. */
    @Bean
    StreamLifecycle feedLifecycle(
            PriceFeed<KnownPrice> observed, PriceFeed<KnownReference> references, ClientLoops loops) {
        Sinks.Empty<Void> stop = Sinks.empty();
        return new StreamLifecycle(Mono.when(observed.run(), references.run()).takeUntilOther(stop.asMono()), () -> {
            loops.endForGood();
            stop.tryEmitEmpty();
        });
    }

    @Bean
    StreamRoutes streamRoutes(
            PriceFeed<KnownPrice> observed,
            PriceFeed<KnownReference> references,
            ClientLoops loops,
            StreamSettings settings,
            Clock clock) {
        return new StreamRoutes(observed, references, loops, settings.maxStreams(), clock);
    }
}
