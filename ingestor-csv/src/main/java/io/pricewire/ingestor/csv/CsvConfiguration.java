package io.pricewire.ingestor.csv;

import io.pricewire.ingestor.IngestorConfiguration;
import io.pricewire.ingestor.PriceSource;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The CSV files as a source. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CsvSettings.class)
@Import(IngestorConfiguration.class)
class CsvConfiguration {

    @Bean
    PriceSource csvSource(CsvSettings settings, Clock clock) {
        return new CsvSource(settings, clock);
    }
}
