package io.pricewire.query.stream;

import io.pricewire.eventstream.EventStream;
import io.pricewire.eventstream.StreamLifecycle;
import io.pricewire.query.prices.LatestPrices;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Sinks;

/** The feed of prices and its clients. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StreamSettings.class)
public class StreamConfiguration {

    @Bean
    ClientLoops clientLoops(StreamSettings settings) {
        return new ClientLoops(Runtime.getRuntime().availableProcessors(), settings.heartbeat());
    }

    @Bean
    PriceFeed priceFeed(EventStream stream, LatestPrices latest, StreamSettings settings, ClientLoops loops) {
        return new PriceFeed(stream, latest, settings.ringSize(), loops);
    }

    /** Stops before the server does, which waits for requests to end: streams do not end by themselves. */
    @Bean
    StreamLifecycle feedLifecycle(PriceFeed feed, ClientLoops loops) {
        Sinks.Empty<Void> stop = Sinks.empty();
        return new StreamLifecycle(feed.run().takeUntilOther(stop.asMono()), () -> {
            loops.endForGood();
            stop.tryEmitEmpty();
        });
    }

    @Bean
    StreamRoutes streamRoutes(PriceFeed feed, ClientLoops loops, StreamSettings settings, Clock clock) {
        return new StreamRoutes(feed, loops, settings.maxStreams(), clock);
    }
}
