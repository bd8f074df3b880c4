package io.pricewire.ingestor.coinpaprika;

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
@EnableConfigurationProperties(CoinPaprikaSettings.class)
@Import(HttpConfiguration.class)
class CoinPaprikaSourceConfiguration {

    @Bean
    ServiceClient coinPaprika(CoinPaprikaSettings settings, HttpSettings http, Clock clock) {
        return new ServiceClient(settings.service(), http, clock);
    }

    @Bean
    PriceSource coinPaprikaSource(CoinPaprikaSettings settings, ServiceClient coinPaprika) {
        return new CoinPaprikaSource(settings, coinPaprika);
    }
}
