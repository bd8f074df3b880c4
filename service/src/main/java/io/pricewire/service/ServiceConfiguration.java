package io.pricewire.service;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** What every service has. */
@Configuration(proxyBeanMethods = false)
class ServiceConfiguration {

    /** To the millisecond, which every part of the system keeps. */
    @Bean
    Clock clock() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }

    @Bean
    HealthMeters healthMeters(ListableBeanFactory beans, MeterRegistry registry) {
        return new HealthMeters(
                beans.getBeansOfType(HealthIndicator.class),
                beans.getBeansOfType(ReactiveHealthIndicator.class),
                registry);
    }

    /**
     * A request that comes while the answer before it is still being ended is handled while the server reads on, and if it
     * is answered at once, the server forgets to: nothing more of the connection is read
     * (<a href="https://github.com/reactor/reactor-netty/issues/4361">reactor-netty 4361</a>). Handled as the next thing on
     * the connection's own thread, no request is answered too early.
     */
    @Bean
    NettyServerCustomizer handlingAfterReading() {
        return server -> server.mapHandle((handling, connection) -> handling.subscribeOn(
                Schedulers.fromExecutor(connection.channel().eventLoop())));
    }
}
