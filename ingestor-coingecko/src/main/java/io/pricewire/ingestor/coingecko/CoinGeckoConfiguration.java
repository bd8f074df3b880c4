package io.pricewire.ingestor.coingecko;

import io.pricewire.ingestor.IngestorConfiguration;
import io.pricewire.ingestor.PriceSource;
import io.pricewire.ingestor.http.HttpConfiguration;
import io.pricewire.ingestor.http.HttpSettings;
import io.pricewire.ingestor.http.ServiceClient;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** CoinGecko as a source, unless it is switched off. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "pricewire.coingecko.enabled", matchIfMissing = true)
@EnableConfigurationProperties(CoinGeckoSettings.class)
@Import({HttpConfiguration.class, IngestorConfiguration.class})
class CoinGeckoConfiguration {

    @Bean
    ServiceClient coinGecko(CoinGeckoSettings settings, HttpSettings http, Clock clock) {
        return new ServiceClient(settings.service(), http, clock);
    }

    @Bean
    PriceSource coinGeckoSource(CoinGeckoSettings settings, ServiceClient coinGecko) {
        return new CoinGeckoSource(settings, coinGecko);
    }
}
