package io.pricewire.ingestor.gemini;

import io.pricewire.ingestor.PriceSource;
import io.pricewire.ingestor.http.HttpConfiguration;
import io.pricewire.ingestor.http.ServiceClients;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The source. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GeminiSettings.class)
@Import(HttpConfiguration.class)
class GeminiSourceConfiguration {

    @Bean
    PriceSource geminiSource(GeminiSettings settings, ServiceClients services) {
        return new GeminiSource(settings, services.to(settings.service()));
    }
}
