package io.pricewire.query.stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.pricewire.eventstream.EventStream;
import io.pricewire.eventstream.StreamLifecycle;
import io.pricewire.query.access.KeyRing;
import io.pricewire.query.canary.CanaryWatch;
import io.pricewire.query.json.DecimalJson;
import io.pricewire.query.prices.KnownPrice;
import io.pricewire.query.prices.LatestPrices;
import io.pricewire.query.reference.KnownReference;
import io.pricewire.query.reference.LatestReferences;
import io.pricewire.query.reference.StoredReferences;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.core.env.Environment;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.json.JsonMapper;

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
            EventStream stream,
            LatestPrices latest,
            CanaryWatch canary,
            ObservedLag lag,
            StreamSettings settings,
            ClientLoops loops,
            Clock clock) {
        return new PriceFeed<>(
                stream, new ObservedPrices(stream, latest, canary, lag), settings.ringSize(), loops, clock);
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

    @Bean
    ObservedLag observedLag(Clock clock) {
        return new ObservedLag(clock);
    }

    @Bean
    CanaryWatch canaryWatch(
            Environment environment,
            StreamSettings settings,
            KeyRing keys,
            JsonMapper json,
            MeterRegistry registry,
            Clock clock) {
        return new CanaryWatch(
                () -> ownStream(environment), keys.own(), settings.heartbeat().multipliedBy(3), json, registry, clock);
    }

    /** Stops before the feeds do, whose end is no loss then. */
    @Bean
    @DependsOn("feedLifecycle")
    StreamLifecycle canaryLifecycle(CanaryWatch canary) {
        return new StreamLifecycle(canary.run(), canary::stop);
    }

    private static URI ownStream(Environment environment) {
        return OwnStream.at(
                environment.getProperty("server.address", InetAddress.class, InetAddress.getLoopbackAddress()),
                environment.getRequiredProperty("local.server.port", Integer.class));
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
            Clock clock,
            MeterRegistry registry) {
        return new StreamRoutes(observed, references, loops, settings.maxStreams(), clock, registry);
    }
}
