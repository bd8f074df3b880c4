package io.pricewire.ingestor.gemini;

import io.pricewire.ingestor.IngestorConfiguration;
import io.pricewire.ingestor.PriceSource;
import io.pricewire.ingestor.http.HttpConfiguration;
import io.pricewire.ingestor.http.ServiceClients;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Gemini as a source, unless it is switched off. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "pricewire.gemini.enabled", matchIfMissing = true)
@EnableConfigurationProperties(GeminiSettings.class)
@Import({HttpConfiguration.class, IngestorConfiguration.class})
class GeminiConfiguration {

    @Bean
    PriceSource geminiSource(GeminiSettings settings, ServiceClients services) {
        return new GeminiSource(settings, services.to(settings.service()));
    }
}
