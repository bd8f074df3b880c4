package io.pricewire.service;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** What makes a process that is stuck be restarted, and how its log is written. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LogSettings.class)
class OperationConfiguration {

    @Bean
    LoopsHealthIndicator loopsHealthIndicator() {
        return new LoopsHealthIndicator(Schedulers.parallel(), Schedulers.DEFAULT_POOL_SIZE);
    }
}
