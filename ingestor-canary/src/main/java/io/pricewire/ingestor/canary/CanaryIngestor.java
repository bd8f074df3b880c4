package io.pricewire.ingestor.canary;

import io.pricewire.ingestor.IngestorConfiguration;
import io.pricewire.ingestor.PriceSource;
import io.pricewire.service.PricewireService;
import io.pricewire.service.ServiceLauncher;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The ingestor of the canary, as a service of its own. */
@PricewireService(name = "ingestor-canary")
@EnableConfigurationProperties(CanarySettings.class)
@Import(IngestorConfiguration.class)
public class CanaryIngestor {

    public static void main(String[] arguments) {
        ServiceLauncher.run(CanaryIngestor.class, arguments);
    }

    @Bean
    PriceSource canarySource(CanarySettings settings, Clock clock) {
        return new CanarySource(settings.interval(), clock);
    }
}
