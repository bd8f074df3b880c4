package io.pricewire.service;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** What makes a process that is stuck be restarted. */
@Configuration(proxyBeanMethods = false)
class LivenessConfiguration {

    @Bean
    LoopsHealthIndicator loopsHealthIndicator() {
        return new LoopsHealthIndicator(Schedulers.parallel(), Schedulers.DEFAULT_POOL_SIZE);
    }
}
