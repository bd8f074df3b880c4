package io.pricewire.ingestor.coinpaprika;

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

/** CoinPaprika as a source, unless it is switched off. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "pricewire.coinpaprika.enabled", matchIfMissing = true)
@EnableConfigurationProperties(CoinPaprikaSettings.class)
@Import({HttpConfiguration.class, IngestorConfiguration.class})
class CoinPaprikaConfiguration {

    @Bean
    ServiceClient coinPaprika(CoinPaprikaSettings settings, HttpSettings http, Clock clock) {
        return new ServiceClient(settings.service(), http, clock);
    }

    @Bean
    PriceSource coinPaprikaSource(CoinPaprikaSettings settings, ServiceClient coinPaprika) {
        return new CoinPaprikaSource(settings, coinPaprika);
    }
}
