package io.pricewire.eventstream;

import io.pricewire.eventstream.tracing.Traces;
import io.pricewire.eventstream.tracing.TracingConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The one way to Kafka of a service. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EventStreamSettings.class)
@Import(TracingConfiguration.class)
public class EventStreamConfiguration {

    @Bean
    EventStream eventStream(EventStreamSettings settings, Traces traces) {
        return new EventStream(settings, traces);
    }

    @Bean
    BrokerHealthIndicator brokerHealthIndicator(EventStream stream) {
        return new BrokerHealthIndicator(stream);
    }
}
