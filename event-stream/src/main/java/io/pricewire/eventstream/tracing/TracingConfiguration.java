package io.pricewire.eventstream.tracing;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The traces of a service. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TracingSettings.class)
public class TracingConfiguration {

    @Bean
    Traces traces(TracingSettings settings, @Value("${spring.application.name:pricewire}") String service) {
        return settings.isOn() ? Exporting.to(settings.endpoint(), service, settings.probability()) : Traces.NONE;
    }
}
