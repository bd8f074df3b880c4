package io.pricewire.service;

import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What every service has. */
@Configuration(proxyBeanMethods = false)
class ServiceConfiguration {

    /** To the millisecond, which every part of the system keeps. */
    @Bean
    Clock clock() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }
}
