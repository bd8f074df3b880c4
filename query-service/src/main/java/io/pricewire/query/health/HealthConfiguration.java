package io.pricewire.query.health;

import io.pricewire.eventstream.EventStream;
import io.pricewire.query.prices.LatestPrices;
import io.pricewire.query.runs.LastRuns;
import io.pricewire.query.sources.SourceStates;
import io.pricewire.query.stream.ObservedLag;
import io.pricewire.service.LagHealthIndicator;
import io.pricewire.service.Version;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** What tells people and machines whether the whole of it works; the database and the broker say it themselves. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HealthSettings.class)
public class HealthConfiguration {

    @Bean
    SourceStates sourceStates(LastRuns runs, LatestPrices prices, Clock clock) {
        return new SourceStates(runs, prices, clock);
    }

    @Bean
    HealthRoutes healthRoutes(
            SourceStates sources, EventStream stream, LatestPrices prices, JsonMapper json, Clock clock) {
        return new HealthRoutes(sources, stream, prices, json, Version.current(), clock);
    }

    @Bean
    PricesHealthIndicator pricesHealthIndicator(LatestPrices prices) {
        return new PricesHealthIndicator(prices);
    }

    @Bean
    LagHealthIndicator lagHealthIndicator(ObservedLag lag, HealthSettings settings) {
        return new LagHealthIndicator(lag::current, settings.maxLag());
    }

    @Bean
    SourcesHealthIndicator sourcesHealthIndicator(SourceStates sources, HealthSettings settings) {
        return new SourcesHealthIndicator(sources.polled(), settings.requiresFreshSources());
    }
}
