package io.pricewire.eventstream;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one way to Kafka of a service. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EventStreamSettings.class)
public class EventStreamConfiguration {

    @Bean
    EventStream eventStream(EventStreamSettings settings) {
        return new EventStream(settings);
    }
}
