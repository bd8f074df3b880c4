package io.pricewire.ingestor.coingecko;

import io.pricewire.ingestor.PriceSource;
import io.pricewire.ingestor.http.HttpConfiguration;
import io.pricewire.ingestor.http.HttpSettings;
import io.pricewire.ingestor.http.ServiceClient;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The source and its client. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CoinGeckoSettings.class)
@Import(HttpConfiguration.class)
class CoinGeckoSourceConfiguration {

    @Bean
    ServiceClient coinGecko(CoinGeckoSettings settings, HttpSettings http, Clock clock) {
        return new ServiceClient(settings.service(), http, clock);
    }

    @Bean
    PriceSource coinGeckoSource(CoinGeckoSettings settings, ServiceClient coinGecko) {
        return new CoinGeckoSource(settings, coinGecko);
    }
}
