package io.pricewire.ingestor.coinpaprika;

import io.pricewire.ingestor.PriceSource;
import io.pricewire.ingestor.http.HttpConfiguration;
import io.pricewire.ingestor.http.ServiceClients;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The source. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CoinPaprikaSettings.class)
@Import(HttpConfiguration.class)
class CoinPaprikaSourceConfiguration {

    @Bean
    PriceSource coinPaprikaSource(CoinPaprikaSettings settings, ServiceClients services) {
        return new CoinPaprikaSource(settings, services.to(settings.service()));
    }
}
