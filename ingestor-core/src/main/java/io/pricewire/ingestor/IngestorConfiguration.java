package io.pricewire.ingestor;

import io.micrometer.core.instrument.MeterRegistry;
import io.pricewire.eventstream.EventStream;
import io.pricewire.eventstream.EventStreamConfiguration;
import io.pricewire.eventstream.StreamLifecycle;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Runs the service's {@link PriceSource}. A source's own configuration imports this and offers the source. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IngestorSettings.class)
@Import(EventStreamConfiguration.class)
public class IngestorConfiguration {

    @Bean
    StreamLifecycle ingestorLifecycle(
            PriceSource source, IngestorSettings settings, EventStream stream, MeterRegistry registry, Clock clock) {
        Ingestor ingestor = new Ingestor(source, settings, stream, registry, clock);
        return new StreamLifecycle(ingestor.run(), ingestor::stop);
    }
}
