package io.pricewire.ingestor.http;

import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Offers the clients of services, by the settings of all of them. A source's own configuration imports this. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HttpSettings.class)
public class HttpConfiguration {

    @Bean
    ServiceClients serviceClients(HttpSettings settings, Clock clock) {
        return new ServiceClients(settings, clock);
    }
}
