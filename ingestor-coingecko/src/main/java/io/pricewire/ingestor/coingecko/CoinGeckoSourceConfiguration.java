package io.pricewire.ingestor.coingecko;

import io.pricewire.ingestor.PriceSource;
import io.pricewire.ingestor.http.HttpConfiguration;
import io.pricewire.ingestor.http.ServiceClients;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The source. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CoinGeckoSettings.class)
@Import(HttpConfiguration.class)
class CoinGeckoSourceConfiguration {

    @Bean
    PriceSource coinGeckoSource(CoinGeckoSettings settings, ServiceClients services) {
        return new CoinGeckoSource(settings, services.to(settings.service()));
    }
}
